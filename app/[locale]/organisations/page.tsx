import { notFound } from 'next/navigation'
import { getLocale, getTranslations } from 'next-intl/server'
import { ActiveFilters } from '@/components/directory/active-filters'
import { EmptyResult } from '@/components/directory/empty-result'
import { FilterForm } from '@/components/directory/filter-form'
import { IgnoredParameters } from '@/components/directory/ignored-parameters'
import { OrganisationList } from '@/components/directory/organisation-list'
import { Pagination } from '@/components/directory/pagination'
import { SearchNotes } from '@/components/directory/search-notes'
import { filtersToQuery, parseFilters } from '@/lib/directory/filters'
import { countChoices, listOrganisations } from '@/lib/directory/queries'
import { pageMetadata } from '../page-metadata'
import { SiteFrame } from '../site-frame'

type BrowseProps = { searchParams: Promise<Record<string, string | string[] | undefined>> }

export async function generateMetadata({ searchParams }: BrowseProps) {
  const { filters } = parseFilters(await searchParams)
  const t = await getTranslations('Directory')
  return pageMetadata({
    path: `/organisations${filtersToQuery(filters, { page: filters.page })}`,
    title: filters.page === 1 ? t('title') : t('titleOnPage', { page: filters.page }),
    description: t('description'),
    index: filtersToQuery(filters) === '',
  })
}

export default async function BrowsePage({ searchParams }: BrowseProps) {
  const { filters, ignored } = parseFilters(await searchParams)
  const locale = await getLocale()
  const t = await getTranslations('Directory')
  const [{ total, pageCount, organisations, search }, choices] = await Promise.all([
    listOrganisations(filters, locale),
    countChoices(filters),
  ])
  if (filters.page > pageCount) notFound()
  const path = `/organisations${filtersToQuery(filters, { page: filters.page })}`
  return (
    <SiteFrame path={path}>
      <div className="browse">
        <h1>
          {filters.page === 1
            ? t('title')
            : t('titlePage', { page: filters.page, pages: pageCount })}
        </h1>
        <FilterForm locale={locale} filters={filters} choices={choices} />
        <section className="results" aria-label={t('results')}>
          <IgnoredParameters ignored={ignored} />
          <SearchNotes locale={locale} filters={filters} search={search} />
          {total === 0 ? (
            <EmptyResult locale={locale} filters={filters} />
          ) : (
            <>
              <p className="tally">
                {t.rich('count', { count: total, b: (chunks) => <b>{chunks}</b> })}
              </p>
              <ActiveFilters locale={locale} filters={filters} />
              <OrganisationList locale={locale} organisations={organisations} heading="h2" />
            </>
          )}
          <Pagination locale={locale} filters={filters} pageCount={pageCount} />
        </section>
      </div>
    </SiteFrame>
  )
}
