import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { getLocale, getTranslations } from 'next-intl/server'
import { Disclosure } from '@/components/admin/disclosure'
import { ConfirmProfile } from '@/components/admin/confirm-profile'
import { AdminFrame } from '@/components/admin/admin-frame'
import { StoredData } from '@/components/admin/stored-data'
import { ProfileTabs } from '@/components/admin/profile-tabs'
import { StatusForm } from '@/components/admin/status-form'
import { PublicVisibility } from '@/components/admin/public-visibility'
import { can } from '@/lib/permissions/permissions'
import { localePath } from '@/lib/i18n/navigation'
import { loadUndisclosed } from '@/lib/organisations/disclosure'
import { loadVisibleProfile } from '@/lib/admin/open-profile'
import { requireUser } from '../../../require-user'
import { changeStatus } from './actions'

type StatusProps = {
  params: Promise<{ id: string }>
  searchParams: Promise<Record<string, string | string[] | undefined>>
}

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('Admin')
  return { title: `${t('status.title')} – ${t('frame.name')}` }
}

export default async function StatusPage({ params, searchParams }: StatusProps) {
  const [{ id }, query, locale] = await Promise.all([params, searchParams, getLocale()])
  const t = await getTranslations('Admin')
  const path = `/admin/organisations/${id}/status`
  const { actor } = await requireUser(path)
  const profile = await loadVisibleProfile(actor, id)
  if (!profile) notFound()
  const subject = { ...profile, state: profile.status }
  const done = (['hide', 'withdraw', 'list', 'confirm'] as const).find(
    (one) => one === query['done'],
  )
  const refused = (['denied', 'stale'] as const).find((one) => one === query['refused'])
  const acts = (['hide', 'list', 'withdraw'] as const).filter(
    (act) =>
      can(actor, act, subject) &&
      !(act === 'hide' && profile.status === 'hidden') &&
      !(act === 'withdraw' && profile.status === 'withdrawn'),
  )
  const passages =
    query['refused'] === 'wouldDisclose' && acts.includes('list')
      ? await loadUndisclosed(id, profile.answers)
      : []
  const form = { locale, id, version: profile.version, change: changeStatus }
  return (
    <AdminFrame locale={locale} path={path} title={profile.name} actor={actor}>
      <ProfileTabs locale={locale} profile={profile} current="status" />
      {done === undefined ? null : (
        <p className="done" role="status">
          {t(`status.done.${done}`)}
        </p>
      )}
      {passages.length === 0 ? null : (
        <form action={changeStatus}>
          <input type="hidden" name="id" value={id} />
          <input type="hidden" name="version" value={profile.version} />
          <input type="hidden" name="locale" value={locale} />
          <Disclosure
            {...{ locale, passages }}
            formUrl={localePath(locale, `/admin/organisations/${id}`)}
            intent="list"
            backUrl={localePath(locale, path)}
          />
        </form>
      )}
      {query['refused'] === undefined || passages.length > 0 ? null : (
        <p className="notice" role="alert">
          {t(`status.refused.${refused ?? 'other'}`)}
        </p>
      )}
      <section>
        <h2>{t(`status.now.${profile.status}`)}</h2>
        <p>{t(`status.meaning.${profile.status}`)}</p>
        {profile.held ? <p className="notice">{t('status.held')}</p> : null}
        <StatusForm {...form} acts={acts} />
        {acts.length === 0 ? <p className="hint">{t('status.nothingToDo')}</p> : null}
      </section>
      <ConfirmProfile
        locale={locale}
        profile={profile}
        mayConfirm={can(actor, 'confirm', subject)}
        change={changeStatus}
      />
      <PublicVisibility locale={locale} profile={profile} isListed={profile.status === 'listed'} />
      <StoredData
        locale={locale}
        id={id}
        mayDownload={can(actor, 'download', subject)}
        mayErase={can(actor, 'erase', subject)}
      />
    </AdminFrame>
  )
}
