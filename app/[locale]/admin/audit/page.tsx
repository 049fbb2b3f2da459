import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { getLocale, getTranslations } from 'next-intl/server'
import { AuditFilter, AuditPages, AuditTable } from '@/components/admin/audit-log'
import { DeskFrame } from '@/components/admin/admin-frame'
import { readAuditLog } from '@/lib/admin/audit-log'
import { auditQuery, parseAuditFilters } from '@/lib/audit/filters'
import { localePath } from '@/lib/i18n/navigation'
import { requirePerson } from '../require-user'

type AuditPageProps = { searchParams: Promise<Record<string, string | string[] | undefined>> }

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('Audit')
  return { title: t('title') }
}

export default async function AuditPage({ searchParams }: AuditPageProps) {
  const [query, locale] = await Promise.all([searchParams, getLocale()])
  const filters = parseAuditFilters(query)
  const path = `/admin/audit${auditQuery(filters)}`
  const { actor } = await requirePerson(path)
  const log = await readAuditLog(actor, filters)
  if (!log.ok || filters.page > log.pageCount) notFound()
  const t = await getTranslations('Audit')
  const { total, entries, pageCount, people, subjectName } = log
  return (
    <DeskFrame locale={locale} path={path} title={t('title')} actor={actor}>
      <p>{t('lead')}</p>
      <AuditFilter locale={locale} filters={filters} people={people} subjectName={subjectName} />
      <AuditTable locale={locale} filters={filters} total={total} entries={entries} />
      <AuditPages locale={locale} filters={filters} pageCount={pageCount} />
      {total === 0 ? null : (
        <p>
          <a
            href={localePath(locale, `/admin/audit/log.csv${auditQuery(filters, { page: 1 })}`)}
            download
          >
            {t('export')}
          </a>
        </p>
      )}
    </DeskFrame>
  )
}
