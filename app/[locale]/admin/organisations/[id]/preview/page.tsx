import type { Metadata } from 'next'
import { notFound, redirect } from 'next/navigation'
import { getLocale, getTranslations } from 'next-intl/server'
import { ProfileArticle } from '@/components/profile/profile-article'
import { ProfileUse } from '@/components/profile/profile-use'
import { PageFrame } from '@/components/site/page-frame'
import { env } from '@/lib/env'
import { localePath } from '@/lib/i18n/navigation'
import { routing } from '@/lib/i18n/routing'
import { loadPreview } from '@/lib/admin/open-profile'
import { siteIdentity } from '../../../../site-frame'
import { requireUser } from '../../../require-user'

type PreviewProps = {
  params: Promise<{ id: string }>
  searchParams: Promise<Record<string, string | string[] | undefined>>
}

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('Admin')
  return { title: `${t('preview.title')} – ${t('frame.name')}` }
}

/** A profile exactly as its public page shows it, or will. `?l=fr` or `?l=en` is the language. */
export default async function PreviewPage({ params, searchParams }: PreviewProps) {
  const [{ id }, query, locale] = await Promise.all([params, searchParams, getLocale()])
  const path = `/admin/organisations/${id}/preview`
  const asked = routing.locales.find((one) => one === query['l'])
  const view = query['view'] === 'both' ? '?view=both' : ''
  if (asked !== undefined && asked !== locale) redirect(localePath(asked, `${path}${view}`))
  const { actor } = await requireUser(`${path}${view}`)
  const profile = await loadPreview(actor, id)
  if (!profile) notFound()
  const t = await getTranslations('Admin.preview')
  const site = await siteIdentity()
  const address = `${env.PUBLIC_ORIGIN}${localePath(locale, `/organisations/${profile.slug}`)}`
  return (
    <PageFrame locale={locale} site={site} path={`${path}${view}`}>
      <aside className="preview-bar" aria-label={t('title')}>
        <p>{t('lead')}</p>
        <p>
          <a href={localePath(locale, `/admin/organisations/${id}`)}>{t('back')}</a>
        </p>
      </aside>
      <ProfileArticle locale={locale} profile={profile} both={view !== ''} path={path}>
        <ProfileUse
          locale={locale}
          profile={profile}
          site={site}
          address={address}
          email={env.CONTACT_EMAIL}
        />
      </ProfileArticle>
    </PageFrame>
  )
}
