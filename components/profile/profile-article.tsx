import { getTranslations } from 'next-intl/server'
import type { ReactNode } from 'react'
import { localePath } from '@/lib/i18n/navigation'
import type { Locale } from '@/lib/i18n/routing'
import type { PublicProfile } from '@/lib/organisations/public'
import { QUESTIONS, type Question } from '@/lib/organisations/schema'
import { AnswerSection } from './answer-section'
import { AreaList } from './area-list'
import { ParallelSection } from './parallel-section'
import { ProfileFacts } from './profile-facts'

type ProfileArticleProps = {
  locale: Locale
  profile: PublicProfile
  /** Languages side by side. */
  both: boolean
  /** Address of the page from the language on, without its query. */
  path: string
  /** What stands at the foot. */
  children: ReactNode
}

/** A profile as the public reads it: name, facts, questions and answers. */
export async function ProfileArticle({
  locale,
  profile,
  both,
  path,
  children,
}: ProfileArticleProps) {
  const t = await getTranslations('Profile')
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
      <AreaList locale={locale} areas={profile.priorityAreas} />
      {answer('challenges')}
      {answer('otherWork')}
      {children}
    </article>
  )
}

/** Names in capitals are set a little smaller and wider, so that they read as well as others. */
function isInCapitals(name: string): boolean {
  return name === name.toUpperCase() && name !== name.toLowerCase()
}
