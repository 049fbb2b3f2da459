import { getTranslations } from 'next-intl/server'
import { filtersToQuery, type Filters } from '@/lib/directory/filters'
import { localePath } from '@/lib/i18n/navigation'
import type { Locale } from '@/lib/i18n/routing'
import { filterLabels } from './filter-labels'

type ActiveFiltersProps = { locale: Locale; filters: Filters }

/** What narrows the list, each with a link that takes it away; nothing where nothing does. */
export async function ActiveFilters({ locale, filters }: ActiveFiltersProps) {
  const t = await getTranslations('Directory')
  const without = filterLabels(locale, filters)
  if (without.length === 0) return null
  const cleared = { q: '', region: null, country: null, areas: [], lang: null }
  return (
    <ul className="active" aria-label={t('active')}>
      {without.map(({ name, changes }) => (
        <li key={name}>
          <a href={localePath(locale, `/organisations${filtersToQuery(filters, changes)}`)}>
            <span className="visually-hidden">{t('remove')} </span>
            {name}
          </a>
        </li>
      ))}
      {without.length === 1 ? null : (
        <li className="clear">
          <a href={localePath(locale, `/organisations${filtersToQuery(filters, cleared)}`)}>
            {t('clear')}
          </a>
        </li>
      )}
    </ul>
  )
}
