import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { getLocale, getTranslations } from 'next-intl/server'
import { TodoList } from '@/components/admin/todo-list'
import { AdminFrame } from '@/components/admin/admin-frame'
import { OrganisationTable } from '@/components/admin/organisation-table'
import { localePath } from '@/lib/i18n/navigation'
import { REGIONS } from '@/lib/geo/regions'
import { adminQueryString, parseAdminFilters, type AdminFilters } from '@/lib/admin/filters'
import { loadAdminOverview } from '@/lib/admin/overview'
import { requireUser } from './require-user'

type OverviewProps = { searchParams: Promise<Record<string, string | string[] | undefined>> }

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('Admin')
  return { title: `${t('overview.title')} – ${t('frame.name')}` }
}

export default async function OverviewPage({ searchParams }: OverviewProps) {
  const [query, locale, t] = await Promise.all([searchParams, getLocale(), getTranslations()])
  const filters = parseAdminFilters(query)
  const path = `/admin${adminQueryString(filters, { page: filters.page })}`
  const { actor } = await requireUser(path)
  const overview = await loadAdminOverview(actor, filters)
  if (filters.page > overview.pageCount) notFound()

  const isFiltered = adminQueryString(filters) !== ''
  const mayCreate = actor.role === 'administrator' || actor.role === 'editor'
  const isChoosable = mayCreate && overview.organisations.length > 0
  const changed = Number(query['changed'])
  const refused = Number(query['refused'])
  const pageLink = (page: number) =>
    localePath(locale, `/admin${adminQueryString(filters, { page })}`)
  return (
    <AdminFrame locale={locale} path={path} title={t('Admin.overview.title')} actor={actor}>
      {changed > 0 ? (
        <p className="done" role="status">
          {t('Admin.overview.changed', { count: changed })}
        </p>
      ) : null}
      {query['done'] === 'withdraw' ? (
        <p className="done" role="status">
          {t('Admin.overview.withdrawn')}
        </p>
      ) : null}
      {refused > 0 ? (
        <p className="notice" role="alert">
          {t('Admin.overview.refused', { count: refused })}
        </p>
      ) : null}
      <div className="overview">
        <TodoList locale={locale} filters={filters} counts={overview} />
        <section className="overview-list">
          <h2>
            {filters.attention !== null
              ? t(`Admin.overview.attention.${filters.attention}`)
              : filters.state !== null
                ? t(`Admin.states.${filters.state}`)
                : t('Admin.overview.all')}
          </h2>
          <OverviewSearch filters={filters} />
          <p className="list-head">
            <span>{t('Admin.overview.count', { count: overview.total })}</span>
            {isFiltered ? (
              <a href={localePath(locale, '/admin')}>{t('Admin.overview.clear')}</a>
            ) : null}
            {mayCreate ? (
              <a href={localePath(locale, '/admin/organisations/new')}>{t('Admin.overview.new')}</a>
            ) : null}
          </p>
          {overview.organisations.length === 0 ? (
            <div className="empty">
              <p>{t(isFiltered ? 'Admin.overview.emptyFiltered' : 'Admin.overview.empty')}</p>
            </div>
          ) : (
            <OrganisationTable
              locale={locale}
              organisations={overview.organisations}
              choosable={isChoosable}
            />
          )}
          {overview.pageCount > 1 ? (
            <nav className="pages" aria-label={t('Directory.pages')}>
              {filters.page > 1 ? (
                <a rel="prev" href={pageLink(filters.page - 1)}>
                  {t('Directory.previous')}
                </a>
              ) : null}
              <span>
                {t('Admin.overview.page', { page: filters.page, pages: overview.pageCount })}
              </span>
              {filters.page < overview.pageCount ? (
                <a rel="next" href={pageLink(filters.page + 1)}>
                  {t('Directory.next')}
                </a>
              ) : null}
            </nav>
          ) : null}
        </section>
      </div>
    </AdminFrame>
  )
}

/** Search by name and region within the current filters. */
async function OverviewSearch({ filters }: { filters: AdminFilters }) {
  const locale = await getLocale()
  const t = await getTranslations()
  return (
    <search>
      <form className="admin-search" method="get" action={localePath(locale, '/admin')}>
        {filters.attention === null ? null : (
          <input type="hidden" name="attention" value={filters.attention} />
        )}
        {filters.state === null ? null : <input type="hidden" name="state" value={filters.state} />}
        <span>
          <label htmlFor="q">{t('Admin.overview.searchLabel')}</label>
          <input id="q" name="q" type="search" maxLength={200} defaultValue={filters.q} />
        </span>
        <span>
          <label htmlFor="region">{t('Admin.overview.region')}</label>
          <select id="region" name="region" defaultValue={filters.region ?? ''}>
            <option value="">{t('Admin.overview.allRegions')}</option>
            {REGIONS.map((region) => (
              <option key={region} value={region}>
                {t(`Regions.${region}`)}
              </option>
            ))}
          </select>
        </span>
        <button className="quiet">{t('Admin.overview.search')}</button>
      </form>
    </search>
  )
}
