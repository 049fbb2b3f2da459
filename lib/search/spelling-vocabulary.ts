import { beginningWith, type Beginning } from './synonym-groups'
import { stemTerm } from './index-terms'
import { alone, stem, type Stemmed } from './stem'
import { foldCommon, tokens, usualWords } from './tokenize'

/** What is known of a word, whatever stands around it. */
export type KnownWord = Partial<Record<Stemmed, KnownInLanguage>> & { token: string }

type KnownInLanguage = {
  /** One for all words of a stem; `met` holds the number of the meeting, for whoever wants it once. */
  stem: { term: string; met: number }
  /** Entries of the table of synonyms that begin with it; most words begin none. */
  begins: readonly Beginning[]
}

/** As many words as a large directory has; then remembering begins anew. */
const REMEMBERED = 100_000
// As they are written: to fold a word takes longer than to find it again.
const words = new Map<string, KnownWord>()
const stems = new Map<string, KnownInLanguage['stem']>()

/** The words of a text, in their order; remembered, because texts repeat their words. */
export function knownWords(text: string): KnownWord[] {
  const usual = usualWords(text)
  return usual
    ? usual.map((written) => words.get(written) ?? learn(written, foldCommon(written)))
    : tokens(text).map((token) => words.get(token) ?? learn(token, token))
}

/** What is known of a word in a language. */
export function knownIn(word: KnownWord, language: Stemmed): KnownInLanguage {
  return (word[language] ??= {
    stem: stemOf(stemTerm(stem(word.token, language))),
    begins: beginningWith(word.token, language),
  })
}

let meetings = 0

/** A number that no stem has for the last time it was met; forgets all words where they are too many. */
export function newMeeting(): number {
  if (words.size >= REMEMBERED) {
    words.clear()
    stems.clear()
  }
  meetings += 1
  return meetings
}

function learn(written: string, token: string): KnownWord {
  const word = { token: alone(token) }
  words.set(alone(written), word)
  return word
}

function stemOf(term: string): KnownInLanguage['stem'] {
  const known = stems.get(term)
  if (known !== undefined) return known
  const stem = { term, met: 0 }
  stems.set(term, stem)
  return stem
}
