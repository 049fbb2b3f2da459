import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { getLocale, getTranslations } from 'next-intl/server'
import { ConflictVersions } from '@/components/admin/conflict-versions'
import { AdminFrame } from '@/components/admin/admin-frame'
import { ReviewForm } from '@/components/admin/review-form'
import { DifferenceDetail } from '@/components/history/difference-detail'
import { DifferenceList } from '@/components/history/difference-list'
import { fieldLabel } from '@/components/history/difference-labels'
import { formatDateTime } from '@/lib/i18n/format-date'
import { localePath } from '@/lib/i18n/navigation'
import type { Locale } from '@/lib/i18n/routing'
import { isCountry } from '@/lib/geo/countries'
import { isRegion } from '@/lib/geo/regions'
import type { Conflict } from '@/lib/editing/merge'
import { CONTACT_KINDS } from '@/lib/organisations/schema'
import type { acceptProposal, returnProposal } from '@/lib/proposals/decide'
import { findProposal, type ProposalReview } from '@/lib/proposals/queries'
import { requireUser } from '../../require-user'
import { proposalAuthor } from '../author'
import { decide } from './actions'

type ProposalPageProps = { params: Promise<{ proposalId: string }> }

/** Why nothing was decided: each has its words. */
type ReviewErrorCode =
  | Exclude<
      Awaited<ReturnType<typeof acceptProposal>> | Awaited<ReturnType<typeof returnProposal>>,
      { ok: true }
    >['reason']
  | 'signedOut'
  | 'unknown'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('Proposals')
  return { title: t('metaTitle') }
}

export default async function ProposalPage({ params }: ProposalPageProps) {
  const [{ proposalId }, locale] = await Promise.all([params, getLocale()])
  const path = `/admin/proposals/${encodeURIComponent(proposalId)}`
  const { actor } = await requireUser(path)
  const proposal = await findProposal(actor, proposalId)
  if (!proposal) notFound()
  const t = await getTranslations('Proposals.review')
  const statuses = await getTranslations('Proposals.statuses')
  const { organisation, status, fields, updatedAt, message, answer } = proposal
  const isOpen = status === 'waiting'
  return (
    <AdminFrame
      locale={locale}
      path={path}
      title={t('title', { name: organisation.name })}
      actor={actor}
    >
      <p>
        {t('facts', {
          author: await proposalAuthor(proposal.author),
          moment: formatDateTime(locale, updatedAt.toISOString()),
        })}{' '}
        <a href={localePath(locale, `/admin/organisations/${organisation.id}`)}>{t('profile')}</a>
      </p>
      {isOpen ? null : <p className="notice">{t('state', { status: statuses(status) })}</p>}
      {proposal.reviewable ? null : <p>{t('own')}</p>}
      {message === '' ? null : <QuotedMessage title={t('message')} text={message} />}
      {answer === null || answer === '' ? null : (
        <QuotedMessage title={t('answer')} text={answer} />
      )}
      <EarlierVersions locale={locale} earlier={proposal.earlier} />
      <h2>{t('fields')}</h2>
      {fields.length === 0 ? <p className="empty">{t('nothing')}</p> : null}
      {isOpen && proposal.reviewable ? (
        <Review locale={locale} proposal={proposal} />
      ) : fields.length === 0 ? null : (
        <DifferenceList
          locale={locale}
          differences={fields.flatMap(({ differences }) => differences)}
        />
      )}
    </AdminFrame>
  )
}

/** What the author had sent before, closed until somebody wants to read it. */
async function EarlierVersions({
  locale,
  earlier,
}: {
  locale: Locale
  earlier: ProposalReview['earlier']
}) {
  const t = await getTranslations('Proposals.review')
  return earlier.map(({ number, replacedAt, message, answer, differences }) => (
    <details key={number}>
      <summary>
        {t('earlier', {
          number,
          moment: formatDateTime(locale, replacedAt.toISOString()),
        })}
      </summary>
      {message === '' ? null : <QuotedMessage title={t('message')} text={message} />}
      {answer === null ? null : <QuotedMessage title={t('answer')} text={answer} />}
      <DifferenceList locale={locale} differences={differences} />
    </details>
  ))
}

