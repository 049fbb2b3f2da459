import { notFound, permanentRedirect } from 'next/navigation'
import { getLocale, getTranslations } from 'next-intl/server'
import { cache } from 'react'
import { AnswerSection } from '@/components/profile/answer-section'
import { AreaList } from '@/components/profile/area-list'
import { Citation } from '@/components/profile/citation'
import { ParallelSection } from '@/components/profile/parallel-section'
import { ProfileFacts } from '@/components/profile/profile-facts'
import { env } from '@/lib/env'
import { localePath } from '@/lib/i18n/navigation'
import { routing, type Locale } from '@/lib/i18n/routing'
import { isCountry } from '@/lib/places/countries'
import { languagesOf } from '@/lib/profile/answers'
import type { PublicProfile } from '@/lib/profile/public'
import { findPublicProfile } from '@/lib/profile/queries'
import { QUESTIONS, type Question } from '@/lib/profile/schema'
import { pageMetadata } from '../../page-metadata'
import { SiteFrame, siteIdentity } from '../../site-frame'
import { organisationJsonLd } from './json-ld'

type ProfilePageProps = {
  params: Promise<{ slug: string }>
  searchParams: Promise<Record<string, string | string[] | undefined>>
}

/** One read per request for metadata and page. */
const findOnce = cache(findPublicProfile)

async function readAddress({ params, searchParams }: ProfilePageProps) {
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
  const { profile, path } = await readAddress(props)
  return pageMetadata({
    path,
    title: profile.name,
    description: await describe(profile),
    languages: versionsOf(profile),
  })
}

export default async function ProfilePage(props: ProfilePageProps) {
  const { profile, locale, path, view } = await readAddress(props)
  const t = await getTranslations('Profile')
  const site = await siteIdentity()
  const both = view !== ''
  const address = `${env.PUBLIC_ORIGIN}${localePath(locale, path)}`
  const Section = both ? ParallelSection : AnswerSection
  const answer = (question: Question) => (
    <Section
      key={question}
      locale={locale}
      question={question}
      answers={profile.answers[question]}
    />
  )
  const hasSeveralLanguages = QUESTIONS.some((question) => profile.answers[question].length > 1)
  return (
    <SiteFrame path={`${path}${view}`}>
      <article className={both ? 'profile both' : 'profile'}>
        <h1 className={isInCapitals(profile.name) ? 'capitals' : undefined} dir="auto">
          {profile.name}
        </h1>
        <ProfileFacts locale={locale} profile={profile} />
        {hasSeveralLanguages ? (
          <p className="switch">
            <a href={localePath(locale, both ? path : `${path}?view=both`)}>
              {t(both ? 'single' : 'both')}
            </a>
          </p>
        ) : null}
        {answer('who')}
        {answer('involvement')}
        <AreaList areas={profile.priorityAreas} />
        {answer('challenges')}
        {answer('otherWork')}
        <footer className="use">
          <h2>{t('cite')}</h2>
          <Citation
            locale={locale}
            name={profile.name}
            site={site.name}
            network={site.network}
            updatedAt={profile.updatedAt}
            address={address}
          />
          <p className="hint">
            {t('print')}
            {env.CONTACT_EMAIL === null ? null : (
              <>
                {' '}
                <a
                  href={`mailto:${env.CONTACT_EMAIL}?subject=${encodeURIComponent(
                    t('reportSubject', { name: profile.name }),
                  )}`}
                >
                  {t('report')}
                </a>
              </>
            )}
          </p>
        </footer>
      </article>
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

/** Names in capitals are set a little smaller and wider, so that they read as well as others. */
function isInCapitals(name: string): boolean {
  return name === name.toUpperCase() && name !== name.toLowerCase()
}
