import type { Transaction } from '@/lib/db/client'
import { sql } from '@/lib/db/sql'
import type { Country } from '@/lib/places/countries'
import { placeNamed, readNamesOfPlaces } from '@/lib/places/recognise'
import type { Region } from '@/lib/places/regions'
import { entriesOf } from './concepts'
import { SHORTEST_CORRECTED, spelling, wordsNear } from './corrections'
import { NAME_EDGE } from './index-terms'
import {
  excludedExpression,
  expressionOf,
  markOf,
  placesOf,
  readQuery,
  tightExpressionOf,
  type Query,
  type Unit,
} from './query'
import { words } from './words'

/** What a search finds, over all listed organisations; filters are applied to it afterwards. */
export type SearchAnswer = {
  /**
   * `all`: every word is in each of them. `some`: no organisation has every word, these have most.
   * `none`: nothing was found, or nothing was asked.
   */
  match: 'all' | 'some' | 'none'
  /** Ids of search documents (`SearchDocument.id`), the best first. */
  documents: Uint32Array
  /** Of each document, in the same order: greater is better, never below 0. */
  scores: Float64Array
  /** What marks a hit in a text, for `findHits`: one for each word or phrase of the search. */
  marks: string[]
  /** The whole search with words put right, to be offered as a link; null where nothing is to be put right. */
  didYouMean: string | null
  /** Words found beside those typed, because they differ from them by one letter. */
  corrected: { typed: string; found: string }[]
  /** Words and phrases of the field that were looked for besides. */
  alsoSearched: string[]
  /** Countries and regions named in the search, to be offered as filters. */
  places: { countries: Country[]; regions: Region[] }
  /** What was typed without the names of these places, for a link to the filter. */
  withoutPlaces: string
}

type Database = Pick<Transaction, '$queryRaw'>

/** So few documents hold a word that it may be a typing error. */
const LITTLE = 2
/** Only so many words of a search are put right. */
const CORRECTED_WORDS = 4
const CORRECTIONS_OF_A_WORD = 3
/** Of more documents than these the places of the words in the texts are not weighed. */
const WEIGHED = 3000
/** Names above names of places, these above answers. */
const NAME_IS_ASKED = 1000
const ALL_IN_NAME = 100
const MEANT = 50
const SYNONYMS_SHOWN = 4

/**
 * Searches the public text of all listed organisations, in every language at once. Nothing typed is
 * read as syntax of the database; a search without a single word finds nothing.
 *
 * @param q as `parseFilters` gives it; anything else is taken too
 */
export async function search(db: Database, q: string): Promise<SearchAnswer> {
  await readNamesOfPlaces()
  const query = readQuery(q)
  const { units } = query
  if (units.length === 0 && query.excluded.length === 0) return nothing()
  let found = await findAll(db, query)
  // What is found more often needs no putting right, and neither does any of its words.
  const didYouMean = found.length > LITTLE ? null : await putRight(db, q, units)
  if (units.some(({ corrected }) => corrected.length > 0)) found = await findAll(db, query)
  const some = found.length === 0 && units.length > 1 ? await findSome(db, query) : []
  const ranked = found.length > 0 ? found : some
  return {
    match: found.length > 0 ? 'all' : some.length > 0 ? 'some' : 'none',
    documents: Uint32Array.from(ranked, ({ id }) => id),
    scores: Float64Array.from(ranked, ({ score }) => score),
    marks: units.map(markOf),
    didYouMean,
    corrected: units.flatMap((unit) =>
      unit.corrected.map((token) => ({
        typed: q.slice(unit.typed.start, unit.typed.end),
        found: spelling(token),
      })),
    ),
    alsoSearched: alsoSearched(units),
    places: placesOf(units),
    withoutPlaces: withoutPlaces(q, units),
  }
}

function nothing(): SearchAnswer {
  return {
    match: 'none',
    documents: new Uint32Array(),
    scores: new Float64Array(),
    marks: [],
    didYouMean: null,
    corrected: [],
    alsoSearched: [],
    places: { countries: [], regions: [] },
    withoutPlaces: '',
  }
}

