import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { getLocale, getTranslations } from 'next-intl/server'
import { AdminFrame } from '@/components/admin/admin-frame'
import { LinkForm } from '@/components/admin/link-form'
import { catalogs } from '@/lib/i18n/catalogs'
import { routing } from '@/lib/i18n/routing'
import type { sendProposalLink } from '@/lib/proposals/send-proposal-link'
import { findLinkableOrganisation } from '@/lib/proposals/queries'
import { requireUser } from '../../../require-user'
import { sendProposalLinkAction } from './actions'

type LinkPageProps = { params: Promise<{ id: string }> }

/** Why no link was sent: each has its words. */
type LinkErrorCode =
  Exclude<Awaited<ReturnType<typeof sendProposalLink>>, { ok: true }>['reason'] | 'signedOut'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('Proposals')
  return { title: t('metaTitle') }
}

export default async function LinkPage({ params }: LinkPageProps) {
  const [{ id }, locale] = await Promise.all([params, getLocale()])
  const path = `/admin/organisations/${encodeURIComponent(id)}/proposal-link`
  const { actor } = await requireUser(path)
  const organisation = await findLinkableOrganisation(actor, id)
  if (!organisation) notFound()
  const t = await getTranslations('Proposals.link')
  const refusals: Record<LinkErrorCode, string> = {
    denied: t('refusals.denied'),
    notFound: t('refusals.notFound'),
    notAnEmail: t('refusals.notAnEmail'),
    tooMany: t('refusals.tooMany'),
    withdrawn: t('refusals.withdrawn'),
    signedOut: t('refusals.signedOut'),
  }
  return (
    <AdminFrame
      locale={locale}
      path={path}
      title={t('title', { name: organisation.name })}
      actor={actor}
    >
      <p>{t('lead')}</p>
      <LinkForm
        action={sendProposalLinkAction}
        id={id}
        language={locale}
        languages={routing.locales.map((code) => ({
          code,
          name: catalogs[code].Site.languageName,
        }))}
        labels={{
          summary: t('summary'),
          email: t('email'),
          emailHint: t('emailHint'),
          language: t('language'),
          submit: t('submit'),
          sent: t('sent'),
          noMail: t('noMail'),
          refusals,
        }}
      />
    </AdminFrame>
  )
}
