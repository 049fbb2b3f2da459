import { getTranslations } from 'next-intl/server'
import { placeName, placePath, type Place } from '@/lib/directory/places'
import { localePath } from '@/lib/i18n/navigation'
import type { Locale } from '@/lib/i18n/routing'

type PlaceOpeningProps = {
  locale: Locale
  place: Place
  /** What it lies in. */
  parents: readonly Place[]
  page: number
  pageCount: number
  /** Organisations listed there. */
  total: number
  /** Countries of a region with an organisation. */
  countries: number
}

/** The name of a place, where it stands in the directory, and what it is. */
export async function PlaceOpening(props: PlaceOpeningProps) {
  const { locale, place, parents, page, pageCount, total, countries } = props
  const t = await getTranslations('Places')
  const site = await getTranslations('Site')
  const wording = await getTranslations('PriorityAreas')
  const name = placeName(locale, place)
  return (
    <header className="opening">
      <nav className="trail" aria-label={t('here')}>
        <ol>
          <li>
            <a href={localePath(locale, '/organisations')}>{site('organisations')}</a>
          </li>
          {parents.map((parent) => (
            <li key={parent.code}>
              <a href={localePath(locale, placePath(parent))}>{placeName(locale, parent)}</a>
            </li>
          ))}
        </ol>
      </nav>
      <h1>{page === 1 ? name : t('titlePage', { place: name, page, pages: pageCount })}</h1>
      {page > 1 ? null : (
        <>
          {place.kind === 'area' ? <p className="lead">{t(`areas.${place.code}.about`)}</p> : null}
          {place.kind === 'area' ? (
            <p className="wording">
              <span className="hint">{t('wording')}</span>
              <q>{wording(place.code)}</q>
            </p>
          ) : null}
          <p className={place.kind === 'area' ? 'tally' : 'lead'}>
            {place.kind === 'country'
              ? t('countryLead', { count: total })
              : place.kind === 'region'
                ? t('regionLead', { count: total, countries })
                : t('areaLead', { count: total })}
          </p>
          {place.kind === 'region' ? <p className="hint">{t('regionNote')}</p> : null}
        </>
      )}
    </header>
  )
}
