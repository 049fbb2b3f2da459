import { getTranslations } from 'next-intl/server'
import type { SiteIdentity } from '@/components/site/page-frame'
import type { Locale } from '@/lib/i18n/routing'
import { isCountry } from '@/lib/geo/countries'
import { languagesOf } from '@/lib/organisations/answer-language'
import { splitParagraphs } from '@/lib/text/paragraphs'
import type { PublicProfile } from '@/lib/organisations/public'

/** Longest description, in UTF-16 units: what readers of such data show at most. */
const DESCRIPTION_LIMIT = 300

type JsonLdSource = {
  profile: PublicProfile
  locale: Locale
  /** Whole address of the page. */
  address: string
  site: SiteIdentity
}

/**
 * A profile as schema.org `Organization` (https://schema.org/Organization), made only from what the
 * page shows; the description is the beginning of the organisation’s own first answer, if there is
 * one in the language of the page.
 */
export async function organisationJsonLd({ profile, locale, address, site }: JsonLdSource) {
  const t = await getTranslations('Countries')
  const { name, aliases, country, contact } = profile
  const languages = languagesOf(profile.answers)
  const own = profile.answers.who.find(({ language }) => language === locale)
  const first = own === undefined ? undefined : splitParagraphs(own.text)[0]
  return {
    '@context': 'https://schema.org',
    '@type': 'Organization',
    name,
    mainEntityOfPage: address,
    ...(aliases.length > 0 && { alternateName: aliases }),
    ...(first?.kind === 'text' && { description: shorten(first.text) }),
    ...(country !== null &&
      isCountry(country) && { areaServed: { '@type': 'Country', name: t(country) } }),
    ...(languages.length > 0 && { knowsLanguage: languages }),
    ...(site.network !== null && {
      memberOf: { '@type': 'Organization', name: site.network },
    }),
    ...(contact.website !== undefined && { url: contact.website }),
    ...(contact.email !== undefined && { email: contact.email }),
    ...(contact.telephone !== undefined && { telephone: contact.telephone }),
  }
}

function shorten(text: string): string {
  if (text.length <= DESCRIPTION_LIMIT) return text
  const cut = text.lastIndexOf(' ', DESCRIPTION_LIMIT)
  return `${text.slice(0, cut > 0 ? cut : DESCRIPTION_LIMIT).toWellFormed()}…`
}
