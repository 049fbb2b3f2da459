import { getLocale, getTranslations } from 'next-intl/server'
import { OrganisationList } from '@/components/directory/organisation-list'
import { RegionIndex } from '@/components/directory/region-index'
import { MiniMap } from '@/components/directory/world-map'
import { SearchForm } from '@/components/site/search-form'
import { countByCountry, shadingSteps } from '@/lib/directory/map'
import { parseFilters } from '@/lib/directory/filters'
import { directoryOverview } from '@/lib/directory/queries'
import { localePath } from '@/lib/i18n/navigation'
import { MAP_PROJECTIONS } from '@/lib/geo/projection'
import { feedLink, pageMetadata } from './page-metadata'
import { SiteFrame, siteIdentity } from './site-frame'

export async function generateMetadata() {
  const t = await getTranslations('Home')
  const metadata = await pageMetadata({ path: '/', title: null, description: t('description') })
  const feed = feedLink(await getLocale(), parseFilters({}).filters)
  return { ...metadata, alternates: { ...metadata.alternates, ...feed } }
}

export default async function HomePage() {
  const locale = await getLocale()
  const t = await getTranslations('Home')
  const site = await siteIdentity()
  const [{ total, countries, regions, newest }, map] = await Promise.all([
    directoryOverview(locale),
    countByCountry(null),
  ])
  const steps = shadingSteps(Math.max(0, ...map.countries.map(({ count }) => count)))
  return (
    <SiteFrame path="/">
      <div className="home">
        <div className="landing-intro">
          <h1>{site.name}</h1>
          <p className="lead">{t('lead')}</p>
          <SearchForm locale={locale} label={t('searchLabel')} hint={t('searchHint')} />
        </div>
        <section className="regions">
          <h2>{t('regions')}</h2>
          <RegionIndex locale={locale} counts={regions} />
          <p className="tally">
            {t.rich('tally', { total, countries, b: (chunks) => <b>{chunks}</b> })}
          </p>
        </section>
        {map.countries.length === 0 ? null : (
          <section className="sketch">
            <h2>{t('map')}</h2>
            <a href={localePath(locale, '/map')}>
              <MiniMap drawing={MAP_PROJECTIONS.world} counts={map.countries} steps={steps} />
              {t('mapLink')}
            </a>
          </section>
        )}
        {newest.length === 0 ? null : (
          <section className="newest">
            <h2>{t('newest')}</h2>
            <OrganisationList locale={locale} organisations={newest} heading="h3" />
            <p>
              <a href={localePath(locale, '/organisations')}>{t('all')}</a>
            </p>
          </section>
        )}
        <section className="reading">
          <h2>{t('readingTitle')}</h2>
          <p>{t('reading')}</p>
          <p>
            <a href={localePath(locale, '/about')}>{t('readingMore')}</a>
          </p>
        </section>
      </div>
    </SiteFrame>
  )
}
