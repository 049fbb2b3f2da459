import { stem, STEMMED, stems } from './stem'
import { isStopWord } from './stop-words'
import type { Word } from './words'

// A mark is one word or phrase of a search, written as a string so that whoever carries it need not
// know what is in it: alternatives joined by |, each a sequence of elements joined by spaces. An
// element is a beginning (`poli`), a whole word (`=police`) or a stem (`~polic`).

type Kind = 'beginning' | 'word' | 'stem'
type Element = { kind: Kind; token: string }
type Alternative = { mark: number; elements: Element[] }

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
  /** For each mark beginnings of tokens, one of which a text must hold for the mark to be found in it. */
  readonly needed: readonly (readonly string[])[]
  readonly #words = new Map<string, Alternative[]>()
  readonly #stems = new Map<string, Alternative[]>()
  /** How words begin at which anything may: most words of a text are left at once. */
  readonly #begin = new Set<string>()
  readonly #beginnings: Alternative[] = []

  constructor(marks: readonly string[]) {
    this.needed = marks.map((written, mark) => {
      const needed = new Set<string>()
      for (const sequence of written.split('|')) {
        const elements = sequence.split(' ').map(readElement)
        const [first] = elements
        if (first === undefined || first.token === '') continue
        this.#plant(first, { mark, elements })
        // Inflection changes the end of a word, and both forms in one (travailleur·euse·s) its middle.
        needed.add(first.token.slice(0, first.kind === 'stem' ? 3 : 4))
      }
      return [...needed]
    })
  }

  /** The marks that match at a word: which, and the place of the last word of it. */
  at(words: readonly Word[], place: number): readonly { mark: number; last: number }[] {
    let found: { mark: number; last: number }[] | null = null
    for (const token of words[place]?.tokens ?? []) {
      for (const alternative of this.#startingWith(token)) {
        const last = lastOf(alternative.elements, words, place)
        if (last !== null) (found ??= []).push({ mark: alternative.mark, last })
      }
    }
    return found ?? NONE
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
    const found = this.#beginnings.filter(({ elements }) =>
      token.startsWith(elements[0]?.token ?? ''),
    )
    found.push(...(this.#words.get(token) ?? []))
    // Stemming every word of a text costs most of all.
    if (this.#stems.size > 0) {
      for (const one of stems(token)) found.push(...(this.#stems.get(one) ?? []))
    }
    return found
  }
}

/** Stemming leaves the first two letters of every word that has more than two. */
function wordBeginning(token: string): string {
  return token.slice(0, 2)
}

function readElement(written: string): Element {
  if (written.startsWith('=')) return { kind: 'word', token: written.slice(1) }
  if (written.startsWith('~')) return { kind: 'stem', token: written.slice(1) }
  return { kind: 'beginning', token: written }
}

/** The place of the last word of a sequence that begins at a place; small words in between are skipped. */
function lastOf(elements: Element[], words: readonly Word[], place: number): number | null {
  let at = place
  for (const element of elements.slice(1)) {
    at++
    while (!holds(words[at], element)) {
      if (!words[at]?.tokens.every(isStopWord)) return null
      at++
    }
  }
  return at
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
