import { stemmer as englishStemmer } from '@orama/stemmers/english'
import { stemmer as frenchStemmer } from '@orama/stemmers/french'

/** Languages whose words are brought to their stem. */
export const STEMMED_LANGUAGES = ['fr', 'en'] as const
export type StemmedLanguage = (typeof STEMMED_LANGUAGES)[number]

// Feminine, masculine and both in one (travailleurSEs, travailleurEUSEs) of -eur and -teur: the
// stemmer takes the feminine apart and keeps the masculine, and they would not find each other.
const EUR = /^(\p{L}{3,}?)eu(?:r|re|rse|reuse|se|x)s?$/u
const TEUR = /^(\p{L}{2,})t(?:rice|eurice|eurrice|eurtrice)s?$/u

/** As many words as a large directory has; then remembering begins anew. */
const MAX_CACHED_STEMS = 100_000

const stemmers: Readonly<Record<StemmedLanguage, (token: string) => string>> = {
  fr: memoized(stemFrench),
  en: memoized(englishStemmer),
}

/** The stem of a folded token in a language. */
export function stem(token: string, language: StemmedLanguage): string {
  return stemmers[language](token)
}

/** The different stems of a folded token, in every language that has them. */
export function allStems(token: string): string[] {
  const [french, english] = [stemmers.fr(token), stemmers.en(token)]
  return french === english ? [french] : [french, english]
}

/** A word without the text it was cut out of, which the runtime keeps in memory as long as the word. */
export function detachedCopy(word: string): string {
  return Array.from(word).join('')
}

function stemFrench(token: string): string {
  const eur = EUR.exec(token)
  if (eur) return `${eur[1] ?? ''}eur`
  const teur = TEUR.exec(token)
  return teur ? `${teur[1] ?? ''}teur` : frenchStemmer(token)
}

function memoized(stemOf: (token: string) => string): (token: string) => string {
  const known = new Map<string, string>()
  return (token) => {
    const before = known.get(token)
    if (before !== undefined) return before
    if (known.size >= MAX_CACHED_STEMS) known.clear()
    // A stemmer that leaves nothing of a word leaves the word.
    const stemmed = stemOf(token) || token
    known.set(detachedCopy(token), stemmed)
    return stemmed
  }
}
