import { createTranslator, type NamespaceKeys, type NestedKeyOf } from 'next-intl'
import { catalogs, type Messages } from './catalogs'
import type { Locale } from './routing'

/**
 * The sentences of one namespace, for what speaks to people outside a request: commands.
 *
 * @param locale a language of the interface
 * @param namespace top-level key of the catalogs
 * @returns a function from key and ICU arguments to the sentence
 */
export function translator<Namespace extends NamespaceKeys<Messages, NestedKeyOf<Messages>>>(
  locale: Locale,
  namespace: Namespace,
) {
  return createTranslator<Messages, Namespace>({ locale, messages: catalogs[locale], namespace })
}
