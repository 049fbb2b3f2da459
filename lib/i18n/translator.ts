import { createTranslator, type NamespaceKeys, type NestedKeyOf } from 'next-intl'
import { catalogs, type Messages } from './catalogs'
import type { Locale } from './routing'

/**
 * The texts of one namespace, for code outside a page: commands, mails, route handlers.
 *
 * @param locale a language of the interface
 * @param namespace top-level key of the catalogs
 * @returns a function from key and ICU arguments to the text
 */
export function translator<Namespace extends NamespaceKeys<Messages, NestedKeyOf<Messages>>>(
  locale: Locale,
  namespace: Namespace,
) {
  return createTranslator<Messages, Namespace>({ locale, messages: catalogs[locale], namespace })
}
