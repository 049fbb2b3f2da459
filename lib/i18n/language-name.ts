import { catalogs } from './catalogs'
import type { Locale } from './routing'

/**
 * The name of a language in a language of the interface: from the catalog, which the network can edit,
 * else from CLDR.
 *
 * @param tag BCP 47; `und` gives the text for "not certain"
 * @returns the tag itself if its language is unknown
 */
export function languageName(locale: Locale, tag: string): string {
  const names: Record<string, string> = catalogs[locale].Languages
  if (Object.hasOwn(names, tag)) return names[tag] ?? tag
  try {
    return new Intl.DisplayNames(locale, { type: 'language' }).of(tag) ?? tag
  } catch {
    // `DisplayNames` throws for tags with extensions and for invalid tags.
    return tag
  }
}

/** The names of several languages, separated by commas: « français, anglais ». */
export function languageNames(locale: Locale, tags: readonly string[]): string {
  return tags.map((tag) => languageName(locale, tag)).join(', ')
}
