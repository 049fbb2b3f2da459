import { getTranslations } from 'next-intl/server'
import { ActiveFilters } from './active-filters'
import { filtersToQuery, type Filters } from '@/lib/directory/filters'
import type { Locale } from '@/lib/i18n/routing'

type EmptyResultProps = { locale: Locale; filters: Filters }

/** What to do where nothing was found: each filter can be taken away. */
export async function EmptyResult({ locale, filters }: EmptyResultProps) {
  const t = await getTranslations('Directory')
  if (filtersToQuery(filters, { sort: 'relevance' }) === '') {
    return (
      <div className="empty">
        <h2>{t('nothingTitle')}</h2>
        <p>{t('nothing')}</p>
      </div>
    )
  }
  return (
    <div className="empty">
      <h2>{t('emptyTitle')}</h2>
      <p>{t('emptyRemove')}</p>
      <ActiveFilters locale={locale} filters={filters} />
      {filters.q === '' ? null : <p>{t('emptyWords')}</p>}
    </div>
  )
}
