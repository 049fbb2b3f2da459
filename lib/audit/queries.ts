import { reader } from '@/lib/database/client'
import type { AuditAct } from './actions'
import type { AuditActor, AuditSubject, ReadableEntry } from './entry'
import type { AuditFilters } from './filters'
import type { AuditDetail } from './record'

const AUDIT_PAGE_SIZE = 50

/** The entries that are asked for, latest first, a page of them. It asks for no permission. */
export async function listEntries(
  filters: AuditFilters,
): Promise<{ total: number; pageCount: number; entries: ReadableEntry[] }> {
  const where = conditions(filters)
  const [total, rows] = await Promise.all([
    reader().auditEntry.count({ where }),
    reader().auditEntry.findMany({
      where,
      orderBy: { number: 'desc' },
      skip: (filters.page - 1) * AUDIT_PAGE_SIZE,
      take: AUDIT_PAGE_SIZE,
    }),
  ])
  const pageCount = Math.max(1, Math.ceil(total / AUDIT_PAGE_SIZE))
  return { total, pageCount, entries: await withNames(rows) }
}

const PIECE = 1000

/** All entries that are asked for, earliest first, a thousand at a time. It asks for no permission. */
export async function* allEntries(filters: AuditFilters): AsyncGenerator<ReadableEntry[]> {
  for (let after = 0; ;) {
    const rows: Row[] = await reader().auditEntry.findMany({
      where: { AND: [conditions(filters), { number: { gt: after } }] },
      orderBy: { number: 'asc' },
      take: PIECE,
    })
    if (rows.length > 0) yield withNames(rows)
    if (rows.length < PIECE) return
    after = rows.at(-1)?.number ?? after
  }
}

/** Everybody with an account, by name: who may be asked for. */
export async function listActors(): Promise<{ id: string; name: string }[]> {
  return reader().user.findMany({ select: { id: true, name: true }, orderBy: { name: 'asc' } })
}

/** The present name of a person or organisation; null where it is neither. */
export async function nameOf(id: string): Promise<string | null> {
  const names = await namesOf([id])
  return names.people.get(id) ?? names.organisations.get(id) ?? null
}

function conditions({ act, person, subject, from, to }: AuditFilters) {
  const dayAfter = (day: string) => new Date(new Date(`${day}T00:00:00Z`).getTime() + 86_400_000)
  return {
    ...(act === null ? {} : { act }),
    ...(person === null ? {} : { actor: `person:${person}` }),
    ...(subject === null ? {} : { subject }),
    createdAt: {
      ...(from === null ? {} : { gte: new Date(`${from}T00:00:00Z`) }),
      ...(to === null ? {} : { lt: dayAfter(to) }),
    },
  }
}

type Row = {
  number: number
  createdAt: Date
  actor: string
  act: string
  subject: string | null
  detail: string
}

async function withNames(rows: readonly Row[]): Promise<ReadableEntry[]> {
  const ids = rows.flatMap(({ actor, subject }) => [
    ...(actor.startsWith('person:') ? [actor.slice('person:'.length)] : []),
    ...(subject === null ? [] : [subject]),
  ])
  const names = await namesOf([...new Set(ids)])
  return rows.map(({ number, createdAt, actor, act, subject, detail }) => ({
    number,
    at: createdAt,
    actor: actorOf(actor, names.people),
    act: act as AuditAct,
    subject: subject === null ? null : subjectOf(subject, names),
    detail: JSON.parse(detail) as AuditDetail,
  }))
}

type Names = { people: Map<string, string>; organisations: Map<string, string> }

async function namesOf(ids: string[]): Promise<Names> {
  const asked = { where: { id: { in: ids } }, select: { id: true, name: true } }
  const [people, organisations] = await Promise.all([
    reader().user.findMany(asked),
    reader().organisation.findMany(asked),
  ])
  const byId = (rows: { id: string; name: string }[]) => new Map(rows.map((r) => [r.id, r.name]))
  return { people: byId(people), organisations: byId(organisations) }
}

function actorOf(actor: string, people: Map<string, string>): AuditActor {
  const [kind, rest = ''] = actor.split(':')
  if (kind === 'person') return { kind, id: rest, name: people.get(rest) ?? null }
  if (kind === 'system') return { kind, code: rest }
  return { kind: kind === 'link' ? 'link' : 'nobody' }
}

function subjectOf(id: string, { people, organisations }: Names): AuditSubject {
  const organisation = organisations.get(id)
  if (organisation !== undefined) return { id, kind: 'organisation', name: organisation }
  const person = people.get(id)
  return { id, kind: person === undefined ? 'other' : 'person', name: person ?? null }
}
