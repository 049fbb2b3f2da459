import { auditLabels } from '@/components/admin/audit-labels'
import { exportAuditLog } from '@/lib/admin/audit-log'
import { toCsv } from '@/lib/text/csv'
import { auditQueryString, parseAuditFilters } from '@/lib/audit/filters'
import { routing } from '@/lib/i18n/routing'
import { translator } from '@/lib/i18n/translator'
import { actingUser } from '../../require-user'

type Context = { params: Promise<{ locale: string }> }

/** The entries of the audit log that are asked for, as a table for spreadsheets. */
export async function GET(request: Request, { params }: Context): Promise<Response> {
  const asked = (await params).locale
  const locale = routing.locales.find((one) => one === asked)
  if (!locale) return new Response(null, { status: 404 })
  const filters = parseAuditFilters(new URL(request.url).searchParams)
  const signedIn = await actingUser('readAudit')
  if (!signedIn) {
    const next = `/${locale}/admin/audit${auditQueryString(filters)}`
    const location = `/${locale}/sign-in?next=${encodeURIComponent(next)}`
    return new Response(null, { status: 303, headers: { Location: location } })
  }
  const outcome = await exportAuditLog(signedIn.actor, filters)
  if (!outcome.ok) return new Response(null, { status: 404 })
  const t = translator(locale, 'Audit')
  const columns = [
    ...(['number', 'at', 'actor', 'actorId', 'action'] as const),
    ...(['subject', 'subjectId', 'detail'] as const),
  ]
  const rows = outcome.entries.map((entry) => {
    const words = auditLabels(locale, entry)
    const actorId = entry.actor.kind === 'user' ? entry.actor.id : ''
    return [
      ...[String(entry.number), entry.at.toISOString(), words.actor, actorId, words.action],
      ...[words.subject, entry.subject?.id ?? '', words.detail],
    ]
  })
  return new Response(toCsv([columns.map((column) => t(`columns.${column}`)), ...rows]), {
    headers: {
      'Content-Type': 'text/csv; charset=utf-8',
      'Content-Disposition': `attachment; filename="${t('fileName')}.csv"`,
      'Cache-Control': 'no-store',
    },
  })
}
