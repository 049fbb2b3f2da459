import { notFound, permanentRedirect, redirect } from 'next/navigation'
import { getLocale, getTranslations } from 'next-intl/server'
import { cache } from 'react'
import { IgnoredParameters } from '@/components/directory/ignored-parameters'
import { ListTools } from '@/components/directory/list-tools'
import { OrganisationList } from '@/components/directory/organisation-list'
import { Pagination } from '@/components/directory/pagination'
import { LandingPageIndex } from '@/components/directory/landing-page-index'
import { LandingPageLinks } from '@/components/directory/landing-page-links'
import { LandingIntro } from '@/components/directory/landing-intro'
import { filtersToQuery, parseFilters } from '@/lib/directory/filters'
import {
  landingPageFilters,
  findLandingPage,
  landingPageName,
  landingPagePath,
  withoutLandingPageFilter,
} from '@/lib/directory/landing-pages'
import { listOrganisations } from '@/lib/directory/queries'
import { localePath } from '@/lib/i18n/navigation'
import type { Locale } from '@/lib/i18n/routing'
import { feedLink, pageMetadata } from '../../../page-metadata'
import { SiteFrame } from '../../../site-frame'
import { breadcrumbJsonLd } from './breadcrumb'
import { relatedPages } from './related-pages'

type LandingPageProps = {
  params: Promise<{ slug: string; place: string }>
  searchParams: Promise<Record<string, string | string[] | undefined>>
}

/** One read per request for metadata and page. */
const listOnce = cache((query: string, locale: Locale) =>
  listOrganisations(parseFilters(new URLSearchParams(query)).filters, locale),
)

/**
 * Reads the address. It is the page of one filter: where there are further ones, the general list
 * takes over; where it is written in another way, the reader is led to the one address.
 */
async function parseRequest({ params, searchParams }: LandingPageProps) {
  const [{ slug, place: name }, query, locale] = await Promise.all([
    params,
    searchParams,
    getLocale(),
  ])
  // Next gives segments as they stand in the address; what does not decode never comes this far.
  const found = findLandingPage(locale, slug, decodeURIComponent(name))
  if (found === null) notFound()
  const { place } = found
  const { filters: asked, ignored } = parseFilters(query)
  const rest = withoutLandingPageFilter(place, asked)
  const filters = landingPageFilters(place, rest)
  if (filtersToQuery({ ...rest, sort: 'name' }) !== '')
    redirect(localePath(locale, `/organisations${filtersToQuery(filters)}`))
  const path = landingPagePath(place, filtersToQuery(rest, { page: rest.page }))
  if (!found.isItsAddress) permanentRedirect(localePath(locale, path))
  const { page, cursor } = filters
  const list = await listOnce(filtersToQuery(filters, { page, cursor }), locale)
  if (list.page > list.pageCount) notFound()
  return { locale, place, filters, rest, ignored, path, list }
}

export async function generateMetadata(props: LandingPageProps) {
  const { locale, place, filters, rest, path, list } = await parseRequest(props)
  const t = await getTranslations('LandingPages')
  const name = landingPageName(locale, place)
  const title = t(place.kind === 'area' ? 'areaTitle' : 'title', { place: name })
  const metadata = await pageMetadata({
    path,
    title: filters.page === 1 ? title : t('titleOnPage', { title, page: filters.page }),
    description:
      place.kind === 'area'
        ? t(`areas.${place.code}.about`)
        : t(place.kind === 'region' ? 'regionDescription' : 'countryDescription', { place: name }),
    index: list.total > 0 && filtersToQuery(rest) === '',
  })
  return { ...metadata, alternates: { ...metadata.alternates, ...feedLink(locale, filters) } }
}

export default async function LandingPageRoute(props: LandingPageProps) {
  const { locale, place, filters, rest, ignored, path, list } = await parseRequest(props)
  const t = await getTranslations('LandingPages')
  const { total, pageCount, organisations } = list
  const isFirst = filters.page === 1
  const { parents, counted, linked } = await relatedPages(place)
  return (
    <SiteFrame path={path}>
      <div className="landing-page">
        <LandingIntro
          locale={locale}
          place={place}
          parents={parents}
          page={filters.page}
          pageCount={pageCount}
          total={total}
          countries={counted.length}
        />
        <IgnoredParameters ignored={ignored} />
        {!isFirst || counted.length === 0 ? null : (
          <LandingPageIndex
            locale={locale}
            title={t(place.kind === 'area' ? 'byRegion' : 'byCountry')}
            entries={counted}
          />
        )}
        {total === 0 ? (
          <p className="unlisted">{t('emptyNote')}</p>
        ) : (
          <section className="results" aria-labelledby="list">
            <h2 id="list">{t('list')}</h2>
            <p className="narrow">
              <a href={localePath(locale, `/organisations${filtersToQuery(filters)}`)}>
                {t('narrow')}
              </a>
            </p>
            <OrganisationList locale={locale} organisations={organisations} heading="h3" />
            <Pagination locale={locale} filters={rest} list={list} path={landingPagePath(place)} />
            <ListTools locale={locale} filters={filters} />
          </section>
        )}
        {isFirst ? <LandingPageLinks locale={locale} place={place} places={linked} /> : null}
      </div>
      <script type="application/ld+json">
        {JSON.stringify(await breadcrumbJsonLd(locale, place, parents))}
      </script>
    </SiteFrame>
  )
}
