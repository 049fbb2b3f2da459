import { getTranslations } from 'next-intl/server'
import type { ReactNode } from 'react'
import { languageName, languageNames } from '@/lib/i18n/language-name'
import { localePath } from '@/lib/i18n/navigation'
import type { Locale } from '@/lib/i18n/routing'
import type { Country } from '@/lib/geo/countries'
import type { Region } from '@/lib/geo/regions'

type Excerpt = {
  /** BCP 47; `und` where it is not certain. */
  language: string
  text: string
  /** Places of a search’s hits in the text: UTF-16 offsets, end excluded. */
  hits: [start: number, end: number][]
  /** The passage is not in the reader’s language. */
  fallback: boolean
}

type Entry = {
  slug: string
  name: string
  country: Country | null
  region: Region | null
  /** BCP 47. */
  languages: string[]
  excerpt: Excerpt | null
}

type OrganisationListProps = {
  locale: Locale
  organisations: Entry[]
  /** Level of the names below the heading that the list stands under. */
  heading: 'h2' | 'h3'
}

/** Organisations as lines of a printed directory: name, own words, place, languages. */
export async function OrganisationList({ locale, organisations, heading }: OrganisationListProps) {
  const t = await getTranslations()
  const Name = heading
  return (
    <ul className="entries">
      {organisations.map(({ slug, name, country, region, languages, excerpt }) => (
        <li key={slug}>
          <Name>
            <a href={localePath(locale, `/organisations/${slug}`)} dir="auto">
              {name}
            </a>
          </Name>
          {excerpt === null ? null : <ExcerptText locale={locale} excerpt={excerpt} />}
          <p className="place">
            {country === null ? null : <b>{t(`Countries.${country}`)}</b>}
            {region === null ? null : <span>{t(`Regions.${region}`)}</span>}
            {languages.length === 0 ? null : <span>{languageNames(locale, languages)}</span>}
          </p>
        </li>
      ))}
    </ul>
  )
}

async function ExcerptText({ locale, excerpt }: { locale: Locale; excerpt: Excerpt }) {
  const t = await getTranslations('Directory')
  const { language, text, hits, fallback } = excerpt
  const name = languageName(locale, language)
  return (
    <p className="words">
      <span lang={language === 'und' ? '' : language} dir="auto">
        {highlightMatches(text, hits)}
      </span>{' '}
      {language === 'und' ? (
        <small>{name}</small>
      ) : hits.length > 0 ? (
        <small>{t('foundIn', { language: name })}</small>
      ) : fallback ? (
        <small>{t('inLanguage', { language: name })}</small>
      ) : null}
    </p>
  )
}

function highlightMatches(text: string, hits: [start: number, end: number][]): ReactNode[] {
  const parts: ReactNode[] = []
  let done = 0
  for (const [start, end] of hits) {
    parts.push(text.slice(done, start), <mark key={start}>{text.slice(start, end)}</mark>)
    done = end
  }
  parts.push(text.slice(done))
  return parts
}
