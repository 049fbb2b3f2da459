import { getTranslations } from 'next-intl/server'
import { filtersToQuery, type Filters } from '@/lib/directory/filters'
import { localePath } from '@/lib/i18n/navigation'
import type { Locale } from '@/lib/i18n/routing'
import type { Country } from '@/lib/geo/countries'
import type { Region } from '@/lib/geo/regions'

type SearchNotesProps = {
  locale: Locale
  filters: Filters
  /** What the search says of itself; null where no words are searched for. */
  search: {
    match: 'all' | 'some' | 'none'
    didYouMean: string | null
    corrected: { typed: string; found: string }[]
    alsoSearched: string[]
    places: { countries: Country[]; regions: Region[] }
    withoutPlaces: string
  } | null
}

/** Why a search found what it found, and what could be asked instead; nothing where all is plain. */
export async function SearchNotes({ locale, filters, search }: SearchNotesProps) {
  if (search === null) return null
  const t = await getTranslations()
  const { match, didYouMean, corrected, alsoSearched, places, withoutPlaces } = search
  const address = (changes: Partial<Filters>) =>
    localePath(locale, `/organisations${filtersToQuery(filters, changes)}`)
  const list = (items: string[]) =>
    new Intl.ListFormat(locale, { type: 'unit', style: 'short' }).format(items)
  const offered = [
    ...places.countries.map((country) => ({
      isSet: filters.country === country,
      name: t(`Countries.${country}`),
      href: address({ country, q: withoutPlaces }),
    })),
    ...places.regions.map((region) => ({
      isSet: filters.region === region,
      name: t(`Regions.${region}`),
      href: address({ region, q: withoutPlaces }),
    })),
  ].filter(({ isSet }) => !isSet)
  const notes = [
    match === 'some' ? <strong key="some">{t('Search.some')}</strong> : null,
    didYouMean === null
      ? null
      : t.rich('Search.didYouMean', {
          words: didYouMean,
          a: (chunks) => <a href={address({ q: didYouMean })}>{chunks}</a>,
        }),
    corrected.length === 0
      ? null
      : t('Search.corrected', { words: list(corrected.map(({ found }) => found)) }),
    alsoSearched.length === 0 ? null : t('Search.also', { words: list(alsoSearched) }),
    ...offered.map(({ name, href }) =>
      t.rich('Search.place', { place: name, a: (chunks) => <a href={href}>{chunks}</a> }),
    ),
  ].filter((note) => note !== null)
  if (notes.length === 0) return null
  return (
    <ul className="search-notes" aria-label={t('Search.label')}>
      {notes.map((note, index) => (
        <li key={index}>{note}</li>
      ))}
    </ul>
  )
}