function withoutPlaces(q: string, units: Unit[]): string {
  let rest = q
  const named = units.filter(({ place }) => place !== null)
  for (const { typed } of named.toSorted((a, b) => b.typed.start - a.typed.start)) {
    rest = rest.slice(0, typed.start) + rest.slice(typed.end)
  }
  // What stood around them says nothing by itself.
  return /[\p{L}\p{N}]/u.test(rest) ? rest.replace(/\s+/gu, ' ').trim() : ''
}

/** Gives words that are found nowhere or hardly their neighbours, and returns the search put right. */
async function putRight(db: Database, q: string, units: Unit[]): Promise<string | null> {
  const doubtful = units
    .filter(
      ({ kind, concepts, tokens }) =>
        kind === 'word' && concepts.length === 0 && (tokens[0]?.length ?? 0) >= SHORTEST_CORRECTED,
    )
    .slice(0, WORDS_ASKED)
  const counts = await countFew(db, doubtful.map(expressionOf))
  const rare = doubtful.flatMap((unit, place) => {
    const count = counts[place] ?? 0
    return count > LITTLE ? [] : [{ unit, count }]
  })
  let right: string | null = null
  for (const { unit, count } of rare.slice(0, CORRECTED_WORDS).reverse()) {
    const near = await wordsNear(db, unit.tokens[0] ?? '')
    unit.corrected = near.slice(0, CORRECTIONS_OF_A_WORD)
    const [best] = near
    if (best === undefined) continue
    if (count === 0) {
      unit.place = placeNamed([best])
      const { start, end } = unit.typed
      right = (right ?? q).slice(0, start) + spelling(best) + (right ?? q).slice(end)
    }
  }
  return right
}

const WORDS_ASKED = 12

/** How many documents hold each expression, counted up to a few. */
async function countFew(db: Database, expressions: string[]): Promise<number[]> {
  if (expressions.length === 0) return []
  const rows = await db.$queryRaw<{ counts: string }[]>`
    SELECT json_group_array((SELECT count(*) FROM (
      SELECT 1 FROM "SearchIndex" WHERE "SearchIndex" MATCH value LIMIT ${LITTLE + 1}
    ))) AS "counts" FROM json_each(${JSON.stringify(expressions)})`
  return JSON.parse(rows[0]?.counts ?? '[]') as number[]
}

type Ranked = { id: number; score: number }

async function findAll(db: Database, { units, excluded }: Query): Promise<Ranked[]> {
  if (units.length === 0) return everythingWithout(db, excluded)
  const expressions = units.map(expressionOf)
  const without = excluded.length === 0 ? '' : ` NOT ${anyExcluded(excluded)}`
  const whole = `(${expressions.join(' AND ')})${without}`
  const names = `({names} : (${expressions.join(' AND ')}))${without}`
  const asName = units.map(({ tokens }) => tokens.join(' ')).join(' ')
  const tight = units.some(({ kind }) => kind === 'concept')
    ? `(${units.map(tightExpressionOf).join(' AND ')})${without}`
    : null
  const exact = `({names} : "${NAME_EDGE} ${asName} ${NAME_EDGE}")${without}`
  // Asked together: to ask again costs more than to search for little.
  const [first] = await db.$queryRaw<Record<'found' | 'exact' | 'tight', string | null>[]>(sql`
    SELECT ${idsOf(whole)} AS "found", ${idsOf(exact)} AS "exact",
      ${tight === null ? sql`NULL` : idsOf(tight)} AS "tight"`)
  const found = readIds(first?.found)
  if (found.length === 0) return []
  const isWeighed = found.length <= WEIGHED
  const scores = isWeighed ? await weigh(db, whole) : new Map<number, number>()
  const raise = (ids: number[], by: number) => {
    for (const id of ids) scores.set(id, (scores.get(id) ?? 0) + by)
  }
  // Where the words are weighed, those in a name weigh most already.
  if (!isWeighed) {
    const [row] = await db.$queryRaw<{ ids: string | null }[]>(sql`SELECT ${idsOf(names)} AS "ids"`)
    raise(readIds(row?.ids), ALL_IN_NAME)
  }
  raise(readIds(first?.tight), MEANT)
  raise(readIds(first?.exact), NAME_IS_ASKED)
  return ranked(found.map((id) => ({ id, score: scores.get(id) ?? 0 })))
}

