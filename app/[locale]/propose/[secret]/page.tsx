import type { Metadata } from 'next'
import { getLocale, getTranslations } from 'next-intl/server'
import type { ReactNode } from 'react'
import { ProfileForm } from '@/components/admin/profile-form'
import { firstValue, type FormState } from '@/lib/forms/state'
import { localePath } from '@/lib/i18n/navigation'
import { parseProfileForm } from '@/lib/editing/read-profile-form'
import { emptyContent, valuesFromContent } from '@/lib/editing/profile-form'
import { messageErrors } from '@/lib/proposals/message'
import type { ProposeError } from '@/lib/proposals/propose'
import { findLinkActor } from '@/lib/proposals/proposal-links'
import { loadProposalBase, loadProposalForm, type ProposalForm } from '@/lib/proposals/queries'
import { loadLinkDraft } from '@/lib/editing/link-drafts'
import { SiteFrame } from '../../site-frame'

type ProposePageProps = {
  params: Promise<{ secret: string }>
  searchParams: Promise<Record<string, string | string[] | undefined>>
}

/** In place of the secret, which is longer: the page that is shown after a proposal was sent. */
const SENT_PAGE = 'sent'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('Proposals')
  return { title: t('metaTitle') }
}

export default async function ProposePage({ params, searchParams }: ProposePageProps) {
  const [{ secret }, query] = await Promise.all([params, searchParams])
  const t = await getTranslations('Proposals.propose')
  const frame = (title: string, content: ReactNode) => (
    <SiteFrame path={`/propose/${secret}`}>
      <div className="admin">
        <h1>{title}</h1>
        {content}
      </div>
    </SiteFrame>
  )
  if (secret === SENT_PAGE) return frame(t('sentTitle'), <p>{t('sent')}</p>)
  const actor = await findLinkActor(secret)
  const form = actor && (await loadProposalForm(actor, actor.organisation))
  const why = typeof query['kept'] === 'string' ? query['kept'] : ''
  const typed = why === '' ? null : await loadLinkDraft(secret)
  if (!form) {
    return frame(
      t('goneTitle'),
      <>
        <p>{t('gone')}</p>
        {typed === null ? null : <ProposeForm {...{ secret, form, typed, why }} />}
      </>,
    )
  }
  const { organisation, own } = form
  return frame(
    t('title', { name: organisation.name }),
    <>
      <p>{t('lead')}</p>
      <p>{t('once')}</p>
      {own === null ? null : own.answer === null || own.answer === '' ? (
        <p className="notice">{t('resumed')}</p>
      ) : (
        <div className="notice">
          <p>{t('asked')}</p>
          <blockquote className="words" dir="auto">
            {own.answer}
          </blockquote>
          <p>{t('resumed')}</p>
        </div>
      )}
      <ProposeForm {...{ secret, form, typed, why }} />
    </>,
  )
}

type ProposeFormProps = {
  secret: string
  /** Null if the link is not valid any more: the form then only shows what was typed. */
  form: ProposalForm | null
  /** What was sent but could not be accepted; `why` is the code of the reason, or empty. */
  typed: FormState['values'] | null
  why: string
}

async function ProposeForm({ secret, form, typed, why }: ProposeFormProps) {
  const [t, locale] = await Promise.all([getTranslations('Proposals.propose'), getLocale()])
  const version =
    typed === null ? (form?.baseVersion ?? null) : Number(firstValue(typed, 'base')) || null
  const base = (form && (await loadProposalBase(form, version ?? 0))) ?? emptyContent()
  const values: FormState['values'] = {
    ...valuesFromContent(base),
    message: [form?.own?.message ?? ''],
    ...typed,
  }
  const parsed = why === 'faults' ? parseProfileForm(values, base) : null
  const errors = [
    ...(parsed === null || parsed.ok ? [] : parsed.errors),
    ...(why === 'invalid' ? messageErrors(firstValue(values, 'message')) : []),
  ]
  const formErrors: Record<ProposeError['reason'], string> = {
    denied: t('refusals.denied'),
    notFound: t('refusals.notFound'),
    invalid: t('refusals.invalid'),
    stale: t('refusals.stale'),
    unchanged: t('refusals.unchanged'),
    linkUsed: t('refusals.linkUsed'),
  }
  const formError = Object.entries(formErrors).find(([reason]) => reason === why)
  return (
    <ProfileForm
      {...{ locale, values, errors }}
      mode="propose"
      address={localePath(locale, `/propose/${encodeURIComponent(secret)}/send`)}
      profile={{ version }}
      control={null}
      formError={typed === null || errors.length > 0 ? null : (formError?.[1] ?? null)}
      conflicts={[]}
      since={[]}
    />
  )
}
