import { getTranslations } from 'next-intl/server'
import { filtersToQuery, type Filters } from '@/lib/directory/filters'
import { languageName } from '@/lib/i18n/language-name'
import { localePath } from '@/lib/i18n/navigation'
import type { Locale } from '@/lib/i18n/routing'
import { isCountry } from '@/lib/places/countries'

type ActiveFiltersProps = { locale: Locale; filters: Filters }

/** What narrows the list, each with a link that takes it away; nothing where nothing does. */
export async function ActiveFilters({ locale, filters }: ActiveFiltersProps) {
  const t = await getTranslations()
  const { q, region, country, areas, lang } = filters
  const without: { name: string; changes: Partial<Filters> }[] = []
  if (q !== '') without.push({ name: t('Directory.words', { words: q }), changes: { q: '' } })
  if (region !== null) without.push({ name: t(`Regions.${region}`), changes: { region: null } })
  if (country !== null && isCountry(country))
    without.push({ name: t(`Countries.${country}`), changes: { country: null } })
  for (const area of areas)
    without.push({
      name: t(`Directory.areasShort.${area}`),
      changes: { areas: areas.filter((other) => other !== area) },
    })
  if (lang !== null)
    without.push({
      name: t('Directory.inLanguage', { language: languageName(locale, lang) }),
      changes: { lang: null },
    })
  if (without.length === 0) return null
  const cleared = { q: '', region: null, country: null, areas: [], lang: null }
  return (
    <ul className="active" aria-label={t('Directory.active')}>
      {without.map(({ name, changes }) => (
        <li key={name}>
          <a href={localePath(locale, `/organisations${filtersToQuery(filters, changes)}`)}>
            <span className="unseen">{t('Directory.remove')} </span>
            {name}
          </a>
        </li>
      ))}
      {without.length === 1 ? null : (
        <li className="clear">
          <a href={localePath(locale, `/organisations${filtersToQuery(filters, cleared)}`)}>
            {t('Directory.clear')}
          </a>
        </li>
      )}
    </ul>
  )
}
