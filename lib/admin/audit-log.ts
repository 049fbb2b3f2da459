import type { ReadableEntry } from '@/lib/audit/entry'
import type { AuditFilters } from '@/lib/audit/filters'
import { allEntries, listActors, listEntries, nameOf } from '@/lib/audit/queries'
import { recordAudit } from '@/lib/audit/record'
import { writer } from '@/lib/database/client'
import { actorName, mayAtDesk, type Actor } from '@/lib/permissions/permissions'

type Denied = { ok: false; reason: 'denied' }

export type AuditPage = {
  ok: true
  total: number
  pageCount: number
  entries: ReadableEntry[]
  /** Who may be asked for. */
  people: { id: string; name: string }[]
  /** The present name of what is asked for as subject. */
  subjectName: string | null
}

/** A page of the audit log, for those who may read it; whoever may not is on record. */
export async function readAuditLog(
  actor: Actor,
  filters: AuditFilters,
): Promise<AuditPage | Denied> {
  if (!mayAtDesk(actor, 'readAudit')) return denied(actor)
  const [list, people, subjectName] = await Promise.all([
    listEntries(filters),
    listActors(),
    filters.subject === null ? null : nameOf(filters.subject),
  ])
  return { ok: true, ...list, people, subjectName }
}

/** All of the audit log that is asked for, earliest first; that it was taken along is on record too. */
export async function exportAuditLog(
  actor: Actor,
  filters: AuditFilters,
): Promise<{ ok: true; entries: ReadableEntry[] } | Denied> {
  if (!mayAtDesk(actor, 'readAudit')) return denied(actor)
  const entries: ReadableEntry[] = []
  for await (const piece of allEntries(filters)) entries.push(...piece)
  await writer().$transaction((tx) =>
    recordAudit(tx, {
      ...{ actor: actorName(actor), act: 'exported' },
      detail: { what: 'audit', count: entries.length },
    }),
  )
  return { ok: true, entries }
}

async function denied(actor: Actor): Promise<Denied> {
  // Strangers must not be able to fill the log.
  if (actor.kind === 'person') {
    await writer().$transaction((tx) =>
      recordAudit(tx, {
        ...{ actor: actorName(actor), act: 'actRefused' },
        detail: { what: 'readAudit' },
      }),
    )
  }
  return { ok: false, reason: 'denied' }
}
