import type { Country } from '@/lib/geo/countries'
import { placeNamed, type NamedPlace } from '@/lib/geo/parse-country'
import type { Region } from '@/lib/geo/regions'
import { entriesOf, findConcepts, type EntryWord } from './synonym-groups'
import { conceptTerm, placeTerm, stemTerm } from './index-terms'
import { writeMark } from './highlight'
import { stem, STEMMED, stems, type Stemmed } from './stem'
import { isStopWord } from './stop-words'
import type { Concept } from './synonyms'
import { words, type Word } from './tokenize'

/** More words than anyone types; keeps hostile input cheap. */
const WORD_LIMIT = 24
/** UTF-16 units that are looked at. */
const LENGTH_LIMIT = 1000
/** Words in the longest name of a country. */
const LONGEST_PLACE = 9

/** One thing that is asked for: a word, a phrase, a name of the field or of a place. */
export type Unit = {
  /** Folded words as typed. */
  tokens: string[]
  kind: 'word' | 'phrase' | 'place' | 'concept'
  concepts: Concept[]
  place: NamedPlace | null
  /** Words one letter away that are looked for besides. */
  corrected: string[]
  /** Places of the single word in what was typed. */
  typed: { start: number; end: number }
}

export type Query = {
  /** All folded words that are asked for, small ones too: a name as it was typed. */
  name: string[]
  units: Unit[]
  /** Phrases and words that must not be there. */
  excluded: string[][]
}

type Typed = { word: Word; token: string; stop: boolean; capitals: boolean }

