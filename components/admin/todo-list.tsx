import { getTranslations } from 'next-intl/server'
import { localePath } from '@/lib/i18n/navigation'
import type { Locale } from '@/lib/i18n/routing'
import { ATTENTIONS, deskQuery, type DeskFilters, type DeskOverview } from '@/lib/admin/filters'
import { STATUSES } from '@/lib/organisations/schema'

type AttentionListProps = {
  locale: Locale
  filters: DeskFilters
  counts: Pick<DeskOverview, 'attentions' | 'states'>
}

/** What needs attention and where the profiles stand, each with its count and the list behind it. */
export async function AttentionList({ locale, filters, counts }: AttentionListProps) {
  const t = await getTranslations('Desk')
  const none: DeskFilters = { q: '', state: null, attention: null, region: null, page: 1 }
  const entry = (change: Partial<DeskFilters>, name: string, count: number, isChosen: boolean) => (
    <li key={name} className={count === 0 ? 'nothing' : undefined}>
      <a
        href={localePath(locale, `/admin${deskQuery(none, change)}`)}
        aria-current={isChosen ? 'true' : undefined}
      >
        {name}
      </a>
      <i />
      <b>{count}</b>
    </li>
  )
  return (
    <div className="attention">
      <section>
        <h2>{t('overview.attentionTitle')}</h2>
        <ul className="index">
          {ATTENTIONS.map((one) =>
            entry(
              { attention: one },
              t(`overview.attention.${one}`),
              counts.attentions[one],
              filters.attention === one,
            ),
          )}
        </ul>
      </section>
      <section>
        <h2>{t('overview.statesTitle')}</h2>
        <ul className="index">
          {STATUSES.map((one) =>
            entry({ state: one }, t(`states.${one}`), counts.states[one], filters.state === one),
          )}
        </ul>
      </section>
    </div>
  )
}
