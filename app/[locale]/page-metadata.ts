import type { Metadata } from 'next'
import { getLocale, getTranslations } from 'next-intl/server'
import { filtersToQuery, type Filters } from '@/lib/directory/filters'
import { env } from '@/lib/env'
import { localePath, type LocalizedPath } from '@/lib/i18n/navigation'
import { routing, type Locale } from '@/lib/i18n/routing'
import { siteIdentity } from './site-frame'

const OPEN_GRAPH_LOCALE = { en: 'en_GB', fr: 'fr_FR' } as const satisfies Record<Locale, string>

type PageDescription = {
  /** Address from the language on, with the part of its query that makes it a page of its own. */
  path: LocalizedPath
  /** Null on the home page, which bears the name of the site. */
  title: string | null
  description: string
  /** Languages of the interface in which this page has content, best first; all unless said. */
  languages?: readonly Locale[]
  /** False for pages that are one of very many views of the same. */
  index?: boolean
}

/**
 * Title, canonical address, language versions and Open Graph of a page. Only languages in which
 * there is content count as versions; `x-default` is the default language of the interface where it
 * is among them, else the first. A page without content in its own language names that version as
 * canonical, so that nothing shown as a fallback passes for a translation.
 */
export async function pageMetadata(page: PageDescription): Promise<Metadata> {
  const locale = await getLocale()
  const t = await getTranslations('Site')
  const site = await siteIdentity()
  const { path, description, languages = routing.locales, index = true } = page
  const title =
    page.title === null ? site.name : t('titleWithPage', { page: page.title, site: site.name })
  const address = (version: Locale) => `${env.PUBLIC_ORIGIN}${localePath(version, path)}`
  const fallback = languages.includes(routing.defaultLocale) ? routing.defaultLocale : languages[0]
  const canonicalLocale = languages.includes(locale) ? locale : (fallback ?? locale)
  return {
    title,
    description,
    ...(index ? {} : { robots: { index: false, follow: true } }),
    alternates: {
      canonical: address(canonicalLocale),
      ...(index && fallback
        ? {
            languages: {
              ...Object.fromEntries(languages.map((version) => [version, address(version)])),
              'x-default': address(fallback),
            },
          }
        : {}),
    },
    openGraph: {
      type: 'website',
      siteName: site.name,
      title: page.title ?? site.name,
      description,
      url: address(canonicalLocale),
      locale: OPEN_GRAPH_LOCALE[locale],
      alternateLocale: languages
        .filter((version) => version !== locale)
        .map((version) => OPEN_GRAPH_LOCALE[version]),
    },
  }
}

/** The feed of what a list shows, for the `alternates` of its page. */
export function feedLink(
  locale: Locale,
  filters: Filters,
): Pick<NonNullable<Metadata['alternates']>, 'types'> {
  const address = `${env.PUBLIC_ORIGIN}${localePath(locale, '/feed.xml')}`
  // A feed has an order of its own, which no address has to name.
  const query = filtersToQuery(filters, { sort: 'relevance' })
  return { types: { 'application/atom+xml': `${address}${query}` } }
}
