import { getLocale, getTranslations } from 'next-intl/server'
import { CountryTable } from '@/components/directory/country-table'
import { MapLegend, WorldMap } from '@/components/directory/world-map'
import { filtersToQuery, parseFilters } from '@/lib/directory/filters'
import { countByCountry, shadingSteps } from '@/lib/directory/map'
import { mapPath } from '@/lib/directory/landing-pages'
import { localePath } from '@/lib/i18n/navigation'
import { MAP_PROJECTIONS } from '@/lib/geo/projection'
import { REGIONS, type Region } from '@/lib/geo/regions'
import { pageMetadata } from '../page-metadata'
import { SiteFrame } from '../site-frame'

const NO_FILTERS = parseFilters({}).filters

/** Metadata of the map of the world (null) or of one region. */
export async function mapMetadata(region: Region | null) {
  const t = await getTranslations()
  const name = region === null ? null : t(`Regions.${region}`)
  return pageMetadata({
    path: mapPath(region),
    title: name === null ? t('Map.title') : t('Map.titleRegion', { region: name }),
    description:
      name === null ? t('Map.description') : t('Map.descriptionRegion', { region: name }),
  })
}

/** The map of the world (null) or of one region, with what it shows as a table. */
export async function MapPage({ region }: { region: Region | null }) {
  const locale = await getLocale()
  const t = await getTranslations()
  const { total, withoutCountry, countries } = await countByCountry(region)
  const drawing = MAP_PROJECTIONS[region ?? 'world']
  const steps = shadingSteps(Math.max(0, ...countries.map(({ count }) => count)))
  const { compare } = new Intl.Collator(locale)
  const places = countries
    .map((one) => ({
      ...one,
      name: t(`Countries.${one.country}`),
      href: localePath(
        locale,
        `/organisations${filtersToQuery(NO_FILTERS, { region, country: one.country })}`,
      ),
    }))
    .sort((one, other) => compare(one.name, other.name))
  const outside = places.filter(
    ({ country }) => drawing.shapes[country] === undefined && drawing.dots[country] === undefined,
  ).length
  const path = mapPath(region)
  const isTall = drawing.height > drawing.width
  return (
    <SiteFrame path={path}>
      <div className={isTall ? 'map tall' : 'map'}>
        <h1>{region === null ? t('Map.heading') : t(`Regions.${region}`)}</h1>
        <nav className="switch" aria-label={t('Map.parts')}>
          {[null, ...REGIONS].map((part) => (
            <a
              key={part}
              href={localePath(locale, mapPath(part))}
              aria-current={part === region ? 'page' : undefined}
            >
              {part === null ? t('Map.world') : t(`Map.short.${part}`)}
            </a>
          ))}
        </nav>
        <figure>
          <WorldMap drawing={drawing} places={places} steps={steps} />
          <figcaption>
            {places.length === 0 ? null : <MapLegend steps={steps} />}
            <p className="status">
              {t('Map.note')}
              {outside === 0 ? null : ` ${t('Map.outside', { count: outside })}`}
            </p>
          </figcaption>
        </figure>
        <section className="countries" id="countries">
          <h2>{t('Map.tableTitle')}</h2>
          <p className="tally">
            {t.rich('Map.tally', {
              total,
              countries: countries.length,
              b: (chunks) => <b>{chunks}</b>,
            })}
            {withoutCountry === 0 ? null : ` ${t('Map.withoutCountry', { count: withoutCountry })}`}
          </p>
          <div className="tables">
            {(region === null ? [...REGIONS, null] : [region]).map((group) => {
              const its =
                region === null ? places.filter((place) => place.region === group) : places
              return its.length === 0 ? null : (
                <CountryTable
                  key={group}
                  locale={locale}
                  region={group}
                  linked={region === null}
                  places={its}
                />
              )
            })}
          </div>
        </section>
      </div>
    </SiteFrame>
  )
}
