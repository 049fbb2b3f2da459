import { notFound } from 'next/navigation'
import { getLocale, getTranslations } from 'next-intl/server'
import { ActiveFilters } from '@/components/directory/active-filters'
import { EmptyResult } from '@/components/directory/empty-result'
import { FilterForm } from '@/components/directory/filter-form'
import { IgnoredParameters } from '@/components/directory/ignored-parameters'
import { ListTools } from '@/components/directory/list-tools'
import { OrganisationList } from '@/components/directory/organisation-list'
import { Pagination } from '@/components/directory/pagination'
import { SearchNotes } from '@/components/directory/search-notes'
import { filtersToQuery, parseFilters } from '@/lib/directory/filters'
import { listWithFacets } from '@/lib/directory/queries'
import { feedLink, pageMetadata } from '../page-metadata'
import { SiteFrame } from '../site-frame'

type BrowseProps = { searchParams: Promise<Record<string, string | string[] | undefined>> }

export async function generateMetadata({ searchParams }: BrowseProps) {
  const { filters } = parseFilters(await searchParams)
  const t = await getTranslations('Directory')
  const metadata = await pageMetadata({
    path: `/organisations${filtersToQuery(filters, { page: filters.page })}`,
    title: filters.page === 1 ? t('title') : t('titleOnPage', { page: filters.page }),
    description: t('description'),
    index: filtersToQuery(filters) === '',
  })
  const feed = feedLink(await getLocale(), filters)
  return { ...metadata, alternates: { ...metadata.alternates, ...feed } }
}

export default async function BrowsePage({ searchParams }: BrowseProps) {
  const { filters, ignored } = parseFilters(await searchParams)
  const locale = await getLocale()
  const t = await getTranslations('Directory')
  const list = await listWithFacets(filters, locale)
  const { total, page, pageCount, organisations, search, choices } = list
  if (page > pageCount) notFound()
  const path = `/organisations${filtersToQuery(filters, { page: filters.page })}`
  return (
    <SiteFrame path={path}>
      <div className="browse">
        <h1>{page === 1 ? t('title') : t('titlePage', { page, pages: pageCount })}</h1>
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
          <Pagination locale={locale} filters={filters} list={list} />
          {total === 0 ? null : <ListTools locale={locale} filters={filters} />}
        </section>
      </div>
    </SiteFrame>
  )
}
