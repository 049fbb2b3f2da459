import type { Filters } from '@/lib/directory/filters'
import { catalogs } from '@/lib/i18n/catalogs'
import { languageName } from '@/lib/i18n/language-name'
import type { Locale } from '@/lib/i18n/routing'
import { translator } from '@/lib/i18n/translator'
import { isCountry } from '@/lib/geo/countries'

/** What narrows a list: each filter in words, with the change that takes it away. */
export function filterLabels(
  locale: Locale,
  filters: Filters,
): { name: string; changes: Partial<Filters> }[] {
  const t = translator(locale, 'Directory')
  const { Countries, Regions } = catalogs[locale]
  const { q, region, country, areas, lang } = filters
  const words: { name: string; changes: Partial<Filters> }[] = []
  if (q !== '') words.push({ name: t('words', { words: q }), changes: { q: '' } })
  if (region !== null) words.push({ name: Regions[region], changes: { region: null } })
  if (country !== null && isCountry(country))
    words.push({ name: Countries[country], changes: { country: null } })
  for (const area of areas)
    words.push({
      name: t(`areasShort.${area}`),
      changes: { areas: areas.filter((other) => other !== area) },
    })
  if (lang !== null)
    words.push({
      name: t('inLanguage', { language: languageName(locale, lang) }),
      changes: { lang: null },
    })
  return words
}
