import { can, type Actor } from '@/lib/permissions/permissions'
import { reader } from '@/lib/database/client'
import { TOMBSTONE } from './record'
import { parseSnapshot, type Snapshot } from './snapshot'

/** Who made a revision: a person by their present name (null where there is none any more), a program by its code. */
export type Author =
  | { kind: 'user'; name: string | null }
  | { kind: 'system'; code: string }
  /** Whoever opened a mailed link. */
  | { kind: 'link' }
  | { kind: 'anonymous' }

export type RevisionEntry = {
  number: number
  at: Date
  by: Author
  /** A code (`import`, `edit`, `list`, …) or a person's words. */
  reason: string
  /** The content was erased on request. */
  erased: boolean
}

export type History = {
  organisation: { id: string; slug: string; name: string; version: number }
  /** Whether the reader may change it at all, and so restore something. */
  editable: boolean
  /** Latest first. */
  revisions: RevisionEntry[]
}

/**
 * Lists every revision of an organisation, for those who may view it.
 *
 * @returns null where there is no such organisation, and for those who may not view it
 */
export async function listRevisions(actor: Actor, organisationId: string): Promise<History | null> {
  const found = await findOrganisation(actor, organisationId)
  if (!found) return null
  const [rows, erased] = await Promise.all([
    reader().revision.findMany({
      where: { organisationId },
      orderBy: { number: 'desc' },
      select: { number: true, createdAt: true, actor: true, reason: true },
    }),
    reader().revision.findMany({
      where: { organisationId, content: TOMBSTONE },
      select: { number: true },
    }),
  ])
  const erasedNumbers = new Set(erased.map(({ number }) => number))
  const authors = await loadAuthors(rows.map((row) => row.actor))
  return {
    ...found,
    revisions: rows.map(({ number, createdAt, actor, reason }) => ({
      number,
      at: createdAt,
      by: authors(actor),
      reason,
      erased: erasedNumbers.has(number),
    })),
  }
}

/**
 * Reads two revisions of an organisation with what they hold, for those who may view it.
 *
 * @returns null where there is no such organisation or revision, and for those who may not view it
 */
export async function loadRevisions(
  actor: Actor,
  organisationId: string,
  [from, to]: [number, number],
): Promise<{ from: Snapshot | 'erased'; to: Snapshot | 'erased' } | null> {
  if (!(await findOrganisation(actor, organisationId))) return null
  const rows = await reader().revision.findMany({
    where: { organisationId, number: { in: [from, to] } },
    select: { number: true, format: true, content: true },
  })
  const [one, other] = [from, to].map((number) => rows.find((row) => row.number === number))
  return one && other ? { from: parseSnapshot(one), to: parseSnapshot(other) } : null
}

async function findOrganisation(
  actor: Actor,
  id: string,
): Promise<Pick<History, 'organisation' | 'editable'> | null> {
  const row = await reader().organisation.findUnique({
    where: { id },
    select: {
      ...{ id: true, slug: true, name: true, version: true },
      ...{ status: true, region: true, fictional: true },
    },
  })
  if (!row) return null
  const { slug, name, version, status, region, fictional } = row
  const subject = { id, region, state: status, fictional }
  if (!can(actor, 'view', subject)) return null
  return { organisation: { id, slug, name, version }, editable: can(actor, 'save', subject) }
}

/** Tells authors by what is written in the history (`user:<id>`, `system:import`, …). */
async function loadAuthors(actors: readonly string[]): Promise<(actor: string) => Author> {
  const idOf = (actor: string) => /^user:(.*)$/s.exec(actor)?.[1]
  const ids = new Set(actors.flatMap((actor) => idOf(actor) ?? []))
  const people = await reader().user.findMany({
    where: { id: { in: [...ids] } },
    select: { id: true, name: true },
  })
  const names = new Map(people.map(({ id, name }) => [id, name]))
  return (actor) => {
    const id = idOf(actor)
    if (id !== undefined) return { kind: 'user', name: names.get(id) ?? null }
    const code = /^system:(.*)$/s.exec(actor)?.[1]
    if (code !== undefined) return { kind: 'system', code }
    return actor.startsWith('link:') ? { kind: 'link' } : { kind: 'anonymous' }
  }
}