/** The documents that an expression matches, for `readIds`. */
function idsOf(expression: string) {
  return sql`(SELECT group_concat(rowid) FROM "SearchIndex" WHERE "SearchIndex" MATCH ${expression})`
}

async function weigh(db: Database, expression: string): Promise<Map<number, number>> {
  // One row: handing over thousands of them costs more than the search.
  const [row] = await db.$queryRaw<{ found: string }[]>`
    SELECT json_group_array(json_array(rowid, -rank)) AS "found" FROM "SearchIndex"
    WHERE "SearchIndex" MATCH ${expression} AND rank MATCH 'bm25(60, 15, 1)'`
  return new Map(JSON.parse(row?.found ?? '[]') as [number, number][])
}

/** What has most of what was asked for, where nothing has everything. */
async function findSome(db: Database, { units, excluded }: Query): Promise<Ranked[]> {
  const without = excluded.length === 0 ? '' : ` NOT ${anyExcluded(excluded)}`
  const expressions = units.map((unit) => `${expressionOf(unit)}${without}`)
  const [row] = await db.$queryRaw<{ found: string }[]>`
    SELECT json_group_array((SELECT group_concat(rowid) FROM "SearchIndex"
      WHERE "SearchIndex" MATCH value)) AS "found" FROM json_each(${JSON.stringify(expressions)})`
  const counts = new Map<number, number>()
  const weights = new Map<number, number>()
  for (const ids of (JSON.parse(row?.found ?? '[]') as (string | null)[]).map(readIds)) {
    for (const id of ids) {
      counts.set(id, (counts.get(id) ?? 0) + 1)
      // The rarer word tells more.
      weights.set(id, (weights.get(id) ?? 0) + 1 / ids.length)
    }
  }
  let most = 0
  for (const count of counts.values()) most = Math.max(most, count)
  return ranked(
    [...counts].flatMap(([id, count]) =>
      count === most ? [{ id, score: weights.get(id) ?? 0 }] : [],
    ),
  )
}

async function everythingWithout(db: Database, excluded: string[][]): Promise<Ranked[]> {
  const [row] = await db.$queryRaw<Record<'all' | 'refused', string | null>[]>(sql`
    SELECT (SELECT group_concat("id") FROM "SearchDocument") AS "all",
      ${idsOf(anyExcluded(excluded))} AS "refused"`)
  const refused = new Set(readIds(row?.refused))
  return readIds(row?.all)
    .filter((id) => !refused.has(id))
    .map((id) => ({ id, score: 0 }))
}

function anyExcluded(excluded: string[][]): string {
  return `(${excluded.map(excludedExpression).join(' OR ')})`
}

function readIds(list: string | null | undefined): number[] {
  return list ? list.split(',').map(Number) : []
}

function ranked(found: Ranked[]): Ranked[] {
  return found.sort((a, b) => b.score - a.score || a.id - b.id)
}

/** Other entries of the groups that were asked for, as they are written. */
function alsoSearched(units: Unit[]): string[] {
  const shown = new Set<string>()
  for (const { tokens, concepts } of units) {
    const typed = tokens.join(' ')
    for (const concept of concepts) {
      const others = entriesOf(concept).filter(
        ({ text }) =>
          words(text)
            .flatMap((word) => word.tokens)
            .join(' ') !== typed,
      )
      const byLanguage = (language: string) => others.filter((entry) => entry.language === language)
      const [french, english] = [byLanguage('fr'), byLanguage('en')]
      for (const { text } of [...french.slice(0, 2), ...english.slice(0, SYNONYMS_SHOWN - 2)]) {
        shown.add(text)
      }
    }
  }
  return [...shown]
}
