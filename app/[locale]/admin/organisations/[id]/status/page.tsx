import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { getLocale, getTranslations } from 'next-intl/server'
import { Confirmation } from '@/components/admin/saved-notice'
import { DeskFrame } from '@/components/admin/admin-frame'
import { HeldData } from '@/components/admin/stored-data'
import { ProfileTabs } from '@/components/admin/profile-tabs'
import { StatusForm } from '@/components/admin/status-form'
import { WorldSees } from '@/components/admin/public-preview'
import { may } from '@/lib/permissions/permissions'
import { readForDesk } from '@/lib/admin/queries'
import { requirePerson } from '../../../require-user'
import { changeStatus } from './actions'

type StatusProps = {
  params: Promise<{ id: string }>
  searchParams: Promise<Record<string, string | string[] | undefined>>
}

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('Desk')
  return { title: `${t('status.title')} – ${t('frame.name')}` }
}

export default async function StatusPage({ params, searchParams }: StatusProps) {
  const [{ id }, query, locale] = await Promise.all([params, searchParams, getLocale()])
  const t = await getTranslations('Desk')
  const path = `/admin/organisations/${id}/status`
  const { actor } = await requirePerson(path)
  const profile = await readForDesk(actor, id)
  if (!profile) notFound()
  const subject = { ...profile, state: profile.status }
  const done = (['hide', 'withdraw', 'list', 'confirm'] as const).find(
    (one) => one === query['done'],
  )
  const refused = (['denied', 'stale'] as const).find((one) => one === query['refused'])
  const acts = (['hide', 'list', 'withdraw'] as const).filter(
    (act) =>
      may(actor, act, subject) &&
      !(act === 'hide' && profile.status === 'hidden') &&
      !(act === 'withdraw' && profile.status === 'withdrawn'),
  )
  const form = { locale, id, version: profile.version, change: changeStatus }
  return (
    <DeskFrame locale={locale} path={path} title={profile.name} actor={actor}>
      <ProfileTabs locale={locale} profile={profile} current="status" />
      {done === undefined ? null : (
        <p className="done" role="status">
          {t(`status.done.${done}`)}
        </p>
      )}
      {refused === undefined && query['refused'] === undefined ? null : (
        <p className="notice" role="alert">
          {t(`status.refused.${refused ?? 'other'}`)}
        </p>
      )}
      <section>
        <h2>{t(`status.now.${profile.status}`)}</h2>
        <p>{t(`status.meaning.${profile.status}`)}</p>
        <StatusForm {...form} acts={acts} />
        {acts.length === 0 ? <p className="hint">{t('status.nothingToDo')}</p> : null}
      </section>
      <Confirmation
        locale={locale}
        profile={profile}
        mayConfirm={may(actor, 'confirm', subject)}
        change={changeStatus}
      />
      <WorldSees locale={locale} profile={profile} isListed={profile.status === 'listed'} />
      <HeldData
        locale={locale}
        id={id}
        mayDownload={may(actor, 'download', subject)}
        mayErase={may(actor, 'erase', subject)}
      />
    </DeskFrame>
  )
}
