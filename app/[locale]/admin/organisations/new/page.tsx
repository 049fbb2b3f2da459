import { randomUUID } from 'node:crypto'
import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { getFormatter, getLocale, getTranslations } from 'next-intl/server'
import { AdminFrame } from '@/components/admin/admin-frame'
import { DraftNotice } from '@/components/admin/draft-notice'
import { ProfileForm } from '@/components/admin/profile-form'
import { localePath } from '@/lib/i18n/navigation'
import { emptyContent, newProfileValues } from '@/lib/editing/profile-form'
import { pickDraft, signDraftToken, listDrafts } from '@/lib/editing/drafts'
import { rebaseDraft } from '@/lib/editing/rebase-draft'
import { requireUser } from '../../require-user'
import { askedDisclosure } from '../asked-disclosure'

type NewProps = { searchParams: Promise<Record<string, string | string[] | undefined>> }

const PATH = '/admin/organisations/new'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('Admin')
  return { title: `${t('form.newTitle')} – ${t('frame.name')}` }
}

export default async function NewPage({ searchParams }: NewProps) {
  const [query, locale] = await Promise.all([searchParams, getLocale()])
  const [t, format] = await Promise.all([getTranslations('Admin'), getFormatter()])
  const why = typeof query['kept'] === 'string' ? query['kept'] : null
  const form = typeof query['form'] === 'string' ? query['form'] : ''
  const draftQuery = why === null ? '' : `?${new URLSearchParams({ kept: why, form }).toString()}`
  const { actor } = await requireUser(PATH + draftQuery)
  if (actor.role !== 'administrator' && actor.role !== 'editor') notFound()

  const drafts = await listDrafts(actor, null)
  const draft = why === null ? null : pickDraft(drafts, form)
  const rebased =
    draft === null
      ? null
      : rebaseDraft(
          { values: { ...newProfileValues(), ...draft.values }, version: null },
          { content: emptyContent(), version: null },
          null,
        )
  const disclosure = await askedDisclosure(null, rebased, why)
  const serial = typeof query['n'] === 'string' ? query['n'] : ''
  return (
    <AdminFrame locale={locale} path={PATH} title={t('form.newTitle')} actor={actor}>
      <DraftNotice
        locale={locale}
        id=""
        drafts={drafts
          .filter((other) => other !== draft)
          .map((other) => ({
            form: other.form,
            at: format.dateTime(other.at, { dateStyle: 'long', timeStyle: 'short' }),
          }))}
        path={PATH}
      />
      {rebased !== null && (why === 'session' || why === 'draft') ? (
        <p className="done" role="status">
          {t(`form.resumed.${why}`)}
        </p>
      ) : null}
      <ProfileForm
        key={serial}
        locale={locale}
        mode="save"
        address={localePath(locale, '/admin/organisations/save')}
        profile={null}
        control={{
          id: '',
          form: randomUUID(),
          follows: draft?.form ?? '',
          keeper: signDraftToken({ user: actor.id, organisation: null }),
        }}
        values={rebased?.values ?? newProfileValues()}
        errors={rebased && why === 'faults' ? rebased.errors : []}
        formError={rebased && why === 'denied' ? t('form.formError.denied') : null}
        conflicts={[]}
        since={[]}
        disclosure={disclosure}
      />
    </AdminFrame>
  )
}
