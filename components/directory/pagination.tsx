import { getTranslations } from 'next-intl/server'
import { filtersToQuery, type Filters } from '@/lib/directory/filters'
import { localePath, type LocalizedPath } from '@/lib/i18n/navigation'
import type { Locale } from '@/lib/i18n/routing'

type PaginationProps = {
  locale: Locale
  /** Those that the address says in its query. */
  filters: Filters
  list: {
    page: number
    pageCount: number
    /** Where the neighbouring pages end and begin; null where there is none. */
    previous: Filters['cursor']
    next: Filters['cursor']
  }
  /** Address of the list without its query. */
  path?: LocalizedPath
}

/**
 * Links to the pages of the list: neighbours, first and last, previous and next. The last two go on
 * where this page ends, also when the directory has changed meanwhile.
 */
export async function Pagination({
  locale,
  filters,
  list,
  path = '/organisations',
}: PaginationProps) {
  const { page, pageCount, previous, next } = list
  if (pageCount <= 1 && previous === null) return null
  const t = await getTranslations('Directory')
  const href = (target: number, cursor: Filters['cursor'] = null) =>
    localePath(locale, path) + filtersToQuery(filters, { page: target, cursor })
  return (
    <nav className="pages" aria-label={t('pages')}>
      {previous ? (
        <a rel="prev" href={href(page - 1, previous)}>
          {t('previous')}
        </a>
      ) : null}
      <ol>
        {pagesAround(page, pageCount).map((target, index) => (
          <li key={target ?? `gap-${index}`}>
            {target === null ? (
              '…'
            ) : (
              <a
                href={href(target)}
                aria-label={t('page', { page: target })}
                aria-current={target === page ? 'page' : undefined}
              >
                {target}
              </a>
            )}
          </li>
        ))}
      </ol>
      {next ? (
        <a rel="next" href={href(page + 1, next)}>
          {t('next')}
        </a>
      ) : null}
    </nav>
  )
}

/** First, last and the neighbours of a page; null stands for a gap. */
function pagesAround(page: number, pageCount: number): (number | null)[] {
  const shown = [1, page - 1, page, page + 1, pageCount].filter(
    (target, index, all) => target >= 1 && target <= pageCount && all.indexOf(target) === index,
  )
  return shown.flatMap((target, index) => {
    const before = shown[index - 1] ?? target
    if (target - before === 2) return [target - 1, target]
    return target - before > 2 ? [null, target] : [target]
  })
}
