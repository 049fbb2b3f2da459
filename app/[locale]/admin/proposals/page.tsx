import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { getLocale, getTranslations } from 'next-intl/server'
import { AdminFrame } from '@/components/admin/admin-frame'
import { formatDateTime } from '@/lib/i18n/format-date'
import { localePath } from '@/lib/i18n/navigation'
import type { Locale } from '@/lib/i18n/routing'
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
  const page = parsePage(query['page'])
  const path = page > 1 ? `${PATH}?page=${page}` : PATH
  const { actor } = await requireUser(path)
  const t = await getTranslations('Proposals')
  const { proposals, total, pageCount } = await listProposals(actor, page)
  if (page > pageCount) notFound()
  const done = DECISIONS.find((decision) => decision === query['done'])
  return (
    <AdminFrame locale={locale} path={path} title={t('title')} actor={actor}>
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
          <caption>{t('caption', { count: total })}</caption>
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
      <Pagination locale={locale} page={page} pageCount={pageCount} />
    </AdminFrame>
  )
}

function parsePage(value: string | string[] | undefined): number {
  return typeof value === 'string' && /^[1-9]\d{0,5}$/.test(value) ? Number(value) : 1
}

type PaginationProps = { locale: Locale; page: number; pageCount: number }

async function Pagination({ locale, page, pageCount }: PaginationProps) {
  if (pageCount <= 1) return null
  const t = await getTranslations()
  const href = (target: number) => localePath(locale, `${PATH}?page=${target}`)
  return (
    <nav className="pages" aria-label={t('Directory.pages')}>
      {page > 1 ? (
        <a rel="prev" href={href(page - 1)}>
          {t('Directory.previous')}
        </a>
      ) : null}
      <span>{t('Admin.overview.page', { page, pages: pageCount })}</span>
      {page < pageCount ? (
        <a rel="next" href={href(page + 1)}>
          {t('Directory.next')}
        </a>
      ) : null}
    </nav>
  )
}
