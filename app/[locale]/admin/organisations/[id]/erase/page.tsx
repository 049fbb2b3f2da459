import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { getLocale, getTranslations } from 'next-intl/server'
import { DeskFrame } from '@/components/admin/admin-frame'
import { EraseForm } from '@/components/admin/erase-form'
import { localePath } from '@/lib/i18n/navigation'
import { readErasable } from '@/lib/organisations/erase'
import { againWords } from '../../../confirm-password-labels'
import { requirePerson, requireSudoToOpen } from '../../../require-user'
import { erase } from './actions'
import type { EraseRefusal } from './refusals'

type ErasePageProps = { params: Promise<{ id: string }> }

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('Erasure')
  return { title: t('metaTitle') }
}

export default async function ErasePage({ params }: ErasePageProps) {
  const [{ id }, locale] = await Promise.all([params, getLocale()])
  const base = `/admin/organisations/${encodeURIComponent(id)}`
  const path = `${base}/erase`
  const signedIn = await requirePerson(path)
  const organisation = await readErasable(signedIn.actor, id)
  if (!organisation) notFound()
  await requireSudoToOpen(signedIn, path)

  const t = await getTranslations('Erasure')
  const { name, version } = organisation
  const refusals: Record<EraseRefusal, string> = {
    denied: t('refusals.denied'),
    notFound: t('refusals.notFound'),
    stale: t('refusals.stale'),
    signedOut: t('refusals.signedOut'),
  }
  return (
    <DeskFrame locale={locale} path={path} title={t('title', { name })} actor={signedIn.actor}>
      <p className="notice">{t('final')}</p>
      <h2>{t('goes')}</h2>
      <ul className="told">
        <li>{t('goesProfile')}</li>
        <li>{t('goesHistory')}</li>
        <li>{t('goesBeside')}</li>
      </ul>
      <h2>{t('stays')}</h2>
      <ul className="told">
        <li>{t('staysRecord')}</li>
        <li>{t('staysAccounts')}</li>
        <li>{t('staysBackups')}</li>
      </ul>
      <p>
        <a href={localePath(locale, `${base}/data.json`)} download>
          {t('takeAlong')}
        </a>
      </p>
      <EraseForm
        action={erase.bind(null, locale)}
        fixed={{ id, version }}
        words={{
          summary: t('summary'),
          name: t('name'),
          nameHint: t('nameHint', { name }),
          otherName: t('otherName'),
          submit: t('submit'),
          refusals,
          again: await againWords(),
        }}
      />
      <p>
        <a href={localePath(locale, base)}>{t('back')}</a>
      </p>
    </DeskFrame>
  )
}
