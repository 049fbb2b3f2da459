import { randomUUID } from 'node:crypto'
import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { getFormatter, getLocale, getTranslations } from 'next-intl/server'
import { ConfirmProfile } from '@/components/admin/confirm-profile'
import { AdminFrame } from '@/components/admin/admin-frame'
import { DraftNotice } from '@/components/admin/draft-notice'
import { ProfileForm } from '@/components/admin/profile-form'
import { ProfileTabs } from '@/components/admin/profile-tabs'
import { can, type UserActor } from '@/lib/permissions/permissions'
import { subjectOf } from '@/lib/permissions/subject'
import { firstValue } from '@/lib/forms/state'
import { localePath } from '@/lib/i18n/navigation'
import type { Locale } from '@/lib/i18n/routing'
import { toProfileContent } from '@/lib/organisations/load-content'
import { STATUSES } from '@/lib/organisations/schema'
import type { StoredProfile } from '@/lib/organisations/stored'
import { contentAtVersion, openProfile, type OpenedProfile } from '@/lib/admin/open-profile'
import { formMode, type EditableMode } from '@/lib/editing/form-mode'
import { valuesFromContent, type ProfileFieldError } from '@/lib/editing/profile-form'
import { pickDraft, signDraftToken, listDrafts, type FormDraft } from '@/lib/editing/drafts'
import { rebaseDraft, type RebasedDraft } from '@/lib/editing/rebase-draft'
import { messageErrors } from '@/lib/proposals/message'
import { loadProposalForm, type ProposalForm } from '@/lib/proposals/queries'
import { valuesOfProposal } from '@/lib/proposals/resume'
import { diffWords } from '@/lib/revisions/diff'
import { requireUser } from '../../require-user'
import { askedDisclosure } from '../asked-disclosure'
import { changeStatus } from './status/actions'

type EditProps = {
  params: Promise<{ id: string }>
  searchParams: Promise<Record<string, string | string[] | undefined>>
}

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('Admin')
  return { title: `${t('form.title')} – ${t('frame.name')}` }
}

export default async function EditPage({ params, searchParams }: EditProps) {
  const [{ id }, query, locale] = await Promise.all([params, searchParams, getLocale()])
  const [t, format] = await Promise.all([getTranslations('Admin'), getFormatter()])
  const path = `/admin/organisations/${id}`
  const why = typeof query['kept'] === 'string' ? query['kept'] : null
  const form = typeof query['form'] === 'string' ? query['form'] : ''
  const draftQuery = why === null ? '' : `?${new URLSearchParams({ kept: why, form }).toString()}`
  const { actor } = await requireUser(path + draftQuery)
  const opened = await openProfile(actor, id)
  if (!opened) notFound()

  const { profile, editors } = opened
  const mode = formMode(actor, profile)
  const mayConfirm = can(actor, 'confirm', subjectOf(profile))
  const drafts = await listDrafts(actor, id)
  const draft = why === null ? null : pickDraft(drafts, form)
  const proposal = mode === 'propose' ? await loadProposalForm(actor, id) : null
  const own = proposal?.own ?? null
  const resumed = draft ?? (own && proposal && (await draftOfProposal(actor, id, proposal)))
  const rebased = resumed && (await rebaseOnto(actor, profile, resumed))
  return (
    <AdminFrame locale={locale} path={path} title={profile.name} actor={actor}>
      <ProfileTabs locale={locale} profile={profile} current="form" />
      <ResultNotices locale={locale} query={query} profile={profile} />
      {editors.map(({ name, role, minutes }, index) => (
        <p className="notice" key={index}>
          {t('form.editing', { name: name ?? t(`someoneOf.${role}`), minutes })}
        </p>
      ))}
      <DraftNotice
        locale={locale}
        id={id}
        drafts={drafts
          .filter((other) => other !== draft)
          .map((other) => ({
            form: other.form,
            at: format.dateTime(other.at, { dateStyle: 'long', timeStyle: 'short' }),
          }))}
        path={path}
      />
      {own === null ? null : <OwnProposalNotice own={own} isShown={draft === null} />}
      {draft !== null && (why === 'session' || why === 'draft') ? (
        <p className="done" role="status">
          {t(`form.resumed.${why}`)}
        </p>
      ) : null}
      {rebased !== null &&
      resumed?.baseVersion !== profile.version &&
      rebased.conflicts.length === 0 ? (
        <p className="notice" role="status">
          {t('form.mergedCleanly')}
        </p>
      ) : null}
      {mode === 'read' ? (
        <p>{t('form.readOnly')}</p>
      ) : (
        <EditForm
          key={typeof query['n'] === 'string' ? query['n'] : ''}
          {...{ locale, mode, opened, rebased, why }}
          userId={actor.id}
          resumedFrom={draft?.form ?? ''}
        />
      )}
      {mayConfirm ? (
        <ConfirmProfile {...{ locale, profile, mayConfirm }} change={changeStatus} from="form" />
      ) : null}
    </AdminFrame>
  )
}

