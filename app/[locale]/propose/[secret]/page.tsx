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

/** The page that follows a proposal; no secret is four letters long. */
const SENT = 'sent'

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
  if (secret === SENT) return frame(t('sentTitle'), <p>{t('sent')}</p>)
  const actor = await findLinkActor(secret)
  const start = actor && (await loadProposalForm(actor, actor.organisation))
  const why = typeof query['kept'] === 'string' ? query['kept'] : ''
  const typed = why === '' ? null : await loadLinkDraft(secret)
  if (!start) {
    return frame(
      t('goneTitle'),
      <>
        <p>{t('gone')}</p>
        {typed === null ? null : <ProposeForm {...{ secret, start, typed, why }} />}
      </>,
    )
  }
  const { organisation, own } = start
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
      <ProposeForm {...{ secret, start, typed, why }} />
    </>,
  )
}

type ProposeFormProps = {
  secret: string
  /** Null where the link is good no more: then there is nothing but what was typed. */
  start: ProposalForm | null
  /** What was sent and not taken, and why. */
  typed: FormState['values'] | null
  why: string
}

async function ProposeForm({ secret, start, typed, why }: ProposeFormProps) {
  const [t, locale] = await Promise.all([getTranslations('Proposals.propose'), getLocale()])
  const version =
    typed === null ? (start?.baseVersion ?? null) : Number(firstValue(typed, 'base')) || null
  const base = (start && (await loadProposalBase(start, version ?? 0))) ?? emptyContent()
  const values: FormState['values'] = {
    ...valuesFromContent(base),
    message: [start?.own?.message ?? ''],
    ...typed,
  }
  const read = why === 'faults' ? parseProfileForm(values, base) : null
  const faults = [
    ...(read === null || read.ok ? [] : read.errors),
    ...(why === 'invalid' ? messageErrors(firstValue(values, 'message')) : []),
  ]
  const refusals: Record<ProposeError['reason'], string> = {
    denied: t('refusals.denied'),
    notFound: t('refusals.notFound'),
    invalid: t('refusals.invalid'),
    stale: t('refusals.stale'),
    unchanged: t('refusals.unchanged'),
    linkUsed: t('refusals.linkUsed'),
  }
  const refused = Object.entries(refusals).find(([reason]) => reason === why)
  return (
    <ProfileForm
      {...{ locale, values, errors: faults }}
      mode="propose"
      address={localePath(locale, `/propose/${encodeURIComponent(secret)}/send`)}
      profile={{ version }}
      control={null}
      refusal={typed === null || faults.length > 0 ? null : (refused?.[1] ?? null)}
      conflicts={[]}
      since={[]}
    />
  )
}