function QuotedMessage({ title, text }: { title: string; text: string }) {
  return (
    <section>
      <h2>{title}</h2>
      <blockquote className="words" dir="auto">
        {text}
      </blockquote>
    </section>
  )
}

/** What stands of one field, as it was when the proposal was made, as it is and as proposed. */
async function ReviewedConflict({ conflict }: { conflict: Conflict }) {
  const t = await getTranslations()
  const { field } = conflict
  const contact = CONTACT_KINDS.find((kind) => field === `contacts.${kind}.value`)
  const show = (text: string) => {
    if (field === 'country' && isCountry(text)) return t(`Countries.${text}`)
    if (field === 'region' && isRegion(text)) return t(`Regions.${text}`)
    return text
  }
  return (
    <>
      {contact === undefined ? null : <p>{t(`History.contact.${contact}`)}</p>}
      <ConflictVersions
        {...{ conflict, show }}
        names={{
          base: t('Proposals.review.conflict.base'),
          theirs: t('Proposals.review.conflict.current'),
          yours: t('Proposals.review.conflict.proposed'),
        }}
        language={/^answers\.\w+\.([\w-]+)\.text$/.exec(field)?.[1]}
      />
    </>
  )
}

async function Review({ locale, proposal }: { locale: Locale; proposal: ProposalReview }) {
  const [t, form] = await Promise.all([
    getTranslations('Proposals.review'),
    getTranslations('Admin.form'),
  ])
  const refusals: Record<ReviewErrorCode, string> = {
    denied: t('refusals.denied'),
    notFound: t('refusals.notFound'),
    decided: t('refusals.decided'),
    replaced: t('refusals.replaced'),
    stale: t('refusals.stale'),
    invalid: t('refusals.invalid'),
    duplicate: t('refusals.duplicate'),
    slugTaken: t('refusals.slugTaken'),
    wouldDisclose: t('refusals.wouldDisclose'),
    nothingChosen: t('refusals.nothingChosen'),
    undecided: t('refusals.undecided'),
    unknown: t('refusals.unknown'),
    signedOut: t('refusals.signedOut'),
  }
  const fields = await Promise.all(
    proposal.fields.map(async ({ key, differences, conflicts }) => ({
      key,
      name: differences[0] ? await fieldLabel(locale, differences[0]) : key,
      detail: differences.map((difference, index) => (
        <DifferenceDetail key={index} locale={locale} difference={difference} />
      )),
      conflict:
        conflicts.length === 0
          ? null
          : conflicts.map((conflict) => (
              <ReviewedConflict key={conflict.field} conflict={conflict} />
            )),
    })),
  )
  return (
    <ReviewForm
      action={decide.bind(null, locale)}
      hiddenFields={{
        proposalId: proposal.id,
        seen: proposal.updatedAt.toISOString(),
        version: proposal.organisation.version,
      }}
      fields={fields}
      labels={{
        summary: t('summary'),
        conflict: t('changedSince'),
        now: t('conflict.keepCurrent'),
        proposed: t('conflict.takeProposed'),
        answer: t('answerLabel'),
        answerHint: t('answerHint'),
        accept: t('accept'),
        asItIs: t('asItIs'),
        return: t('return'),
        decline: t('decline'),
        refusals,
        errorIn: form('errorIn', { field: '{field}', error: '{error}' }),
        errors: {
          missing: t('errors.missing'),
          undecided: t('errors.undecided'),
          tooLong: t('errors.tooLong'),
          unsafeCharacters: t('errors.unsafeCharacters'),
          invalid: t('errors.invalid'),
        },
      }}
    />
  )
}
