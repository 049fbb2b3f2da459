import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { getLocale, getTranslations } from 'next-intl/server'
import { AdminFrame } from '@/components/admin/admin-frame'
import { RestoreForm } from '@/components/admin/restore-form'
import { DifferenceList, groupByField } from '@/components/history/difference-list'
import { fieldLabel } from '@/components/history/difference-labels'
import { RevisionTable } from '@/components/history/revision-table'
import type { Actor } from '@/lib/permissions/permissions'
import { localePath } from '@/lib/i18n/navigation'
import type { Locale } from '@/lib/i18n/routing'
import type { restoreProfile } from '@/lib/organisations/restore-revision'
import { diffContent } from '@/lib/revisions/diff'
import { listRevisions, loadRevisions } from '@/lib/revisions/queries'
import { requireUser } from '../../../require-user'
import { restore } from './actions'

type HistoryPageProps = {
  params: Promise<{ id: string }>
  searchParams: Promise<Record<string, string | string[] | undefined>>
}

/** Why nothing was put back: each has its words. */
type RestoreErrorCode =
  Exclude<Awaited<ReturnType<typeof restoreProfile>>, { ok: true }>['reason'] | 'signedOut'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('History')
  return { title: t('metaTitle') }
}

export default async function HistoryPage({ params, searchParams }: HistoryPageProps) {
  const [{ id }, query, locale] = await Promise.all([params, searchParams, getLocale()])
  const base = `/admin/organisations/${encodeURIComponent(id)}`
  const asked = [parseRevisionNumber(query['from']), parseRevisionNumber(query['to'])] as const
  const chosen = asked[0] !== null && asked[1] !== null ? `?from=${asked[0]}&to=${asked[1]}` : ''
  const path = `${base}/history${chosen}`
  const { actor } = await requireUser(path)
  const history = await listRevisions(actor, id)
  if (!history) notFound()

  const t = await getTranslations('History')
  const { organisation, revisions, editable } = history
  const latest = organisation.version
  const [from, to] = [asked[0] ?? Math.max(1, latest - 1), asked[1] ?? latest]
  const isAlone = latest === 1 && from === 1 && to === 1
  const compared = await loadRevisions(actor, id, [from, to])
  const restored = parseRevisionNumber(query['restored'])
  return (
    <AdminFrame
      locale={locale}
      path={path}
      title={t('title', { name: organisation.name })}
      actor={actor}
    >
      {restored === null || restored > latest ? null : (
        <p className="done" role="status">
          {t('restore.done', { number: restored })}
        </p>
      )}
      <p>{t('lead')}</p>
      <p>
        <a href={localePath(locale, base)}>{t('back')}</a>
      </p>
      <RevisionTable
        locale={locale}
        address={`${localePath(locale, `${base}/history`)}#comparison`}
        revisions={revisions}
        from={from}
        to={to}
      />
      <section id="comparison" aria-labelledby="comparison-title">
        <h2 id="comparison-title">{isAlone ? t('aloneTitle') : t('comparison', { from, to })}</h2>
        {isAlone ? (
          <p className="empty">{t('alone')}</p>
        ) : compared === null ? (
          <p className="empty">{t('unknown')}</p>
        ) : compared.from === 'erased' || compared.to === 'erased' ? (
          <p className="empty">{t('erased', { number: compared.from === 'erased' ? from : to })}</p>
        ) : (
          <DifferenceList locale={locale} differences={diffContent(compared.from, compared.to)} />
        )}
      </section>
      {editable && compared !== null && compared.from !== 'erased' && from !== latest ? (
        <RestoreSection locale={locale} actor={actor} id={id} latest={latest} revision={from} />
      ) : null}
    </AdminFrame>
  )
}

type RestoreSectionProps = {
  locale: Locale
  actor: Actor
  id: string
  /** Number of the latest revision. */
  latest: number
  /** The earlier revision. */
  revision: number
}

/** What may be put back of an earlier revision: what differs from the profile as it stands. */
async function RestoreSection({ locale, actor, id, latest, revision }: RestoreSectionProps) {
  const t = await getTranslations('History')
  const pair = await loadRevisions(actor, id, [latest, revision])
  if (!pair || pair.from === 'erased' || pair.to === 'erased') return null
  const beside = ['status', 'slug', 'confirmed']
  const fields = groupByField(diffContent(pair.from, pair.to)).filter(
    ([key]) => !beside.includes(key),
  )
  const refusals: Record<RestoreErrorCode, string> = {
    denied: t('restore.refusals.denied'),
    notFound: t('restore.refusals.notFound'),
    stale: t('restore.refusals.stale'),
    invalid: t('restore.refusals.invalid'),
    duplicate: t('restore.refusals.duplicate'),
    slugTaken: t('restore.refusals.slugTaken'),
    wouldDisclose: t('restore.refusals.wouldDisclose'),
    signedOut: t('restore.refusals.signedOut'),
  }
  return (
    <section aria-labelledby="restore-title">
      <h2 id="restore-title">{t('restore.title', { number: revision })}</h2>
      {fields.length === 0 ? (
        <p className="empty">{t('restore.nothing', { number: revision })}</p>
      ) : (
        <>
          <p>{t('restore.lead')}</p>
          <RestoreForm
            action={restore.bind(null, locale)}
            hiddenFields={{ id, version: latest, revision }}
            fields={[
              { key: 'all', name: t('restore.all') },
              ...(await Promise.all(
                fields.map(async ([key, , first]) => ({
                  key,
                  name: await fieldLabel(locale, first),
                })),
              )),
            ]}
            labels={{
              summary: t('restore.summary'),
              field: t('restore.field'),
              reason: t('restore.reason'),
              reasonHint: t('restore.reasonHint'),
              submit: t('restore.submit'),
              asItIs: t('restore.asItIs'),
              refusals,
              errors: {
                missing: t('restore.errors.missing'),
                tooLong: t('restore.errors.tooLong'),
                unsafeCharacters: t('restore.errors.unsafeCharacters'),
                invalid: t('restore.errors.invalid'),
              },
            }}
          />
        </>
      )}
    </section>
  )
}

function parseRevisionNumber(value: string | string[] | undefined): number | null {
  return typeof value === 'string' && /^[1-9]\d{0,8}$/.test(value) ? Number(value) : null
}
