import { getTranslations } from 'next-intl/server'
import { localePath } from '@/lib/i18n/navigation'
import type { Locale } from '@/lib/i18n/routing'
import {
  TODO_KINDS,
  adminQueryString,
  type AdminFilters,
  type AdminOverview,
} from '@/lib/admin/filters'
import { STATUSES } from '@/lib/organisations/schema'

type TodoListProps = {
  locale: Locale
  filters: AdminFilters
  counts: Pick<AdminOverview, 'todoCounts' | 'statusCounts'>
}

/** What needs attention and where the profiles stand, each with its count and the list behind it. */
export async function TodoList({ locale, filters, counts }: TodoListProps) {
  const t = await getTranslations('Admin')
  const none: AdminFilters = { q: '', state: null, attention: null, region: null, page: 1 }
  const entry = (change: Partial<AdminFilters>, name: string, count: number, isChosen: boolean) => (
    <li key={name} className={count === 0 ? 'nothing' : undefined}>
      <a
        href={localePath(locale, `/admin${adminQueryString(none, change)}`)}
        aria-current={isChosen ? 'true' : undefined}
      >
        {name}
      </a>
      <i />
      <b>{count}</b>
    </li>
  )
  return (
    <div className="todo">
      <section>
        <h2>{t('overview.attentionTitle')}</h2>
        <ul className="index">
          {TODO_KINDS.map((one) =>
            entry(
              { attention: one },
              t(`overview.attention.${one}`),
              counts.todoCounts[one],
              filters.attention === one,
            ),
          )}
        </ul>
      </section>
      <section>
        <h2>{t('overview.statesTitle')}</h2>
        <ul className="index">
          {STATUSES.map((one) =>
            entry(
              { state: one },
              t(`states.${one}`),
              counts.statusCounts[one],
              filters.state === one,
            ),
          )}
        </ul>
      </section>
    </div>
  )
}
