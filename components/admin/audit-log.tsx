import { getTranslations } from 'next-intl/server'
import { AUDIT_ACTIONS } from '@/lib/audit/actions'
import type { AuditEntryView } from '@/lib/audit/entry'
import { auditQueryString, type AuditFilters } from '@/lib/audit/filters'
import { formatDateTime } from '@/lib/i18n/format-date'
import { localePath } from '@/lib/i18n/navigation'
import type { Locale } from '@/lib/i18n/routing'
import { auditLabels } from './audit-labels'

type AuditFilterProps = {
  locale: Locale
  filters: AuditFilters
  /** Choices of the user filter. */
  users: readonly { id: string; name: string }[]
  /** Name of the subject that is filtered by; null if none or unknown. */
  subjectName: string | null
}

/** The filter form of the audit log. */
export async function AuditFilter({ locale, filters, users, subjectName }: AuditFilterProps) {
  const t = await getTranslations('Audit')
  const { act, person, subject, from, to } = filters
  const isFiltered = [act, person, subject, from, to].some((one) => one !== null)
  return (
    <form
      action={localePath(locale, '/admin/audit')}
      method="get"
      className="admin-filter"
      aria-label={t('filter')}
    >
      {subject === null ? null : (
        <p>
          <input type="hidden" name="subject" value={subject} />
          {t('onlyAbout', { name: subjectName ?? t('someone') })}
        </p>
      )}
      <div className="form-field">
        <label htmlFor="act">{t('action')}</label>
        <select id="act" name="act" defaultValue={act ?? ''}>
          <option value="">{t('anyAction')}</option>
          {AUDIT_ACTIONS.map((code) => (
            <option key={code} value={code}>
              {t(`actions.${code}`)}
            </option>
          ))}
        </select>
      </div>
      <div className="form-field">
        <label htmlFor="person">{t('user')}</label>
        <select id="person" name="person" defaultValue={person ?? ''}>
          <option value="">{t('anyUser')}</option>
          {users.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </select>
      </div>
      {(['from', 'to'] as const).map((name) => (
        <div className="form-field" key={name}>
          <label htmlFor={name}>{t(name)}</label>
          <input id={name} name={name} type="date" defaultValue={filters[name] ?? ''} />
        </div>
      ))}
      <div className="buttons">
        <button type="submit">{t('show')}</button>
        {isFiltered ? <a href={localePath(locale, '/admin/audit')}>{t('reset')}</a> : null}
      </div>
    </form>
  )
}

type AuditTableProps = {
  locale: Locale
  filters: AuditFilters
  total: number
  entries: readonly AuditEntryView[]
}

/** Entries of the audit log, latest first; each subject links to all entries about it. */
export async function AuditTable({ locale, filters, total, entries }: AuditTableProps) {
  const t = await getTranslations('Audit')
  if (entries.length === 0) return <p className="empty">{t('empty')}</p>
  return (
    <table className="admin-table audit-log">
      <caption>{t('caption', { total })}</caption>
      <thead>
        <tr>
          <th scope="col">{t('columns.number')}</th>
          <th scope="col">{t('columns.at')}</th>
          <th scope="col">{t('columns.action')}</th>
          <th scope="col">{t('columns.actor')}</th>
          <th scope="col">{t('columns.subject')}</th>
          <th scope="col">{t('columns.detail')}</th>
        </tr>
      </thead>
      <tbody>
        {entries.map((entry) => {
          const words = auditLabels(locale, entry)
          const at = entry.at.toISOString()
          return (
            <tr key={entry.number}>
              <td>{entry.number}</td>
              <td>
                <time dateTime={at}>{formatDateTime(locale, at)}</time>
              </td>
              <th scope="row">{words.action}</th>
              <td>
                <bdi>{words.actor}</bdi>
              </td>
              <td>
                {entry.subject === null ? null : (
                  <a
                    href={localePath(
                      locale,
                      `/admin/audit${auditQueryString(filters, { subject: entry.subject.id, page: 1 })}`,
                    )}
                  >
                    <bdi>{words.subject}</bdi>
                  </a>
                )}
              </td>
              <td>{words.detail}</td>
            </tr>
          )
        })}
      </tbody>
    </table>
  )
}

type AuditPaginationProps = { locale: Locale; filters: AuditFilters; pageCount: number }

/** Links to newer and older entries. */
export async function AuditPagination({ locale, filters, pageCount }: AuditPaginationProps) {
  if (pageCount <= 1) return null
  const t = await getTranslations('Audit')
  const { page } = filters
  const href = (target: number) =>
    localePath(locale, `/admin/audit${auditQueryString(filters, { page: target })}`)
  return (
    <nav className="buttons" aria-label={t('pages')}>
      {page > 1 ? (
        <a rel="prev" href={href(page - 1)}>
          {t('newer')}
        </a>
      ) : null}
      <span>{t('page', { page, count: pageCount })}</span>
      {page < pageCount ? (
        <a rel="next" href={href(page + 1)}>
          {t('older')}
        </a>
      ) : null}
    </nav>
  )
}
