import { catalogs } from '@/lib/i18n/catalogs'
import { languageName } from '@/lib/i18n/language-name'
import type { Locale } from '@/lib/i18n/routing'

type LanguageOptionsProps = {
  locale: Locale
  /** A language that is offered even where the catalog does not know it. */
  first?: string
  /** Languages that are not offered. */
  except?: readonly string[]
}

/** The languages that the catalog names, by name; "not certain" comes last. */
export function LanguageOptions({ locale, first, except = [] }: LanguageOptionsProps) {
  const known = Object.keys(catalogs[locale].Languages)
  const inOrder = new Intl.Collator(locale)
  const named = [...new Set([...(first === undefined ? [] : [first]), ...known])]
    .filter((language) => !except.includes(language) && language !== 'und')
    .map((language) => ({ language, name: languageName(locale, language) }))
    .sort((a, b) => inOrder.compare(a.name, b.name))
  const uncertain = except.includes('und')
    ? []
    : [{ language: 'und', name: languageName(locale, 'und') }]
  return [...named, ...uncertain].map(({ language, name }) => (
    <option key={language} value={language}>
      {name}
    </option>
  ))
}
