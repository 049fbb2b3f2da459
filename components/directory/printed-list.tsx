import { getTranslations } from 'next-intl/server'
import { languageName } from '@/lib/i18n/language-name'
import { localePath } from '@/lib/i18n/navigation'
import type { Locale } from '@/lib/i18n/routing'
import { isCountry } from '@/lib/geo/countries'
import { pickAnswer } from '@/lib/organisations/answer-language'
import type { PublicProfile } from '@/lib/organisations/public'
import { CONTACT_KINDS, QUESTIONS } from '@/lib/organisations/schema'
import { excerpt } from '@/lib/search/excerpt'

type PrintedListProps = {
  locale: Locale
  profiles: readonly PublicProfile[]
  /** Of the site: paper needs whole addresses. */
  origin: string
}

/** Organisations as in a printed directory: name, place, own words, published contact details, address. */
export async function PrintedList({ locale, profiles, origin }: PrintedListProps) {
  const t = await getTranslations()
  return (
    <ul className="printed">
      {profiles.map((profile) => {
        const { slug, name, country, region, contact } = profile
        const place = [
          country !== null && isCountry(country) ? t(`Countries.${country}`) : null,
          region === null ? null : t(`Regions.${region}`),
        ].filter((part) => part !== null)
        const path = localePath(locale, `/organisations/${slug}`)
        const published = CONTACT_KINDS.flatMap((kind) => contact[kind] ?? [])
        return (
          <li key={slug}>
            <h2 dir="auto">{name}</h2>
            {place.length === 0 ? null : <p className="place">{place.join(' · ')}</p>}
            <PrintedAnswers locale={locale} profile={profile} />
            <p className="reach">
              {published.map((value) => (
                <span key={value} dir="ltr">
                  {value}
                </span>
              ))}
              <a href={path}>{`${origin}${path}`.replace(/^https?:\/\//, '')}</a>
            </p>
          </li>
        )
      })}
    </ul>
  )
}

function PrintedAnswers({ locale, profile }: { locale: Locale; profile: PublicProfile }) {
  for (const question of QUESTIONS) {
    const read = pickAnswer(profile.answers[question], locale)
    if (read === null) continue
    const { language, text } = read.answer
    return (
      <p className="words">
        <span lang={language === 'und' ? '' : language} dir="auto">
          {excerpt(text).text}
        </span>{' '}
        {read.fallback ? <small>{languageName(locale, language)}</small> : null}
      </p>
    )
  }
  return null
}
