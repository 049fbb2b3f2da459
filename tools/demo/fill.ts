import type { Actor } from '@/lib/permissions/permissions'
import { reader } from '@/lib/database/client'
import { fold } from '@/lib/text/fold'
import { saveProfiles, type SaveInput } from '@/lib/organisations/save'
import type { CommandOk } from '@/lib/organisations/result'
import { SEED_PAGE } from '@/lib/import/seed'
import { compactSearchIndex } from '@/lib/search/document'
import { generateOrganisation, type DemoOrganisation } from './organisation'

/** Who acts when organisations are invented or taken away. */
export const DEMO_ACTOR: Actor = { kind: 'system', name: 'demo' }

/** So many are written in one transaction: a second or less in which nobody else can write. */
const BATCH_SIZE = 50

export type DemoResult = {
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
export async function generateDemo(
  count: number,
  seed: number,
  onProgress: (done: number) => void = () => undefined,
): Promise<DemoResult> {
  const known = await loadVersions()
  const filled: DemoResult = { added: 0, listed: 0, changedLater: 0, known: 0 }
  for (let start = 0; start < count; start += BATCH_SIZE) {
    const chunk = Array.from({ length: Math.min(BATCH_SIZE, count - start) }, (_, place) =>
      withKey(generateOrganisation(seed, start + place)),
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

type KeyedOrganisation = DemoOrganisation & { key: string }
type Version = { id: string; version: number }

function withKey(organisation: DemoOrganisation): KeyedOrganisation {
  const { name, country } = organisation.content
  return { ...organisation, key: keyOf(fold(name), country) }
}

function keyOf(nameFolded: string, country: string | null): string {
  return `${country ?? ''} ${nameFolded}`
}

async function loadVersions(): Promise<Map<string, Version>> {
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

function newProfile({ content, status }: KeyedOrganisation): SaveInput {
  return { profile: null, content, reason: 'demo', status, fictional: true }
}

async function saveAll(
  organisations: KeyedOrganisation[],
  toSave: (organisation: KeyedOrganisation) => SaveInput,
): Promise<{ from: KeyedOrganisation; done: CommandOk }[]> {
  if (organisations.length === 0) return []
  const outcomes = await saveProfiles(DEMO_ACTOR, organisations.map(toSave))
  return organisations.map((from, place) => {
    const done = outcomes[place]
    if (!done?.ok) throw new Error(`not saved: ${from.content.name}: ${done?.reason ?? 'lost'}`)
    return { from, done }
  })
}
