import { randomUUID } from 'node:crypto'
import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { getFormatter, getLocale, getTranslations } from 'next-intl/server'
import { ConfirmProfile } from '@/components/admin/confirm-profile'
import { AdminFrame } from '@/components/admin/admin-frame'
import { DraftNotice } from '@/components/admin/draft-notice'
import { ProfileForm } from '@/components/admin/profile-form'
import { ProfileTabs } from '@/components/admin/profile-tabs'
import { can } from '@/lib/permissions/permissions'
import { firstValue } from '@/lib/forms/state'
import { localePath } from '@/lib/i18n/navigation'
import { toProfileContent } from '@/lib/organisations/load-content'
import { formMode } from '@/lib/editing/form-mode'
import { contentAtVersion, openProfile } from '@/lib/admin/open-profile'
import { valuesFromContent } from '@/lib/editing/profile-form'
import { pickDraft, signDraftToken, listDrafts } from '@/lib/editing/drafts'
import { rebaseDraft } from '@/lib/editing/rebase-draft'
import { STATUSES } from '@/lib/organisations/schema'
import { messageErrors } from '@/lib/proposals/message'
import { diffWords } from '@/lib/revisions/diff'
import { requireUser } from '../../require-user'
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
  const asked = why === null ? '' : `?${new URLSearchParams({ kept: why, form }).toString()}`
  const { actor } = await requireUser(path + asked)
  const opened = await openProfile(actor, id)
  if (!opened) notFound()

  const { profile, outdated: behind, editors: openedBy } = opened
  const mode = formMode(actor, profile)
  const mayConfirm = can(actor, 'confirm', { ...profile, state: profile.status })
  const current = { content: toProfileContent(profile), version: profile.version }
  const allKept = await listDrafts(actor, id)
  const kept = why === null ? null : pickDraft(allKept, form)
  const resumed =
    kept === null
      ? null
      : rebaseDraft(
          { values: kept.values, version: kept.baseVersion },
          current,
          kept.baseVersion === null || kept.baseVersion === profile.version
            ? null
            : await contentAtVersion(actor, id, kept.baseVersion),
        )
  const isSlugTaken = resumed !== null && why === 'slugTaken'
  const conflicts = resumed?.conflicts ?? []
  const refusal =
    conflicts.length > 0
      ? ('conflict' as const)
      : (['denied', 'unchanged'] as const).find((one) => resumed !== null && one === why)
  const messageFaults =
    resumed !== null && why === 'invalid'
      ? messageErrors(firstValue(resumed.values, 'message'))
      : []
  const values = resumed?.values ?? valuesFromContent(current.content)
  const done =
    query['done'] === 'proposed'
      ? ('proposed' as const)
      : STATUSES.some((one) => one === query['done'])
        ? profile.status
        : undefined
  const serial = typeof query['n'] === 'string' ? query['n'] : ''
  return (
    <AdminFrame locale={locale} path={path} title={profile.name} actor={actor}>
      <ProfileTabs locale={locale} profile={profile} current="form" />
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
      {typeof query['refused'] === 'string' ? (
        <p className="notice" role="alert">
          {t(
            `status.refused.${(['denied', 'stale'] as const).find((one) => one === query['refused']) ?? 'other'}`,
          )}
        </p>
      ) : null}
      {openedBy.map(({ name, minutes }) => (
        <p className="notice" key={name}>
          {t('form.openedBy', { name, minutes })}
        </p>
      ))}
      <DraftNotice
        locale={locale}
        id={id}
        drafts={allKept
          .filter((one) => one !== kept)
          .map((one) => ({
            form: one.form,
            at: format.dateTime(one.at, { dateStyle: 'long', timeStyle: 'short' }),
          }))}
        path={path}
      />
      {resumed !== null && (why === 'session' || why === 'draft') ? (
        <p className="done" role="status">
          {t(`form.resumed.${why}`)}
        </p>
      ) : null}
      {resumed !== null && kept?.baseVersion !== profile.version && conflicts.length === 0 ? (
        <p className="notice" role="status">
          {t('form.mergedCleanly')}
        </p>
      ) : null}
      {mode === 'read' ? (
        <p>{t('form.readOnly')}</p>
      ) : (
        <ProfileForm
          key={serial}
          {...{ locale, mode, values, conflicts }}
          address={localePath(locale, '/admin/organisations/save')}
          profile={{ ...profile, version: resumed ? resumed.version : profile.version }}
          control={{
            id,
            form: randomUUID(),
            follows: kept?.form ?? '',
            keeper: signDraftToken({ user: actor.id, organisation: id }),
          }}
          errors={[
            ...(resumed && why !== 'draft' && why !== 'session' && why !== 'language'
              ? resumed.errors
              : []),
            ...(isSlugTaken ? [{ field: 'slug', code: 'slugTaken' as const }] : []),
            ...messageFaults,
          ]}
          refusal={refusal === undefined ? null : t(`form.refusal.${refusal}`)}
          since={behind.map(({ question, language, source }) => ({
            ...{ question, language },
            sourceLanguage: source.language,
            segments: source.before === null ? null : diffWords(source.before, source.now),
          }))}
        />
      )}
      {mayConfirm ? (
        <ConfirmProfile {...{ locale, profile, mayConfirm }} change={changeStatus} from="form" />
      ) : null}
    </AdminFrame>
  )
}
