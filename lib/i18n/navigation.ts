import { routing, type Locale } from './routing'

/**
 * The path of a page without the language, starting with a slash, with its query if any: the same for all
 * languages, or one for each. `/` is the home page.
 */
export type LocalizedPath = string | Readonly<Record<Locale, string>>

/**
 * The path of a page in a language of the interface: `/fr/organisations`.
 *
 * @returns path and query, without an origin
 */
export function localePath(locale: Locale, path: LocalizedPath): string {
  const own = typeof path === 'string' ? path : path[locale]
  return own === '/' ? `/${locale}` : `/${locale}${own}`
}

/** The languages of the interface except one. */
export function otherLocales(locale: Locale): Locale[] {
  return routing.locales.filter((other) => other !== locale)
}

/** The language of the interface with this code; null if there is none. */
export function findLocale(code: string): Locale | null {
  return routing.locales.find((locale) => locale === code) ?? null
}

/** The language of the interface that a form or row names; the default language if there is none such. */
export function parseLocale(code: string): Locale {
  return findLocale(code) ?? routing.defaultLocale
}
