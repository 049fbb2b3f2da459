import type { AuditEntryView } from '@/lib/audit/entry'
import type { AuditFilters } from '@/lib/audit/filters'
import {
  streamAuditEntries,
  listActors,
  listAuditEntries,
  findSubjectName,
} from '@/lib/audit/queries'
import { recordAudit } from '@/lib/audit/record'
import { writer } from '@/lib/database/client'
import { actorName, canAdmin, type Actor } from '@/lib/permissions/permissions'

type Denied = { ok: false; reason: 'denied' }

export type AuditPage = {
  ok: true
  total: number
  pageCount: number
  entries: AuditEntryView[]
  /** Users by whom the log can be filtered. */
  users: { id: string; name: string }[]
  /** Present name of the subject in the filters; null if there is none. */
  subjectName: string | null
}

/** Loads a page of the audit log. A user without permission is recorded in it. */
export async function loadAuditLog(
  actor: Actor,
  filters: AuditFilters,
): Promise<AuditPage | Denied> {
  if (!canAdmin(actor, 'readAudit')) return recordDenied(actor)
  const [list, users, subjectName] = await Promise.all([
    listAuditEntries(filters),
    listActors(),
    filters.subject === null ? null : findSubjectName(filters.subject),
  ])
  return { ok: true, ...list, users, subjectName }
}

/** Loads all entries that match the filters, earliest first. The export is recorded in the log too. */
export async function exportAuditLog(
  actor: Actor,
  filters: AuditFilters,
): Promise<{ ok: true; entries: AuditEntryView[] } | Denied> {
  if (!canAdmin(actor, 'readAudit')) return recordDenied(actor)
  const entries: AuditEntryView[] = []
  for await (const batch of streamAuditEntries(filters)) entries.push(...batch)
  await writer().$transaction((tx) =>
    recordAudit(tx, {
      ...{ actor: actorName(actor), action: 'exported' },
      detail: { what: 'audit', count: entries.length },
    }),
  )
  return { ok: true, entries }
}

async function recordDenied(actor: Actor): Promise<Denied> {
  // Only users: strangers must not be able to fill the log.
  if (actor.kind === 'user') {
    await writer().$transaction((tx) =>
      recordAudit(tx, {
        ...{ actor: actorName(actor), action: 'permissionDenied' },
        detail: { what: 'readAudit' },
      }),
    )
  }
  return { ok: false, reason: 'denied' }
}
