import { getFormatter, getTranslations } from 'next-intl/server'
import { mapPath } from '@/lib/directory/landing-pages'
import { localePath } from '@/lib/i18n/navigation'
import type { Locale } from '@/lib/i18n/routing'
import type { Region } from '@/lib/geo/regions'
import type { MapCountry } from './world-map'

type CountryTableProps = {
  locale: Locale
  /** Null: countries whose organisations have no region. */
  region: Region | null
  /** Whether it is one table of several, whose region is named and leads to its part of the map. */
  linked: boolean
  /** In the order to be shown. */
  places: MapCountry[]
}

/** The countries of a region with their organisations: what the map shows, to be read. */
export async function CountryTable({ locale, region, linked, places }: CountryTableProps) {
  const t = await getTranslations()
  const format = await getFormatter()
  const name = region === null ? t('Map.withoutRegion') : t(`Regions.${region}`)
  return (
    <table>
      <caption className={linked ? undefined : 'visually-hidden'}>
        {linked && region !== null ? (
          <a href={localePath(locale, mapPath(region))}>{name}</a>
        ) : (
          name
        )}
      </caption>
      <thead>
        <tr>
          <th scope="col">{t('Map.country')}</th>
          <th scope="col">{t('Map.organisations')}</th>
        </tr>
      </thead>
      <tbody>
        {places.map((place) => (
          <tr key={place.country}>
            <th scope="row">
              <a href={place.href}>{place.name}</a>
            </th>
            <td>{format.number(place.count)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
