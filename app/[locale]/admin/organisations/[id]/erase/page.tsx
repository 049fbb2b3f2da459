import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { getLocale, getTranslations } from 'next-intl/server'
import { AdminFrame } from '@/components/admin/admin-frame'
import { EraseForm } from '@/components/admin/erase-form'
import { localePath } from '@/lib/i18n/navigation'
import { loadForErasure } from '@/lib/organisations/erase'
import { reauthLabels } from '../../../reauth-labels'
import { requireUser, requireReauthenticationToOpen } from '../../../require-user'
import { erase } from './actions'
import type { EraseErrorCode } from './error-codes'

type ErasePageProps = { params: Promise<{ id: string }> }

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('Erasure')
  return { title: t('metaTitle') }
}

export default async function ErasePage({ params }: ErasePageProps) {
  const [{ id }, locale] = await Promise.all([params, getLocale()])
  const base = `/admin/organisations/${encodeURIComponent(id)}`
  const path = `${base}/erase`
  const signedIn = await requireUser(path)
  const organisation = await loadForErasure(signedIn.actor, id)
  if (!organisation) notFound()
  await requireReauthenticationToOpen(signedIn, path)

  const t = await getTranslations('Erasure')
  const { name, version } = organisation
  const refusals: Record<EraseErrorCode, string> = {
    denied: t('refusals.denied'),
    notFound: t('refusals.notFound'),
    stale: t('refusals.stale'),
    signedOut: t('refusals.signedOut'),
  }
  return (
    <AdminFrame locale={locale} path={path} title={t('title', { name })} actor={signedIn.actor}>
      <p className="notice">{t('final')}</p>
      <h2>{t('deletedTitle')}</h2>
      <ul className="told">
        <li>{t('deletedProfile')}</li>
        <li>{t('deletedHistory')}</li>
        <li>{t('deletedOther')}</li>
      </ul>
      <h2>{t('keptTitle')}</h2>
      <ul className="told">
        <li>{t('keptRecord')}</li>
        <li>{t('keptAccounts')}</li>
        <li>{t('keptBackups')}</li>
      </ul>
      <p>
        <a href={localePath(locale, `${base}/data.json`)} download>
          {t('downloadFirst')}
        </a>
      </p>
      <EraseForm
        action={erase.bind(null, locale)}
        hiddenFields={{ id, version }}
        labels={{
          summary: t('summary'),
          name: t('name'),
          nameHint: t('nameHint', { name }),
          otherName: t('otherName'),
          submit: t('submit'),
          refusals,
          again: await reauthLabels(),
        }}
      />
      <p>
        <a href={localePath(locale, base)}>{t('back')}</a>
      </p>
    </AdminFrame>
  )
}
