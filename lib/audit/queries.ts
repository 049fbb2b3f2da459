import { reader } from '@/lib/database/client'
import type { AuditAction } from './actions'
import type { AuditActor, AuditSubject, AuditEntryView } from './entry'
import type { AuditFilters } from './filters'
import type { AuditDetail } from './record'

const AUDIT_PAGE_SIZE = 50

/** A page of 50 matching entries, latest first. It does not check permissions. */
export async function listAuditEntries(
  filters: AuditFilters,
): Promise<{ total: number; pageCount: number; entries: AuditEntryView[] }> {
  const where = whereClause(filters)
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

const BATCH_SIZE = 1000

/** All matching entries, earliest first, in batches of 1,000. It does not check permissions. */
export async function* streamAuditEntries(filters: AuditFilters): AsyncGenerator<AuditEntryView[]> {
  for (let after = 0; ;) {
    const rows: AuditRow[] = await reader().auditEntry.findMany({
      where: { AND: [whereClause(filters), { number: { gt: after } }] },
      orderBy: { number: 'asc' },
      take: BATCH_SIZE,
    })
    if (rows.length > 0) yield withNames(rows)
    if (rows.length < BATCH_SIZE) return
    after = rows.at(-1)?.number ?? after
  }
}

/** All users by name: the choices of the user filter. */
export async function listActors(): Promise<{ id: string; name: string }[]> {
  return reader().user.findMany({ select: { id: true, name: true }, orderBy: { name: 'asc' } })
}

/** The current name of a user or organisation; null if the id belongs to neither. */
export async function findSubjectName(id: string): Promise<string | null> {
  const names = await loadNames([id])
  return names.users.get(id) ?? names.organisations.get(id) ?? null
}

function whereClause({ act: action, person: userId, subject, from, to }: AuditFilters) {
  const dayAfter = (day: string) => new Date(new Date(`${day}T00:00:00Z`).getTime() + 86_400_000)
  return {
    ...(action === null ? {} : { action }),
    ...(userId === null ? {} : { actor: `user:${userId}` }),
    ...(subject === null ? {} : { subject }),
    createdAt: {
      ...(from === null ? {} : { gte: new Date(`${from}T00:00:00Z`) }),
      ...(to === null ? {} : { lt: dayAfter(to) }),
    },
  }
}

type AuditRow = {
  number: number
  createdAt: Date
  actor: string
  action: string
  subject: string | null
  detail: string
}

async function withNames(rows: readonly AuditRow[]): Promise<AuditEntryView[]> {
  const ids = rows.flatMap(({ actor, subject }) => [
    ...(actor.startsWith('user:') ? [actor.slice('user:'.length)] : []),
    ...(subject === null ? [] : [subject]),
  ])
  const names = await loadNames([...new Set(ids)])
  return rows.map(({ number, createdAt, actor, action, subject, detail }) => ({
    number,
    at: createdAt,
    actor: parseActor(actor, names.users),
    action: action as AuditAction,
    subject: subject === null ? null : toSubject(subject, names),
    detail: JSON.parse(detail) as AuditDetail,
  }))
}

type Names = { users: Map<string, string>; organisations: Map<string, string> }

async function loadNames(ids: string[]): Promise<Names> {
  const query = { where: { id: { in: ids } }, select: { id: true, name: true } }
  const [users, organisations] = await Promise.all([
    reader().user.findMany(query),
    reader().organisation.findMany(query),
  ])
  const byId = (rows: { id: string; name: string }[]) => new Map(rows.map((r) => [r.id, r.name]))
  return { users: byId(users), organisations: byId(organisations) }
}

function parseActor(actor: string, users: Map<string, string>): AuditActor {
  const [kind, id = ''] = actor.split(':')
  if (kind === 'user') return { kind, id, name: users.get(id) ?? null }
  if (kind === 'system') return { kind, code: id }
  return { kind: kind === 'link' ? 'link' : 'anonymous' }
}

function toSubject(id: string, { users, organisations }: Names): AuditSubject {
  const organisation = organisations.get(id)
  if (organisation !== undefined) return { id, kind: 'organisation', name: organisation }
  const user = users.get(id)
  return { id, kind: user === undefined ? 'other' : 'user', name: user ?? null }
}
