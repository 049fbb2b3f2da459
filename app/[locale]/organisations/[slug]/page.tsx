import { notFound, permanentRedirect } from 'next/navigation'
import { getLocale, getTranslations } from 'next-intl/server'
import { cache } from 'react'
import { ProfileArticle } from '@/components/profile/profile-article'
import { ProfileUse } from '@/components/profile/profile-use'
import { env } from '@/lib/env'
import { localePath } from '@/lib/i18n/navigation'
import { routing, type Locale } from '@/lib/i18n/routing'
import { isCountry } from '@/lib/geo/countries'
import { languagesOf } from '@/lib/organisations/answer-language'
import type { PublicProfile } from '@/lib/organisations/public'
import { findPublicProfile } from '@/lib/organisations/public-queries'
import { pageMetadata } from '../../page-metadata'
import { SiteFrame, siteIdentity } from '../../site-frame'
import { organisationJsonLd } from './json-ld'

type ProfilePageProps = {
  params: Promise<{ slug: string }>
  searchParams: Promise<Record<string, string | string[] | undefined>>
}

/** One read per request for metadata and page. */
const findOnce = cache(findPublicProfile)

async function parseRequest({ params, searchParams }: ProfilePageProps) {
  const [{ slug }, query, locale] = await Promise.all([params, searchParams, getLocale()])
  const view = query['view'] === 'both' ? '?view=both' : ''
  const found = await findOnce(slug)
  if (found === null) notFound()
  if (found.kind === 'moved')
    permanentRedirect(localePath(locale, `/organisations/${found.slug}${view}`))
  const path = `/organisations/${found.profile.slug}`
  return { profile: found.profile, locale, path, view }
}

export async function generateMetadata(props: ProfilePageProps) {
  const { profile, path } = await parseRequest(props)
  return pageMetadata({
    path,
    title: profile.name,
    description: await describe(profile),
    languages: versionsOf(profile),
  })
}

export default async function ProfilePage(props: ProfilePageProps) {
  const { profile, locale, path, view } = await parseRequest(props)
  const site = await siteIdentity()
  const both = view !== ''
  const address = `${env.PUBLIC_ORIGIN}${localePath(locale, path)}`
  return (
    <SiteFrame path={`${path}${view}`}>
      <ProfileArticle locale={locale} profile={profile} both={both} path={path}>
        <ProfileUse
          locale={locale}
          profile={profile}
          site={site}
          address={address}
          email={env.CONTACT_EMAIL}
        />
      </ProfileArticle>
      <script type="application/ld+json">
        {JSON.stringify(await organisationJsonLd({ profile, locale, address, site }))}
      </script>
    </SiteFrame>
  )
}

async function describe(profile: PublicProfile): Promise<string> {
  const t = await getTranslations()
  const { name, country } = profile
  return country !== null && isCountry(country)
    ? t('Profile.description', { name, country: t(`Countries.${country}`) })
    : t('Profile.descriptionNoCountry', { name })
}

/** Languages of the interface in which the organisation has said something, most of it first. */
function versionsOf(profile: PublicProfile): Locale[] {
  return languagesOf(profile.answers).flatMap(
    (language) => routing.locales.find((locale) => locale === language) ?? [],
  )
}
