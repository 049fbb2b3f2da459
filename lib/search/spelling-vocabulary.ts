import { lookupPrefix, type SynonymPrefix } from './synonym-groups'
import { stemTerm } from './index-terms'
import { detachedCopy, stem, type StemmedLanguage } from './stem'
import { foldLatin, termsIn, latin1Words } from './tokenize'

/** What is known of a word, whatever stands around it. */
export type VocabularyWord = Partial<Record<StemmedLanguage, WordAnalysis>> & { token: string }

type WordAnalysis = {
  /** One for all words of a stem; `met` holds the number of the meeting, for whoever wants it once. */
  stem: { term: string; met: number }
  /** Entries of the table of synonyms that begin with it; most words begin none. */
  begins: readonly SynonymPrefix[]
}

/** As many words as a large directory has; then remembering begins anew. */
const MAX_CACHED_WORDS = 100_000
// As they are written: to fold a word takes longer than to find it again.
const wordCache = new Map<string, VocabularyWord>()
const stemCache = new Map<string, WordAnalysis['stem']>()

/** The words of a text, in their order; remembered, because texts repeat their words. */
export function lookupWords(text: string): VocabularyWord[] {
  const usual = latin1Words(text)
  return usual
    ? usual.map((written) => wordCache.get(written) ?? cacheWord(written, foldLatin(written)))
    : termsIn(text).map((token) => wordCache.get(token) ?? cacheWord(token, token))
}

/** What is known of a word in a language. */
export function analysisIn(word: VocabularyWord, language: StemmedLanguage): WordAnalysis {
  return (word[language] ??= {
    stem: internStem(stemTerm(stem(word.token, language))),
    begins: lookupPrefix(word.token, language),
  })
}

let lookupCount = 0

/** A number that no stem has for the last time it was met; forgets all words where they are too many. */
export function newLookup(): number {
  if (wordCache.size >= MAX_CACHED_WORDS) {
    wordCache.clear()
    stemCache.clear()
  }
  lookupCount += 1
  return lookupCount
}

function cacheWord(written: string, token: string): VocabularyWord {
  const word = { token: detachedCopy(token) }
  wordCache.set(detachedCopy(written), word)
  return word
}

function internStem(term: string): WordAnalysis['stem'] {
  const known = stemCache.get(term)
  if (known !== undefined) return known
  const stem = { term, met: 0 }
  stemCache.set(term, stem)
  return stem
}
