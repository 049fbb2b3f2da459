import { routing, type Locale } from './routing'

/**
 * Writes the address of a page in a language of the interface.
 *
 * @param path from the language on, starting with a slash, with its query if any; `/` is the home page
 * @returns path and query, without an origin
 */
export function localePath(locale: Locale, path: string): string {
  return path === '/' ? `/${locale}` : `/${locale}${path}`
}

/** The languages of the interface that are not the given one. */
export function otherLocales(locale: Locale): Locale[] {
  return routing.locales.filter((other) => other !== locale)
}

/** The language that a form says it was written in, which anybody can change; the default where it is none of ours. */
export function knownLocale(given: string): Locale {
  return routing.locales.find((locale) => locale === given) ?? routing.defaultLocale
}
