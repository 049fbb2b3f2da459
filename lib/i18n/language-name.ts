import { catalogs } from './catalogs'
import type { Locale } from './routing'

/**
 * Names a language in a language of the interface: from the catalog, which the network can edit,
 * else from CLDR through the runtime.
 *
 * @param tag BCP 47; `und` gives the words for "not certain"; a tag nobody knows comes back as it is
 */
export function languageName(locale: Locale, tag: string): string {
  const names: Record<string, string> = catalogs[locale].Languages
  if (Object.hasOwn(names, tag)) return names[tag] ?? tag
  try {
    return new Intl.DisplayNames(locale, { type: 'language' }).of(tag) ?? tag
  } catch {
    // It refuses tags with extensions, and what is no tag at all.
    return tag
  }
}

/** Names several languages as one list without "and": « français, anglais ». */
export function languageNames(locale: Locale, tags: readonly string[]): string {
  return tags.map((tag) => languageName(locale, tag)).join(', ')
}
