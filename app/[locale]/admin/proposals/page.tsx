import type { Metadata } from 'next'
import { getLocale, getTranslations } from 'next-intl/server'
import { AdminFrame } from '@/components/admin/admin-frame'
import { formatDateTime } from '@/lib/i18n/format-date'
import { localePath } from '@/lib/i18n/navigation'
import { listProposals } from '@/lib/proposals/queries'
import { requireUser } from '../require-user'
import { proposalAuthor } from './author'

type ProposalsPageProps = {
  searchParams: Promise<Record<string, string | string[] | undefined>>
}

const PATH = '/admin/proposals'
const DECISIONS = ['accepted', 'returned', 'declined'] as const

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('Proposals')
  return { title: t('metaTitle') }
}

export default async function ProposalsPage({ searchParams }: ProposalsPageProps) {
  const [query, locale] = await Promise.all([searchParams, getLocale()])
  const { actor } = await requireUser(PATH)
  const t = await getTranslations('Proposals')
  const proposals = await listProposals(actor)
  const done = DECISIONS.find((one) => one === query['done'])
  return (
    <AdminFrame locale={locale} path={PATH} title={t('title')} actor={actor}>
      {done === undefined ? null : (
        <p className="done" role="status">
          {t(`review.done.${done}`)}
        </p>
      )}
      <p>{t('lead')}</p>
      {proposals.length === 0 ? (
        <p className="empty">{t('empty')}</p>
      ) : (
        <table className="admin-table">
          <caption>{t('caption', { count: proposals.length })}</caption>
          <thead>
            <tr>
              <th scope="col">{t('columns.organisation')}</th>
              <th scope="col">{t('columns.author')}</th>
              <th scope="col">{t('columns.at')}</th>
              <th scope="col">{t('columns.status')}</th>
            </tr>
          </thead>
          <tbody>
            {await Promise.all(
              proposals.map(async ({ id, organisation, author, updatedAt, status }) => (
                <tr key={id}>
                  <th scope="row">
                    <a href={localePath(locale, `${PATH}/${id}`)} dir="auto">
                      {organisation.name}
                    </a>
                  </th>
                  <td>
                    <bdi>{await proposalAuthor(author)}</bdi>
                  </td>
                  <td>
                    <time dateTime={updatedAt.toISOString()}>
                      {formatDateTime(locale, updatedAt.toISOString())}
                    </time>
                  </td>
                  <td>{t(`statuses.${status}`)}</td>
                </tr>
              )),
            )}
          </tbody>
        </table>
      )}
    </AdminFrame>
  )
}
