import { beginningWith, type Beginning } from './concepts'
import { stemTerm } from './index-terms'
import { stem, type Stemmed } from './stem'
import { foldUsual, tokens, usualWords } from './words'

/** What is known of a word, whatever stands around it. */
export type KnownWord = Partial<Record<Stemmed, KnownInLanguage>> & { token: string }

type KnownInLanguage = {
  /** One object for all words of a stem, so that whoever has met it can leave a sign. */
  stem: { term: string; met: number }
  /** Entries of the table of synonyms that begin with it; most words begin none. */
  begins: readonly Beginning[]
}

/** As many words as a large directory has; then remembering begins anew. */
const REMEMBERED = 200_000
// As they are written: to fold a word takes longer than to find it again.
const words = new Map<string, KnownWord>()
const stems = new Map<string, KnownInLanguage['stem']>()

/** The words of a text, in their order; remembered, because texts repeat their words. */
export function knownWords(text: string): KnownWord[] {
  const usual = usualWords(text)
  return usual
    ? usual.map((written) => words.get(written) ?? learn(written, foldUsual(written)))
    : tokens(text).map((token) => words.get(token) ?? learn(token, token))
}

/** What is known of a word in a language. */
export function knownIn(word: KnownWord, language: Stemmed): KnownInLanguage {
  return (word[language] ??= {
    stem: stemOf(stemTerm(stem(word.token, language))),
    begins: beginningWith(word.token, language),
  })
}

function learn(written: string, token: string): KnownWord {
  if (words.size >= REMEMBERED) {
    words.clear()
    stems.clear()
  }
  const word = { token }
  words.set(written, word)
  return word
}

function stemOf(term: string): KnownInLanguage['stem'] {
  const known = stems.get(term)
  if (known !== undefined) return known
  const stem = { term, met: 0 }
  stems.set(term, stem)
  return stem
}
