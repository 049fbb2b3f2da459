import { auditLabels } from '@/components/admin/audit-labels'
import { exportAuditLog } from '@/lib/admin/audit-log'
import { toCsv } from '@/lib/text/csv'
import { auditQueryString, parseAuditFilters } from '@/lib/audit/filters'
import { findLocale } from '@/lib/i18n/navigation'
import { translator } from '@/lib/i18n/translator'
import { fileResponse } from '../../../file-response'
import { actingUser, redirectToSignIn } from '../../require-user'

type Context = { params: Promise<{ locale: string }> }

/** The filtered entries of the audit log as CSV. */
export async function GET(request: Request, { params }: Context): Promise<Response> {
  const locale = findLocale((await params).locale)
  if (!locale) return new Response(null, { status: 404 })
  const filters = parseAuditFilters(new URL(request.url).searchParams)
  const signedIn = await actingUser('readAudit')
  if (!signedIn) return redirectToSignIn(locale, `/admin/audit${auditQueryString(filters)}`)
  const outcome = await exportAuditLog(signedIn.actor, filters)
  if (!outcome.ok) return new Response(null, { status: 404 })
  const t = translator(locale, 'Audit')
  const columns = [
    ...(['number', 'at', 'actor', 'actorId', 'action'] as const),
    ...(['subject', 'subjectId', 'detail'] as const),
  ]
  const rows = outcome.entries.map((entry) => {
    const labels = auditLabels(locale, entry)
    const actorId = entry.actor.kind === 'user' ? entry.actor.id : ''
    return [
      ...[String(entry.number), entry.at.toISOString(), labels.actor, actorId, labels.action],
      ...[labels.subject, entry.subject?.id ?? '', labels.detail],
    ]
  })
  return fileResponse(toCsv([columns.map((column) => t(`columns.${column}`)), ...rows]), {
    ...{ name: `${t('fileName')}.csv`, contentType: 'text/csv' },
    headers: { 'Cache-Control': 'no-store' },
  })
}
