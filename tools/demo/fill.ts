import type { Actor } from '@/lib/permissions/permissions'
import { reader } from '@/lib/database/client'
import { fold } from '@/lib/text/fold'
import { saveProfiles, type Done, type Save } from '@/lib/organisations/result'
import { SEED_PAGE } from '@/lib/import/seed-page'
import { compactSearchIndex } from '@/lib/search/document'
import { inventOrganisation, type InventedOrganisation } from './organisation'

/** Who acts when organisations are invented or taken away. */
export const DEMO: Actor = { kind: 'system', name: 'demo' }

/** So many are written in one transaction: a second or less in which nobody else can write. */
const CHUNK = 50

export type Filled = {
  /** New in the directory. */
  added: number
  /** Of these: public at once. */
  listed: number
  /** Whose original now says more than its translation. */
  changedLater: number
  /** Had been invented before, by the same numbers. */
  known: number
}

/** How many organisations of the directory are real, whatever their status, apart from the seed page's: that is no reason to stop. */
export function countRealOrganisations(): Promise<number> {
  return reader().organisation.count({ where: { fictional: false, NOT: SEED_PAGE } })
}

/**
 * Adds the organisations `0` to `count - 1` of a seed, leaving alone those that are there. Stopped
 * half way and called again, it goes on where it stopped.
 *
 * @param seed whole number
 * @param onProgress how many of `count` are there, after every chunk
 */
export async function fillWithInvented(
  count: number,
  seed: number,
  onProgress: (done: number) => void = () => undefined,
): Promise<Filled> {
  const known = await knownVersions()
  const filled: Filled = { added: 0, listed: 0, changedLater: 0, known: 0 }
  for (let start = 0; start < count; start += CHUNK) {
    const chunk = Array.from({ length: Math.min(CHUNK, count - start) }, (_, place) =>
      withKey(inventOrganisation(seed, start + place)),
    )
    const isNew = chunk.filter(({ key }) => !known.has(key))
    for (const { done, from } of await saveAll(isNew, (one) => newProfile(one))) {
      known.set(from.key, done)
      filled.added++
      if (done.status === 'listed') filled.listed++
    }
    filled.known += chunk.length - isNew.length

    const unchanged = chunk.filter(({ later, key }) => later && known.get(key)?.version === 1)
    const changed = await saveAll(unchanged, ({ key, later, content }) => ({
      profile: known.get(key) ?? null,
      content: later ?? content,
      reason: 'demo',
    }))
    filled.changedLater += changed.filter(({ done }) => done.version > 1).length
    onProgress(start + chunk.length)
  }
  // So many at once leave large parts behind, in each of which every search has to look.
  await compactSearchIndex(false)
  return filled
}

type Invented = InventedOrganisation & { key: string }
type Version = { id: string; version: number }

function withKey(organisation: InventedOrganisation): Invented {
  const { name, country } = organisation.content
  return { ...organisation, key: keyOf(fold(name), country) }
}

function keyOf(nameFolded: string, country: string | null): string {
  return `${country ?? ''} ${nameFolded}`
}

async function knownVersions(): Promise<Map<string, Version>> {
  const rows = await reader().organisation.findMany({
    where: { fictional: true },
    select: { id: true, version: true, nameFolded: true, country: true },
  })
  return new Map(
    rows.map(({ id, version, nameFolded, country }) => [
      keyOf(nameFolded, country),
      { id, version },
    ]),
  )
}

function newProfile({ content, status }: Invented): Save {
  return { profile: null, content, reason: 'demo', status, fictional: true }
}

async function saveAll(
  organisations: Invented[],
  toSave: (organisation: Invented) => Save,
): Promise<{ from: Invented; done: Done }[]> {
  if (organisations.length === 0) return []
  const outcomes = await saveProfiles(DEMO, organisations.map(toSave))
  return organisations.map((from, place) => {
    const done = outcomes[place]
    if (!done?.ok) throw new Error(`not saved: ${from.content.name}: ${done?.reason ?? 'lost'}`)
    return { from, done }
  })
}
