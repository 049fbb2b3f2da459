import { stem, STEMMED_LANGUAGES, allStems } from './stem'
import { isStopWord } from './stop-words'
import {
  latin1Lookahead,
  tokenize,
  createPrefixScanner,
  type TokenLookahead,
  type Token,
} from './tokenize'

// A mark is one word or phrase of a search, written as a string so that whoever carries it need not
// know what is in it: alternatives joined by |, each a sequence of elements joined by spaces. An
// element is a beginning (`poli`), a whole word (`=police`) or a stem (`~polic`).

type ElementKind = 'beginning' | 'word' | 'stem'
type TermElement = { kind: ElementKind; token: string }
type Alternative = { mark: number; elements: TermElement[] }
/** A mark in a text: UTF-16 offsets, end excluded. */
type TermMatch = { mark: number; start: number; end: number }

/** For most words of a text; one list, because making so many costs more than looking. */
const NO_ALTERNATIVES: readonly never[] = []

const KIND_PREFIX: Readonly<Record<ElementKind, string>> = { beginning: '', word: '=', stem: '~' }

/** Writes a mark from the alternatives that may stand for it. */
export function encodeTerm(alternatives: readonly (readonly TermElement[])[]): string {
  const written = alternatives
    .filter((elements) => elements.length > 0)
    .map((elements) => elements.map(({ kind, token }) => KIND_PREFIX[kind] + token).join(' '))
  return [...new Set(written)].join('|')
}

/** Marks, read once for any number of texts. */
export class TermMatcher {
  readonly #showBeginnings: ReturnType<typeof createPrefixScanner>
  readonly #words = new Map<string, Alternative[]>()
  readonly #stems = new Map<string, Alternative[]>()
  /** How words begin at which anything may: most words of a text are left at once. */
  readonly #begin = new Set<string>()
  readonly #beginnings: Alternative[] = []

  constructor(marks: readonly string[]) {
    const beginnings = new Set<string>()
    marks.forEach((written, mark) => {
      for (const sequence of written.split('|')) {
        const elements = sequence.split(' ').map(parseElement)
        const [first] = elements
        if (first === undefined || first.token === '') continue
        this.#plant(first, { mark, elements })
        // Both forms in one (travailleur·euse·s) change the middle of a word.
        beginnings.add(first.kind === 'stem' ? wordPrefix(first.token) : first.token.slice(0, 4))
      }
    })
    this.#showBeginnings = createPrefixScanner([...beginnings])
  }

  /** Where the marks are found in a text, in the order of their beginnings; words inside a phrase too. */
  findIn(text: string): TermMatch[] {
    const found: TermMatch[] = []
    const look = (word: Token, following: () => TokenLookahead) => {
      for (const { mark, elements } of this.#beginningAt(word)) {
        const last = elements.length === 1 ? word : matchSequence(elements, following())
        if (last) found.push({ mark, start: word.start, end: last.end })
      }
    }
    const isUsual = this.#showBeginnings(text, (word) =>
      look(word, () => latin1Lookahead(text, word)),
    )
    if (!isUsual) {
      const all = tokenize(text)
      all.forEach((word, place) => look(word, () => (steps) => all[place + steps]))
    }
    return found
  }

  #beginningAt({ terms: tokens }: Token): readonly Alternative[] {
    const [first] = tokens
    return tokens.length === 1 && first !== undefined
      ? this.#startingWith(first)
      : tokens.flatMap((token) => this.#startingWith(token))
  }

  #plant(first: TermElement, alternative: Alternative): void {
    this.#begin.add(wordPrefix(first.token))
    if (first.kind === 'beginning') {
      this.#beginnings.push(alternative)
      return
    }
    const table = first.kind === 'word' ? this.#words : this.#stems
    table.set(first.token, [...(table.get(first.token) ?? []), alternative])
  }

  #startingWith(token: string): readonly Alternative[] {
    if (!this.#begin.has(wordPrefix(token)) && !this.#begin.has(token.slice(0, 1)))
      return NO_ALTERNATIVES
    const found: Alternative[] = []
    for (const alternative of this.#beginnings) {
      if (token.startsWith(alternative.elements[0]?.token ?? '')) found.push(alternative)
    }
    const asWord = this.#words.get(token)
    if (asWord) found.push(...asWord)
    // Stemming every word of a text costs most of all.
    if (this.#stems.size > 0) {
      for (const one of allStems(token)) found.push(...(this.#stems.get(one) ?? []))
    }
    return found
  }
}

/** Stemming leaves the first two letters of a word, not always the third (payer, paie; sky, skies). */
function wordPrefix(token: string): string {
  return token.slice(0, 2)
}

function parseElement(written: string): TermElement {
  if (written.startsWith('=')) return { kind: 'word', token: written.slice(1) }
  if (written.startsWith('~')) return { kind: 'stem', token: written.slice(1) }
  return { kind: 'beginning', token: written }
}

/** So many are skipped in a row: a text of nothing else would be gone through from each of them. */
const MAX_SKIPPED_STOP_WORDS = 5

/** The last word of a sequence that begins with a word; small words in between are skipped. */
function matchSequence(elements: TermElement[], following: TokenLookahead): Token | null {
  let steps = 0
  for (const element of elements.slice(1)) {
    const most = ++steps + MAX_SKIPPED_STOP_WORDS
    while (!matchesElement(following(steps), element)) {
      if (steps === most || !following(steps)?.terms.every(isStopWord)) return null
      steps++
    }
  }
  return following(steps) ?? null
}

function matchesElement(word: Token | undefined, { kind, token }: TermElement): boolean {
  return (
    word?.terms.some((own) => {
      if (kind === 'beginning') return own.startsWith(token)
      if (kind === 'word') return own === token
      return STEMMED_LANGUAGES.some((language) => stem(own, language) === token)
    }) ?? false
  )
}
