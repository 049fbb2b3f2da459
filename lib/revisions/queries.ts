import { can, type Actor } from '@/lib/permissions/permissions'
import { subjectOf } from '@/lib/permissions/subject'
import { reader } from '@/lib/database/client'
import { TOMBSTONE } from './record'
import { parseSnapshot, type Snapshot } from './snapshot'

/** Who made a revision: a user by their present name (null if the account is gone), a program by its code. */
export type Author =
  | { kind: 'user'; name: string | null }
  | { kind: 'system'; code: string }
  /** Somebody with an e-mailed link. */
  | { kind: 'link' }
  | { kind: 'anonymous' }

export type RevisionEntry = {
  number: number
  at: Date
  by: Author
  /** A code (`import`, `edit`, `list`, …) or the actor's own words. */
  reason: string
  /** The content was erased on request. */
  erased: boolean
}

export type History = {
  organisation: { id: string; slug: string; name: string; version: number }
  /** The reader may change the profile, and so restore a revision. */
  editable: boolean
  /** Latest first. */
  revisions: RevisionEntry[]
}

/**
 * Lists all revisions of an organisation.
 *
 * @returns null if there is no such organisation, or the actor may not view it
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
 * Loads the content of two revisions of an organisation.
 *
 * @returns null if there is no such organisation or revision, or the actor may not view it
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
      ...{ status: true, region: true, fictional: true, held: true },
    },
  })
  if (!row) return null
  const { slug, name, version } = row
  const subject = subjectOf(row)
  if (!can(actor, 'view', subject)) return null
  return { organisation: { id, slug, name, version }, editable: can(actor, 'save', subject) }
}

/** Makes authors from the actors in the history (`user:<id>`, `system:import`, …), with one query. */
async function loadAuthors(actors: readonly string[]): Promise<(actor: string) => Author> {
  const idOf = (actor: string) => /^user:(.*)$/s.exec(actor)?.[1]
  const ids = new Set(actors.flatMap((actor) => idOf(actor) ?? []))
  const users = await reader().user.findMany({
    where: { id: { in: [...ids] } },
    select: { id: true, name: true },
  })
  const names = new Map(users.map(({ id, name }) => [id, name]))
  return (actor) => {
    const id = idOf(actor)
    if (id !== undefined) return { kind: 'user', name: names.get(id) ?? null }
    const code = /^system:(.*)$/s.exec(actor)?.[1]
    if (code !== undefined) return { kind: 'system', code }
    return actor.startsWith('link:') ? { kind: 'link' } : { kind: 'anonymous' }
  }
}
