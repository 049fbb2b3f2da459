import { stem, STEMMED, stems } from './stem'
import { isStopWord } from './stop-words'
import { followingUsual, words, wordsBeginningWith, type Following, type Word } from './tokenize'

// A mark is one word or phrase of a search, written as a string so that whoever carries it need not
// know what is in it: alternatives joined by |, each a sequence of elements joined by spaces. An
// element is a beginning (`poli`), a whole word (`=police`) or a stem (`~polic`).

type Kind = 'beginning' | 'word' | 'stem'
type Element = { kind: Kind; token: string }
type Alternative = { mark: number; elements: Element[] }
/** A mark in a text: UTF-16 offsets, end excluded. */
type Found = { mark: number; start: number; end: number }

/** For most words of a text; one list, because making so many costs more than looking. */
const NONE: readonly never[] = []

const SIGNS: Readonly<Record<Kind, string>> = { beginning: '', word: '=', stem: '~' }

/** Writes a mark from the alternatives that may stand for it. */
export function writeMark(alternatives: readonly (readonly Element[])[]): string {
  const written = alternatives
    .filter((elements) => elements.length > 0)
    .map((elements) => elements.map(({ kind, token }) => SIGNS[kind] + token).join(' '))
  return [...new Set(written)].join('|')
}

/** Marks, read once for any number of texts. */
export class Marks {
  readonly #showBeginnings: ReturnType<typeof wordsBeginningWith>
  readonly #words = new Map<string, Alternative[]>()
  readonly #stems = new Map<string, Alternative[]>()
  /** How words begin at which anything may: most words of a text are left at once. */
  readonly #begin = new Set<string>()
  readonly #beginnings: Alternative[] = []

  constructor(marks: readonly string[]) {
    const beginnings = new Set<string>()
    marks.forEach((written, mark) => {
      for (const sequence of written.split('|')) {
        const elements = sequence.split(' ').map(readElement)
        const [first] = elements
        if (first === undefined || first.token === '') continue
        this.#plant(first, { mark, elements })
        // Both forms in one (travailleur·euse·s) change the middle of a word.
        beginnings.add(first.kind === 'stem' ? wordBeginning(first.token) : first.token.slice(0, 4))
      }
    })
    this.#showBeginnings = wordsBeginningWith([...beginnings])
  }

  /** Where the marks are found in a text, in the order of their beginnings; words inside a phrase too. */
  in(text: string): Found[] {
    const found: Found[] = []
    const look = (word: Word, following: () => Following) => {
      for (const { mark, elements } of this.#beginningAt(word)) {
        const last = elements.length === 1 ? word : lastOf(elements, following())
        if (last) found.push({ mark, start: word.start, end: last.end })
      }
    }
    const isUsual = this.#showBeginnings(text, (word) =>
      look(word, () => followingUsual(text, word)),
    )
    if (!isUsual) {
      const all = words(text)
      all.forEach((word, place) => look(word, () => (steps) => all[place + steps]))
    }
    return found
  }

  #beginningAt({ tokens }: Word): readonly Alternative[] {
    const [first] = tokens
    return tokens.length === 1 && first !== undefined
      ? this.#startingWith(first)
      : tokens.flatMap((token) => this.#startingWith(token))
  }

  #plant(first: Element, alternative: Alternative): void {
    this.#begin.add(wordBeginning(first.token))
    if (first.kind === 'beginning') {
      this.#beginnings.push(alternative)
      return
    }
    const table = first.kind === 'word' ? this.#words : this.#stems
    table.set(first.token, [...(table.get(first.token) ?? []), alternative])
  }

  #startingWith(token: string): readonly Alternative[] {
    if (!this.#begin.has(wordBeginning(token)) && !this.#begin.has(token.slice(0, 1))) return NONE
    const found: Alternative[] = []
    for (const alternative of this.#beginnings) {
      if (token.startsWith(alternative.elements[0]?.token ?? '')) found.push(alternative)
    }
    const asWord = this.#words.get(token)
    if (asWord) found.push(...asWord)
    // Stemming every word of a text costs most of all.
    if (this.#stems.size > 0) {
      for (const one of stems(token)) found.push(...(this.#stems.get(one) ?? []))
    }
    return found
  }
}

/** Stemming leaves the first two letters of a word, not always the third (payer, paie; sky, skies). */
function wordBeginning(token: string): string {
  return token.slice(0, 2)
}

function readElement(written: string): Element {
  if (written.startsWith('=')) return { kind: 'word', token: written.slice(1) }
  if (written.startsWith('~')) return { kind: 'stem', token: written.slice(1) }
  return { kind: 'beginning', token: written }
}

/** So many are skipped in a row: a text of nothing else would be gone through from each of them. */
const SMALL_WORDS = 5

/** The last word of a sequence that begins with a word; small words in between are skipped. */
function lastOf(elements: Element[], following: Following): Word | null {
  let steps = 0
  for (const element of elements.slice(1)) {
    const most = ++steps + SMALL_WORDS
    while (!holds(following(steps), element)) {
      if (steps === most || !following(steps)?.tokens.every(isStopWord)) return null
      steps++
    }
  }
  return following(steps) ?? null
}

function holds(word: Word | undefined, { kind, token }: Element): boolean {
  return (
    word?.tokens.some((own) => {
      if (kind === 'beginning') return own.startsWith(token)
      if (kind === 'word') return own === token
      return STEMMED.some((language) => stem(own, language) === token)
    }) ?? false
  )
}