/** An undecided proposal as a draft of the form, so that it is merged with what was saved since. */
async function draftOfProposal(
  actor: UserActor,
  id: string,
  proposal: ProposalForm,
): Promise<Pick<FormDraft, 'values' | 'baseVersion'>> {
  const { baseVersion } = proposal
  const base = await contentAtVersion(actor, id, baseVersion)
  return { baseVersion, values: valuesOfProposal(proposal, base ?? proposal.content) }
}

type OwnProposalNoticeProps = {
  own: NonNullable<ProposalForm['own']>
  /** Whether the form shows the proposal; otherwise it shows a draft. */
  isShown: boolean
}

/** Says that a proposal of the user is waiting, or was returned with a question. */
async function OwnProposalNotice({ own, isShown }: OwnProposalNoticeProps) {
  const t = await getTranslations('Proposals.own')
  const { status, answer } = own
  return (
    <div className="notice">
      <p>{t(status)}</p>
      {status === 'returned' && answer !== null && answer !== '' ? (
        <blockquote className="words" dir="auto">
          {answer}
        </blockquote>
      ) : null}
      <p>{t(isShown ? 'shown' : 'replaces')}</p>
    </div>
  )
}

/** Merges a draft with what others have saved since its form was made. */
async function rebaseOnto(
  actor: UserActor,
  profile: StoredProfile,
  { values, baseVersion }: Pick<FormDraft, 'values' | 'baseVersion'>,
): Promise<RebasedDraft> {
  const base =
    baseVersion === null || baseVersion === profile.version
      ? null
      : await contentAtVersion(actor, profile.id, baseVersion)
  const current = { content: toProfileContent(profile), version: profile.version }
  return rebaseDraft({ values, version: baseVersion }, current, base)
}

type ResultNoticesProps = {
  locale: Locale
  query: Readonly<Record<string, string | string[] | undefined>>
  profile: StoredProfile
}

/** What the last form on this page has done, from the query string of the redirect. */
async function ResultNotices({ locale, query, profile }: ResultNoticesProps) {
  const t = await getTranslations('Admin')
  const done =
    query['done'] === 'proposed'
      ? ('proposed' as const)
      : STATUSES.some((status) => status === query['done'])
        ? profile.status
        : undefined
  const { refused } = query
  return (
    <>
      {done === undefined ? null : (
        <p className="done" role="status">
          {t(`form.done.${done}`)}{' '}
          {done === 'listed' ? (
            <a href={localePath(locale, `/organisations/${profile.slug}`)}>{t('form.seePublic')}</a>
          ) : null}
        </p>
      )}
      {query['confirmed'] === 'confirm' ? (
        <p className="done" role="status">
          {t('status.done.confirm')}
        </p>
      ) : null}
      {typeof refused === 'string' ? (
        <p className="notice" role="alert">
          {t(
            `status.refused.${(['denied', 'stale'] as const).find((reason) => reason === refused) ?? 'other'}`,
          )}
        </p>
      ) : null}
    </>
  )
}

type EditFormProps = {
  locale: Locale
  mode: EditableMode
  opened: OpenedProfile
  /** The draft that the form shows; null for the saved profile. */
  rebased: RebasedDraft | null
  /** Code of the reason why the draft is shown; null without one. */
  why: string | null
  userId: string
  /** Id of the form of the draft; empty without one. */
  resumedFrom: string
}

async function EditForm(props: EditFormProps) {
  const { locale, mode, opened, rebased, why, userId, resumedFrom } = props
  const t = await getTranslations('Admin.form')
  const { profile } = opened
  const conflicts = rebased?.conflicts ?? []
  const formError =
    conflicts.length > 0
      ? ('conflict' as const)
      : (['denied', 'unchanged'] as const).find((reason) => rebased !== null && reason === why)
  const disclosure = await askedDisclosure(profile.id, rebased, why)
  return (
    <ProfileForm
      {...{ locale, mode, conflicts, disclosure }}
      values={rebased?.values ?? valuesFromContent(toProfileContent(profile))}
      address={localePath(locale, '/admin/organisations/save')}
      profile={{ ...profile, version: rebased ? rebased.version : profile.version }}
      control={{
        id: profile.id,
        form: randomUUID(),
        follows: resumedFrom,
        keeper: signDraftToken({ user: userId, organisation: profile.id }),
      }}
      errors={rebased === null ? [] : draftErrors(rebased, why)}
      formError={formError === undefined ? null : t(`formError.${formError}`)}
      since={opened.outdated.map(({ question, language, source }) => ({
        ...{ question, language },
        sourceLanguage: source.language,
        segments: source.before === null ? null : diffWords(source.before, source.now),
      }))}
    />
  )
}

/** Errors are shown after an attempt to save, not when a draft is opened or a language is added. */
function draftErrors({ errors, values }: RebasedDraft, why: string | null): ProfileFieldError[] {
  const isAttempt = why !== null && why !== 'draft' && why !== 'session' && why !== 'language'
  return [
    ...(isAttempt ? errors : []),
    ...(why === 'slugTaken' ? [{ field: 'slug', code: 'slugTaken' as const }] : []),
    ...(why === 'invalid' ? messageErrors(firstValue(values, 'message')) : []),
  ]
}
