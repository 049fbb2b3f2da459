import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { getLocale, getTranslations } from 'next-intl/server'
import { AuditFilter, AuditPagination, AuditTable } from '@/components/admin/audit-log'
import { AdminFrame } from '@/components/admin/admin-frame'
import { loadAuditLog } from '@/lib/admin/audit-log'
import { auditQueryString, parseAuditFilters } from '@/lib/audit/filters'
import { localePath } from '@/lib/i18n/navigation'
import { requireUser } from '../require-user'

type AuditPageProps = { searchParams: Promise<Record<string, string | string[] | undefined>> }

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('Audit')
  return { title: t('title') }
}

export default async function AuditPage({ searchParams }: AuditPageProps) {
  const [query, locale] = await Promise.all([searchParams, getLocale()])
  const filters = parseAuditFilters(query)
  const path = `/admin/audit${auditQueryString(filters)}`
  const { actor } = await requireUser(path)
  const log = await loadAuditLog(actor, filters)
  if (!log.ok || filters.page > log.pageCount) notFound()
  const t = await getTranslations('Audit')
  const { total, entries, pageCount, users: people, subjectName } = log
  return (
    <AdminFrame locale={locale} path={path} title={t('title')} actor={actor}>
      <p>{t('lead')}</p>
      <AuditFilter locale={locale} filters={filters} users={people} subjectName={subjectName} />
      <AuditTable locale={locale} filters={filters} total={total} entries={entries} />
      <AuditPagination locale={locale} filters={filters} pageCount={pageCount} />
      {total === 0 ? null : (
        <p>
          <a
            href={localePath(
              locale,
              `/admin/audit/log.csv${auditQueryString(filters, { page: 1 })}`,
            )}
            download
          >
            {t('export')}
          </a>
        </p>
      )}
    </AdminFrame>
  )
}
