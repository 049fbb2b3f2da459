import type { Country } from '@/lib/geo/countries'
import { findNamedPlace, type NamedPlace } from '@/lib/geo/parse-country'
import type { Region } from '@/lib/geo/regions'
import { synonymEntries, findSynonyms, type SynonymWord } from './synonym-groups'
import { synonymTerm, placeTerm, stemTerm } from './index-terms'
import { encodeTerm } from './highlight'
import { stem, STEMMED_LANGUAGES, allStems, type StemmedLanguage } from './stem'
import { isStopWord } from './stop-words'
import type { SynonymGroup } from './synonyms'
import { tokenize, type Token } from './tokenize'

/** More words than anyone types; keeps hostile input cheap. */
const MAX_WORDS = 24
/** UTF-16 units that are looked at. */
const MAX_QUERY_LENGTH = 1000
/** Words in the longest name of a country. */
const MAX_PLACE_WORDS = 9

/** One thing that is asked for: a word, a phrase, a name of the field or of a place. */
export type QueryClause = {
  /** Folded words as typed. */
  tokens: string[]
  kind: 'word' | 'phrase' | 'place' | 'concept'
  concepts: SynonymGroup[]
  place: NamedPlace | null
  /** Words one letter away that are looked for besides. */
  corrected: string[]
  /** Places of the single word in what was typed. */
  typed: { start: number; end: number }
}

export type Query = {
  /** All folded words that are asked for, small ones too: a name as it was typed. */
  name: string[]
  clauses: QueryClause[]
  /** Phrases and words that must not be there. */
  excluded: string[][]
}

type TypedWord = { word: Token; token: string; stop: boolean; capitals: boolean }

