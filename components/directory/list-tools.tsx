import { getTranslations } from 'next-intl/server'
import { filtersToQuery, type Filters } from '@/lib/directory/filters'
import { localePath } from '@/lib/i18n/navigation'
import type { Locale } from '@/lib/i18n/routing'

type ListToolsProps = { locale: Locale; filters: Filters }

/** What can be done with a list as it is filtered: paper, files, feed. */
export async function ListTools({ locale, filters }: ListToolsProps) {
  const t = await getTranslations('Download')
  const query = filtersToQuery(filters)
  const link = (label: 'print' | 'csv' | 'json' | 'follow', path: string) => (
    <li>
      <a href={`${localePath(locale, path)}${query}`}>{t(label)}</a>
    </li>
  )
  return (
    <nav className="tools" aria-label={t('use')}>
      <ul>
        {link('print', '/organisations/print')}
        {link('csv', '/organisations/list.csv')}
        {link('json', '/organisations/list.json')}
        {link('follow', '/feed.xml')}
      </ul>
    </nav>
  )
}
