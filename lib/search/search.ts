import type { Transaction } from '@/lib/database/client'
import { sql } from '@/lib/database/sql'
import type { Country } from '@/lib/geo/countries'
import { placeNamed, readNamesOfPlaces } from '@/lib/geo/parse-country'
import type { Region } from '@/lib/geo/regions'
import { entriesOf } from './synonym-groups'
import { SHORTEST_CORRECTED, spelling, wordsNear } from './spelling'
import { wholeNameTerm } from './index-terms'
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
import { words } from './tokenize'

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
  const didYouMean = found.documents.length > LITTLE ? null : await putRight(db, q, units)
  if (units.some(({ corrected }) => corrected.length > 0)) found = await findAll(db, query)
  const isFound = found.documents.length > 0
  const some = !isFound && units.length > 1 ? await findSome(db, query) : NOTHING_FOUND
  return {
    match: isFound ? 'all' : some.documents.length > 0 ? 'some' : 'none',
    ...(isFound ? found : some),
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
    ...NOTHING_FOUND,
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

/** The best first. */
type Ranked = Pick<SearchAnswer, 'documents' | 'scores'>

const NOTHING_FOUND: Ranked = { documents: new Uint32Array(), scores: new Float64Array() }

async function findAll(db: Database, { name, units, excluded }: Query): Promise<Ranked> {
  if (units.length === 0) return everythingWithout(db, excluded)
  const expressions = units.map(expressionOf)
  const without = excluded.length === 0 ? '' : ` NOT ${anyExcluded(excluded)}`
  const whole = `(${expressions.join(' AND ')})${without}`
  const names = `({names} : (${expressions.join(' AND ')}))${without}`
  const tight = units.some(({ kind }) => kind === 'concept')
    ? `(${units.map(tightExpressionOf).join(' AND ')})${without}`
    : null
  // A name is also typed with an article that it does not have.
  const asNames = [name, units.flatMap(({ tokens }) => tokens)].map(wholeNameTerm)
  const exact = `("${asNames.join('" OR "')}")${without}`
  // Asked together: to ask again costs more than to search for little.
  const [row] = await db.$queryRaw<
    Record<'weighed' | 'found' | 'named' | 'exact' | 'tight', string | null>[]
  >(sql`
    WITH "few"("weighed") AS MATERIALIZED (
      SELECT CASE WHEN ${countOf(whole, WEIGHED + 1)} <= ${WEIGHED} THEN ${weightsOf(whole)} END
    )
    SELECT "weighed", CASE WHEN "weighed" IS NULL THEN ${idsOf(whole)} END AS "found",
      CASE WHEN "weighed" IS NULL THEN ${idsOf(names)} END AS "named",
      ${idsOf(exact)} AS "exact", ${tight === null ? sql`NULL` : idsOf(tight)} AS "tight"
    FROM "few"`)
  const weighed = row?.weighed ? readWeights(row.weighed) : null
  const found = weighed ? Uint32Array.from(weighed, ([id]) => id) : readIds(row?.found)
  if (found.length === 0) return NOTHING_FOUND
  const scores = Float64Array.from(found, (_, place) => weighed?.[place]?.[1] ?? 0)
  const raise = (ids: Uint32Array, by: number) => {
    let at = 0
    for (const id of ids) {
      while ((found[at] ?? Infinity) < id) at += 1
      if (found[at] === id) scores[at] = (scores[at] ?? 0) + by
    }
  }
  // Where the words are weighed, those in a name weigh most already.
  raise(readIds(row?.named), ALL_IN_NAME)
  raise(readIds(row?.tight), MEANT)
  raise(readIds(row?.exact), NAME_IS_ASKED)
  return ranked(found, scores)
}

/** The documents that an expression matches, for `readIds`. */
function idsOf(expression: string) {
  return sql`(SELECT group_concat(rowid) FROM "SearchIndex" WHERE "SearchIndex" MATCH ${expression})`
}

/** How many documents an expression matches, counted up to so many. */
function countOf(expression: string, most: number) {
  return sql`(SELECT count(*) FROM (
    SELECT 1 FROM "SearchIndex" WHERE "SearchIndex" MATCH ${expression} LIMIT ${most}))`
}

/** The documents and their weights, for `readWeights`. */
function weightsOf(expression: string) {
  // One row: handing over thousands of them costs more than the search.
  return sql`(SELECT json_group_array(json_array(rowid, -rank)) FROM "SearchIndex"
    WHERE "SearchIndex" MATCH ${expression} AND rank MATCH 'bm25(60, 15, 1)')`
}

/** Ascending by id. */
function readWeights(json: string): [id: number, weight: number][] {
  return (JSON.parse(json) as [number, number][]).sort(([one], [other]) => one - other)
}

/** What has most of what was asked for, where nothing has everything. */
async function findSome(db: Database, { units, excluded }: Query): Promise<Ranked> {
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
  const best = [...counts].flatMap(([id, count]) => (count === most ? [id] : []))
  const found = Uint32Array.from(best).sort()
  return ranked(
    found,
    Float64Array.from(found, (id) => weights.get(id) ?? 0),
  )
}

async function everythingWithout(db: Database, excluded: string[][]): Promise<Ranked> {
  const [row] = await db.$queryRaw<Record<'all' | 'refused', string | null>[]>(sql`
    SELECT (SELECT group_concat("id") FROM "SearchDocument") AS "all",
      ${idsOf(anyExcluded(excluded))} AS "refused"`)
  const refused = new Set(readIds(row?.refused))
  const documents = readIds(row?.all).filter((id) => !refused.has(id))
  return { documents, scores: new Float64Array(documents.length) }
}

function anyExcluded(excluded: string[][]): string {
  return `(${excluded.map(excludedExpression).join(' OR ')})`
}

const COMMA = 44
const ZERO = 48

/** Ascending. Of a list of a hundred thousand, digit by digit: to cut it into words takes five times as long. */
function readIds(list: string | null | undefined): Uint32Array {
  if (!list) return new Uint32Array()
  const ids = new Uint32Array((list.length >> 1) + 1)
  let count = 0
  for (let place = 0; place < list.length; place++) {
    const code = list.charCodeAt(place)
    if (code === COMMA) count += 1
    else ids[count] = (ids[count] ?? 0) * 10 + code - ZERO
  }
  return ids.subarray(0, count + 1).sort()
}

/**
 * The greatest score first; of equal scores the oldest document. Most of many found have one of a few
 * scores: these are sorted, not the documents.
 *
 * @param found ascending
 * @param scores of each, in the same order
 */
function ranked(found: Uint32Array, scores: Float64Array): Ranked {
  const byScore = new Map<number, number[]>()
  found.forEach((id, place) => {
    const score = scores[place] ?? 0
    const equal = byScore.get(score)
    if (equal) equal.push(id)
    else byScore.set(score, [id])
  })
  const documents = new Uint32Array(found.length)
  const ranks = new Float64Array(found.length)
  let place = 0
  for (const [score, ids] of [...byScore].sort(([one], [other]) => other - one)) {
    documents.set(ids, place)
    ranks.fill(score, place, place + ids.length)
    place += ids.length
  }
  return { documents, scores: ranks }
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