const QUOTED = /(-?)["“”„«»]([^"“”„«»]*)["“”„«»]/gu
const ELIDED = /^['’`´ʼ]/u
const ELISIONS: ReadonlySet<string> = new Set('c d j l m n qu s t'.split(' '))

/**
 * Reads what was typed: "quoted phrases", `-excluded` words, names of places, words and phrases of the
 * table of synonyms, and words. Small words (de, the) count only where nothing else is asked.
 */
export function parseQuery(q: string): Query {
  const text = q.slice(0, MAX_QUERY_LENGTH).toWellFormed()
  const units: QueryClause[] = []
  const excluded: string[][] = []
  const refused: { start: number; end: number }[] = []
  const loose = text.replaceAll(
    QUOTED,
    (whole: string, minus: string, inside: string, at: number) => {
      const phrase = tokenize(inside)
        .flatMap((word) => word.terms)
        .slice(0, MAX_WORDS)
      if (phrase.length > 0) {
        if (minus !== '' && isAtWordStart(text, at)) {
          excluded.push(phrase)
          refused.push({ start: at, end: at + whole.length })
        } else units.push(newClause('phrase', phrase, { start: at, end: at + whole.length }))
      }
      // A sign that belongs to no word, so that words before and after it stay apart.
      return '|'.repeat(whole.length)
    },
  )
  const runs: TypedWord[][] = [[]]
  let refusing: string[] | null = null
  let before: Token | null = null
  for (const word of tokenize(loose).slice(0, MAX_WORDS * 2)) {
    const gap: string = before === null ? ' ' : loose.slice(before.end, word.start)
    if (gap.includes('|') && runs.at(-1)?.length !== 0) runs.push([])
    const linked = refusing !== null && !/[\s|]/u.test(gap)
    if (loose[word.start - 1] === '-' && isAtWordStart(loose, word.start - 1)) {
      refusing = []
      excluded.push(refusing)
    } else if (!linked) refusing = null
    before = word
    if (refusing) {
      refusing.push(...word.terms)
      refused.push(word)
    } else runs.at(-1)?.push(...word.terms.map((token) => parseTypedWord(loose, word, token)))
  }
  for (const run of runs) units.push(...clausesOf(run))
  const telling = units.filter((one) => one.kind !== 'word' || !isStopWordClause(one, runs))
  return {
    name: tokenize(text)
      .filter((word) => !refused.some(({ start, end }) => word.start >= start && word.end <= end))
      .flatMap((word) => word.terms),
    clauses: distinct(telling.length > 0 ? telling : units).slice(0, MAX_WORDS),
    excluded: excluded.filter((phrase) => phrase.length > 0),
  }
}

function parseTypedWord(text: string, word: Token, token: string): TypedWord {
  const typed = text.slice(word.start, word.end)
  const elided = ELISIONS.has(token) && ELIDED.test(text.slice(word.end))
  const capitals =
    typed.length > 1 && typed === typed.toUpperCase() && typed !== typed.toLowerCase()
  return { word, token, stop: elided || isStopWord(token), capitals }
}

function isStopWordClause(one: QueryClause, runs: TypedWord[][]): boolean {
  return runs.some((run) =>
    run.some(
      ({ word, stop }) => stop && word.start === one.typed.start && word.end === one.typed.end,
    ),
  )
}

/** A minus is one only where nothing stands before it: Congo-Kinshasa excludes nothing. */
function isAtWordStart(text: string, at: number): boolean {
  return at === 0 || /[\s|]/u.test(text[at - 1] ?? '')
}

function clausesOf(run: TypedWord[]): QueryClause[] {
  const tokens = run.map(({ token }) => token)
  const found = STEMMED_LANGUAGES.flatMap((language) => findSynonyms(tokens, language))
  const units: QueryClause[] = []
  for (let start = 0; start < run.length;) {
    const place = matchPlaceAt(run, start)
    const concepts = found.filter((one) => one.start === start)
    const conceptEnd = Math.max(start + 1, ...concepts.map(({ end }) => end))
    const end = Math.max(conceptEnd, place?.end ?? 0, unspacedEnd(run, start, place?.end))
    const own = tokens.slice(start, end)
    const typed = { start: run[start]?.word.start ?? 0, end: run[end - 1]?.word.end ?? 0 }
    if (place !== null && place.end === end) {
      units.push({ ...newClause('place', own, typed), place: place.place })
    } else if (concepts.some((one) => one.end === end)) {
      const named = concepts.filter((one) => one.end === end).map(({ concept }) => concept)
      const kind = own.length === 1 ? 'word' : 'concept'
      units.push({ ...newClause(kind, own, typed), concepts: [...new Set(named)] })
    } else {
      units.push(newClause(own.length > 1 ? 'phrase' : 'word', own, typed))
    }
    start = end
  }
  return units
}

/** The end of a run of characters that are written without spaces: they are looked for as a phrase. */
function unspacedEnd(run: TypedWord[], start: number, placeEnd: number | undefined): number {
  if (placeEnd !== undefined) return placeEnd
  let end = start + 1
  while (run[end]?.word.joined && matchPlaceAt(run, end) === null) end++
  return end
}

function matchPlaceAt(run: TypedWord[], start: number): { place: NamedPlace; end: number } | null {
  for (let end = Math.min(run.length, start + MAX_PLACE_WORDS); end > start; end--) {
    const own = run.slice(start, end)
    // « us » says nothing, US does.
    if (own.every(({ stop, capitals }) => stop && !capitals)) continue
    if (own.length > 1 && own.at(-1)?.stop) continue
    const place = findNamedPlace(own.map(({ token }) => token))
    if (place !== null) return { place, end }
  }
  return null
}

function newClause(
  kind: QueryClause['kind'],
  tokens: string[],
  typed: QueryClause['typed'],
): QueryClause {
  return { tokens, kind, concepts: [], place: null, corrected: [], typed }
}

function distinct(units: QueryClause[]): QueryClause[] {
  const seen = new Set<string>()
  return units.filter(({ kind, tokens }) => {
    const key = `${kind} ${tokens.join(' ')}`
    return !seen.has(key) && seen.add(key)
  })
}

/** What finds a unit, in the language of the full-text index; only terms in quotation marks. */
export function matchExpression({ tokens, kind, concepts, place, corrected }: QueryClause): string {
  const any = [
    ...concepts.map((concept) => quotePhrase([synonymTerm(concept)])),
    ...corrected.flatMap(inflectedForms),
  ]
  if (kind === 'place' && place !== null) {
    const code = 'country' in place ? place.country : place.region
    any.push(`{places} : ${quotePhrase([placeTerm(code)])}`)
  }
  if (kind === 'phrase' || kind === 'place') any.push(quotePhrase(tokens))
  else if (kind === 'word') any.push(...tokens.flatMap((token) => prefixMatch(token, concepts)))
  else {
    const telling = tokens.filter((token) => !isStopWord(token))
    any.push(`(${telling.map((token) => `(${inflectedForms(token).join(' OR ')})`).join(' AND ')})`)
  }
  return any.length === 1 ? (any[0] ?? '') : `(${any.join(' OR ')})`
}

/** What finds an excluded word or phrase: the word and its forms, no beginnings and no synonyms. */
export function negatedMatch(tokens: readonly string[]): string {
  const [only] = tokens
  return tokens.length === 1 && only !== undefined
    ? `(${inflectedForms(only).join(' OR ')})`
    : quotePhrase(tokens)
}

/** Single letters begin too much; a group has been found in the texts by the stem already. */
function prefixMatch(token: string, concepts: readonly SynonymGroup[]): string[] {
  // Its beginnings and forms mean other things: traite is no traitement.
  if (
    concepts.some((concept) =>
      hasSingleWordEntry(concept, ({ exact, token: own }) => exact && own === token),
    )
  )
    return [quotePhrase([token])]
  const asTyped = [...token].length === 1 ? quotePhrase([token]) : `${quotePhrase([token])} *`
  return concepts.some((concept) => matchesEntryByStem(concept, token))
    ? [asTyped]
    : [asTyped, ...stemPhrases(token)]
}

function matchesEntryByStem(concept: SynonymGroup, token: string): boolean {
  return hasSingleWordEntry(
    concept,
    ({ exact, token: own }, language) => !exact && stem(own, language) === stem(token, language),
  )
}

/** Whether one of the group's entries of one word is of a kind. */
function hasSingleWordEntry(
  concept: SynonymGroup,
  test: (word: SynonymWord, language: StemmedLanguage) => boolean,
): boolean {
  return synonymEntries(concept).some(
    ({ language, words: [only, ...more] }) =>
      only !== undefined && more.length === 0 && test(only, language),
  )
}

/** What finds the documents that mean a name of the field, not only hold its words somewhere. */
export function phraseMatch(unit: QueryClause): string {
  return unit.kind === 'concept'
    ? `(${unit.concepts.map((concept) => quotePhrase([synonymTerm(concept)])).join(' OR ')})`
    : matchExpression(unit)
}

function inflectedForms(token: string): string[] {
  return [quotePhrase([token]), ...stemPhrases(token)]
}

function stemPhrases(token: string): string[] {
  return allStems(token).map((one) => quotePhrase([stemTerm(one)]))
}

/** Tokens hold letters, digits and marks only; what is quoted is never read as syntax. */
function quotePhrase(tokens: readonly string[]): string {
  return `"${tokens.join(' ')}"`
}

/** What marks a unit in a text. */
export function termOf({ tokens, kind, concepts, corrected }: QueryClause): string {
  const asWords = tokens.map((token) => ({ kind: 'word' as const, token }))
  const own =
    kind !== 'word'
      ? [asWords]
      : tokens.flatMap((token) => [
          [{ kind: [...token].length === 1 ? ('word' as const) : ('beginning' as const), token }],
          ...allStems(token).map((one) => [{ kind: 'stem' as const, token: one }]),
        ])
  return encodeTerm([
    ...own,
    ...corrected.map((token) => [{ kind: 'word' as const, token }]),
    ...concepts.flatMap((concept) =>
      synonymEntries(concept).map((entry) =>
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
export function namedPlaces(units: readonly QueryClause[]): {
  countries: Country[]
  regions: Region[]
} {
  const named = units.flatMap(({ place }) => place ?? [])
  return {
    countries: [...new Set(named.flatMap((one) => ('country' in one ? one.country : [])))],
    regions: [...new Set(named.flatMap((one) => ('region' in one ? one.region : [])))],
  }
}
