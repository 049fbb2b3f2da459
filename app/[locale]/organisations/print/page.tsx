import { getLocale, getTranslations } from 'next-intl/server'
import { filterLabels } from '@/components/directory/filter-labels'
import { IgnoredParameters } from '@/components/directory/ignored-parameters'
import { PrintedList } from '@/components/directory/printed-list'
import { filtersToQuery, parseFilters } from '@/lib/directory/filters'
import { streamProfiles } from '@/lib/directory/queries'
import { env } from '@/lib/env'
import { formatDate } from '@/lib/i18n/format-date'
import { localePath } from '@/lib/i18n/navigation'
import type { PublicProfile } from '@/lib/organisations/public'
import { pageMetadata } from '../../page-metadata'
import { SiteFrame } from '../../site-frame'

/** Organisations on a page for printing: some forty sheets, which nobody prints by mistake. */
const MAX_PRINTED = 1000

type PrintProps = { searchParams: Promise<Record<string, string | string[] | undefined>> }

async function parseRequest({ searchParams }: PrintProps) {
  const { filters, ignored } = parseFilters(await searchParams)
  const locale = await getLocale()
  const words = filterLabels(locale, filters).map(({ name }) => name)
  return { filters, ignored, locale, words, query: filtersToQuery(filters) }
}

export async function generateMetadata(props: PrintProps) {
  const { words, query } = await parseRequest(props)
  const t = await getTranslations('Download')
  return pageMetadata({
    path: `/organisations/print${query}`,
    title: [t('printTitle'), ...words].join(', '),
    description: t('printHint'),
    index: false,
  })
}

export default async function PrintPage(props: PrintProps) {
  const { filters, ignored, locale, words, query } = await parseRequest(props)
  const t = await getTranslations('Download')
  const { total, pieces } = await streamProfiles(filters)
  const profiles: PublicProfile[] = []
  if (total <= MAX_PRINTED) for await (const piece of pieces) profiles.push(...piece)
  const list = localePath(locale, `/organisations${query}`)
  return (
    <SiteFrame path={`/organisations/print${query}`}>
      <div className="paper">
        <h1>{t('printTitle')}</h1>
        {words.length === 0 ? null : <p className="lead">{words.join(' · ')}</p>}
        <p className="tally">
          {t('printed', {
            count: total > MAX_PRINTED ? total : profiles.length,
            date: formatDate(locale, new Date().toISOString()),
          })}
        </p>
        <IgnoredParameters ignored={ignored} />
        <p className="hint">
          {t('printHint')} <a href={list}>{t('back')}</a>
        </p>
        {total > MAX_PRINTED ? (
          <div className="empty">
            <p>{t('tooMany', { count: total, limit: MAX_PRINTED })}</p>
            <p>
              <a href={localePath(locale, `/organisations/list.csv${query}`)}>{t('csv')}</a>
            </p>
          </div>
        ) : (
          <PrintedList locale={locale} profiles={profiles} origin={env.PUBLIC_ORIGIN} />
        )}
        <p className="source">
          {t('listAddress')} <span>{`${env.PUBLIC_ORIGIN}${list}`}</span>
        </p>
      </div>
    </SiteFrame>
  )
}
