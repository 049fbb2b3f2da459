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
  /** Who may be asked for. */
  users: { id: string; name: string }[]
  /** The present name of what is asked for as subject. */
  subjectName: string | null
}

/** A page of the audit log, for those who may read it; whoever may not is on record. */
export async function loadAuditLog(
  actor: Actor,
  filters: AuditFilters,
): Promise<AuditPage | Denied> {
  if (!canAdmin(actor, 'readAudit')) return deny(actor)
  const [list, people, subjectName] = await Promise.all([
    listAuditEntries(filters),
    listActors(),
    filters.subject === null ? null : findSubjectName(filters.subject),
  ])
  return { ok: true, ...list, users: people, subjectName }
}

/** All of the audit log that is asked for, earliest first; that it was taken along is on record too. */
export async function exportAuditLog(
  actor: Actor,
  filters: AuditFilters,
): Promise<{ ok: true; entries: AuditEntryView[] } | Denied> {
  if (!canAdmin(actor, 'readAudit')) return deny(actor)
  const entries: AuditEntryView[] = []
  for await (const piece of streamAuditEntries(filters)) entries.push(...piece)
  await writer().$transaction((tx) =>
    recordAudit(tx, {
      ...{ actor: actorName(actor), action: 'exported' },
      detail: { what: 'audit', count: entries.length },
    }),
  )
  return { ok: true, entries }
}

async function deny(actor: Actor): Promise<Denied> {
  // Strangers must not be able to fill the log.
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