const QUOTED = /(-?)["“”„«»]([^"“”„«»]*)["“”„«»]/gu
const ELIDED = /^['’`´ʼ]/u
const ELISIONS: ReadonlySet<string> = new Set('c d j l m n qu s t'.split(' '))

/**
 * Reads what was typed: "quoted phrases", `-excluded` words, names of places, words and phrases of the
 * table of synonyms, and words. Small words (de, the) count only where nothing else is asked.
 */
export function readQuery(q: string): Query {
  const text = q.slice(0, LENGTH_LIMIT).toWellFormed()
  const units: Unit[] = []
  const excluded: string[][] = []
  const refused: { start: number; end: number }[] = []
  const loose = text.replaceAll(
    QUOTED,
    (whole: string, minus: string, inside: string, at: number) => {
      const phrase = words(inside)
        .flatMap((word) => word.tokens)
        .slice(0, WORD_LIMIT)
      if (phrase.length > 0) {
        if (minus !== '' && isFree(text, at)) {
          excluded.push(phrase)
          refused.push({ start: at, end: at + whole.length })
        } else units.push(unit('phrase', phrase, { start: at, end: at + whole.length }))
      }
      // A sign that belongs to no word, so that words before and after it stay apart.
      return '|'.repeat(whole.length)
    },
  )
  const runs: Typed[][] = [[]]
  let refusing: string[] | null = null
  let before: Word | null = null
  for (const word of words(loose).slice(0, WORD_LIMIT * 2)) {
    const gap: string = before === null ? ' ' : loose.slice(before.end, word.start)
    if (gap.includes('|') && runs.at(-1)?.length !== 0) runs.push([])
    const linked = refusing !== null && !/[\s|]/u.test(gap)
    if (loose[word.start - 1] === '-' && isFree(loose, word.start - 1)) {
      refusing = []
      excluded.push(refusing)
    } else if (!linked) refusing = null
    before = word
    if (refusing) {
      refusing.push(...word.tokens)
      refused.push(word)
    } else runs.at(-1)?.push(...word.tokens.map((token) => readTyped(loose, word, token)))
  }
  for (const run of runs) units.push(...unitsOf(run))
  const telling = units.filter((one) => one.kind !== 'word' || !isSmall(one, runs))
  return {
    name: words(text)
      .filter((word) => !refused.some(({ start, end }) => word.start >= start && word.end <= end))
      .flatMap((word) => word.tokens),
    units: distinct(telling.length > 0 ? telling : units).slice(0, WORD_LIMIT),
    excluded: excluded.filter((phrase) => phrase.length > 0),
  }
}

function readTyped(text: string, word: Word, token: string): Typed {
  const typed = text.slice(word.start, word.end)
  const elided = ELISIONS.has(token) && ELIDED.test(text.slice(word.end))
  const capitals =
    typed.length > 1 && typed === typed.toUpperCase() && typed !== typed.toLowerCase()
  return { word, token, stop: elided || isStopWord(token), capitals }
}

function isSmall(one: Unit, runs: Typed[][]): boolean {
  return runs.some((run) =>
    run.some(
      ({ word, stop }) => stop && word.start === one.typed.start && word.end === one.typed.end,
    ),
  )
}

/** A minus is one only where nothing stands before it: Congo-Kinshasa excludes nothing. */
function isFree(text: string, at: number): boolean {
  return at === 0 || /[\s|]/u.test(text[at - 1] ?? '')
}

function unitsOf(run: Typed[]): Unit[] {
  const tokens = run.map(({ token }) => token)
  const found = STEMMED.flatMap((language) => findConcepts(tokens, language))
  const units: Unit[] = []
  for (let start = 0; start < run.length;) {
    const place = placeAt(run, start)
    const concepts = found.filter((one) => one.start === start)
    const conceptEnd = Math.max(start + 1, ...concepts.map(({ end }) => end))
    const end = Math.max(conceptEnd, place?.end ?? 0, joinedEnd(run, start, place?.end))
    const own = tokens.slice(start, end)
    const typed = { start: run[start]?.word.start ?? 0, end: run[end - 1]?.word.end ?? 0 }
    if (place !== null && place.end === end) {
      units.push({ ...unit('place', own, typed), place: place.place })
    } else if (concepts.some((one) => one.end === end)) {
      const named = concepts.filter((one) => one.end === end).map(({ concept }) => concept)
      const kind = own.length === 1 ? 'word' : 'concept'
      units.push({ ...unit(kind, own, typed), concepts: [...new Set(named)] })
    } else {
      units.push(unit(own.length > 1 ? 'phrase' : 'word', own, typed))
    }
    start = end
  }
  return units
}

/** The end of a run of characters that are written without spaces: they are looked for as a phrase. */
function joinedEnd(run: Typed[], start: number, placeEnd: number | undefined): number {
  if (placeEnd !== undefined) return placeEnd
  let end = start + 1
  while (run[end]?.word.joined && placeAt(run, end) === null) end++
  return end
}

function placeAt(run: Typed[], start: number): { place: NamedPlace; end: number } | null {
  for (let end = Math.min(run.length, start + LONGEST_PLACE); end > start; end--) {
    const own = run.slice(start, end)
    // « us » says nothing, US does.
    if (own.every(({ stop, capitals }) => stop && !capitals)) continue
    if (own.length > 1 && own.at(-1)?.stop) continue
    const place = placeNamed(own.map(({ token }) => token))
    if (place !== null) return { place, end }
  }
  return null
}

function unit(kind: Unit['kind'], tokens: string[], typed: Unit['typed']): Unit {
  return { tokens, kind, concepts: [], place: null, corrected: [], typed }
}

function distinct(units: Unit[]): Unit[] {
  const seen = new Set<string>()
  return units.filter(({ kind, tokens }) => {
    const key = `${kind} ${tokens.join(' ')}`
    return !seen.has(key) && seen.add(key)
  })
}

/** What finds a unit, in the language of the full-text index; only terms in quotation marks. */
export function expressionOf({ tokens, kind, concepts, place, corrected }: Unit): string {
  const any = [
    ...concepts.map((concept) => quoted([conceptTerm(concept)])),
    ...corrected.flatMap(inflected),
  ]
  if (kind === 'place' && place !== null) {
    const code = 'country' in place ? place.country : place.region
    any.push(`{places} : ${quoted([placeTerm(code)])}`)
  }
  if (kind === 'phrase' || kind === 'place') any.push(quoted(tokens))
  else if (kind === 'word') any.push(...tokens.flatMap((token) => beginning(token, concepts)))
  else {
    const telling = tokens.filter((token) => !isStopWord(token))
    any.push(`(${telling.map((token) => `(${inflected(token).join(' OR ')})`).join(' AND ')})`)
  }
  return any.length === 1 ? (any[0] ?? '') : `(${any.join(' OR ')})`
}

/** What finds an excluded word or phrase: the word and its forms, no beginnings and no synonyms. */
export function excludedExpression(tokens: readonly string[]): string {
  const [only] = tokens
  return tokens.length === 1 && only !== undefined
    ? `(${inflected(only).join(' OR ')})`
    : quoted(tokens)
}

/** Single letters begin too much; a group has been found in the texts by the stem already. */
function beginning(token: string, concepts: readonly Concept[]): string[] {
  // Its beginnings and forms mean other things: traite is no traitement.
  if (
    concepts.some((concept) => isEntry(concept, ({ exact, token: own }) => exact && own === token))
  )
    return [quoted([token])]
  const asTyped = [...token].length === 1 ? quoted([token]) : `${quoted([token])} *`
  return concepts.some((concept) => isByStem(concept, token))
    ? [asTyped]
    : [asTyped, ...stemsOf(token)]
}

function isByStem(concept: Concept, token: string): boolean {
  return isEntry(
    concept,
    ({ exact, token: own }, language) => !exact && stem(own, language) === stem(token, language),
  )
}

/** Whether one of the group's entries of one word is of a kind. */
function isEntry(concept: Concept, test: (word: EntryWord, language: Stemmed) => boolean): boolean {
  return entriesOf(concept).some(
    ({ language, words: [only, ...more] }) =>
      only !== undefined && more.length === 0 && test(only, language),
  )
}

/** What finds the documents that mean a name of the field, not only hold its words somewhere. */
export function tightExpressionOf(unit: Unit): string {
  return unit.kind === 'concept'
    ? `(${unit.concepts.map((concept) => quoted([conceptTerm(concept)])).join(' OR ')})`
    : expressionOf(unit)
}

function inflected(token: string): string[] {
  return [quoted([token]), ...stemsOf(token)]
}

function stemsOf(token: string): string[] {
  return stems(token).map((one) => quoted([stemTerm(one)]))
}

/** Tokens hold letters, digits and marks only; what is quoted is never read as syntax. */
function quoted(tokens: readonly string[]): string {
  return `"${tokens.join(' ')}"`
}

/** What marks a unit in a text. */
export function markOf({ tokens, kind, concepts, corrected }: Unit): string {
  const asWords = tokens.map((token) => ({ kind: 'word' as const, token }))
  const own =
    kind !== 'word'
      ? [asWords]
      : tokens.flatMap((token) => [
          [{ kind: [...token].length === 1 ? ('word' as const) : ('beginning' as const), token }],
          ...stems(token).map((one) => [{ kind: 'stem' as const, token: one }]),
        ])
  return writeMark([
    ...own,
    ...corrected.map((token) => [{ kind: 'word' as const, token }]),
    ...concepts.flatMap((concept) =>
      entriesOf(concept).map((entry) =>
        entry.words.map(({ token, exact }) =>
          exact
            ? { kind: 'word' as const, token }
            : { kind: 'stem' as const, token: stem(token, entry.language) },
        ),
      ),
    ),
  ])
}

/** Countries and regions that a search names, in the order they were named. */
export function placesOf(units: readonly Unit[]): { countries: Country[]; regions: Region[] } {
  const named = units.flatMap(({ place }) => place ?? [])
  return {
    countries: [...new Set(named.flatMap((one) => ('country' in one ? one.country : [])))],
    regions: [...new Set(named.flatMap((one) => ('region' in one ? one.region : [])))],
  }
}
