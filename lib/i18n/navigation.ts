import { routing, type Locale } from './routing'

/**
 * The address of a page from the language on, starting with a slash, with its query if any: one for
 * all languages, or each language's own. `/` is the home page.
 */
export type LocalizedPath = string | Readonly<Record<Locale, string>>

/**
 * Writes the address of a page in a language of the interface.
 *
 * @returns path and query, without an origin
 */
export function localePath(locale: Locale, path: LocalizedPath): string {
  const own = typeof path === 'string' ? path : path[locale]
  return own === '/' ? `/${locale}` : `/${locale}${own}`
}

/** The languages of the interface that are not the given one. */
export function otherLocales(locale: Locale): Locale[] {
  return routing.locales.filter((other) => other !== locale)
}

/** The language that a form says it was written in, which anybody can change; the default where it is none of ours. */
export function parseLocale(given: string): Locale {
  return routing.locales.find((locale) => locale === given) ?? routing.defaultLocale
}
