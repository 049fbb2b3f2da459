import type { Transaction } from '@/lib/database/client'
import { sql } from '@/lib/database/sql'
import type { Country } from '@/lib/geo/countries'
import { findNamedPlace, loadPlaceNames } from '@/lib/geo/parse-country'
import type { Region } from '@/lib/geo/regions'
import { synonymEntries } from './synonym-groups'
import { MIN_CORRECTED_LENGTH, originalSpelling, similarWords } from './spelling'
import { wholeNameTerm } from './index-terms'
import {
  negatedMatch,
  matchExpression,
  termOf,
  namedPlaces,
  parseQuery,
  phraseMatch,
  type Query,
  type QueryClause,
} from './parse-query'
import { tokenize } from './tokenize'

/** What a search finds, over all listed organisations; filters are applied to it afterwards. */
export type SearchResult = {
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
  terms: string[]
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

type QueryClient = Pick<Transaction, '$queryRaw'>

/** So few documents hold a word that it may be a typing error. */
const MAX_RARE_DOCUMENTS = 2
/** Only so many words of a search are put right. */
const MAX_CORRECTED_WORDS = 4
const MAX_CORRECTIONS_PER_WORD = 3
/** Of more documents than these the places of the words in the texts are not weighed. */
const MAX_BM25_DOCUMENTS = 3000
/** Names above names of places, these above answers. */
const EXACT_NAME_BOOST = 1000
const NAME_BOOST = 100
const SYNONYM_BOOST = 50
const MAX_SYNONYMS_SHOWN = 4

/**
 * Searches the public text of all listed organisations, in every language at once. Nothing typed is
 * read as syntax of the database; a search without a single word finds nothing.
 *
 * @param q as `parseFilters` gives it; anything else is taken too
 */
export async function search(db: QueryClient, q: string): Promise<SearchResult> {
  await loadPlaceNames()
  const query = parseQuery(q)
  const { clauses: units } = query
  if (units.length === 0 && query.excluded.length === 0) return emptyResult()
  let found = await matchAllClauses(db, query)
  // What is found more often needs no putting right, and neither does any of its words.
  const didYouMean =
    found.documents.length > MAX_RARE_DOCUMENTS ? null : await correctSpelling(db, q, units)
  if (units.some(({ corrected }) => corrected.length > 0)) found = await matchAllClauses(db, query)
  const isFound = found.documents.length > 0
  const some = !isFound && units.length > 1 ? await matchMostClauses(db, query) : NO_DOCUMENTS
  return {
    match: isFound ? 'all' : some.documents.length > 0 ? 'some' : 'none',
    ...(isFound ? found : some),
    terms: units.map(termOf),
    didYouMean,
    corrected: units.flatMap((unit) =>
      unit.corrected.map((token) => ({
        typed: q.slice(unit.typed.start, unit.typed.end),
        found: originalSpelling(token),
      })),
    ),
    alsoSearched: alsoSearched(units),
    places: namedPlaces(units),
    withoutPlaces: withoutPlaces(q, units),
  }
}

function emptyResult(): SearchResult {
  return {
    match: 'none',
    ...NO_DOCUMENTS,
    terms: [],
    didYouMean: null,
    corrected: [],
    alsoSearched: [],
    places: { countries: [], regions: [] },
    withoutPlaces: '',
  }
}

function withoutPlaces(q: string, units: QueryClause[]): string {
  let rest = q
  const named = units.filter(({ place }) => place !== null)
  for (const { typed } of named.toSorted((a, b) => b.typed.start - a.typed.start)) {
    rest = rest.slice(0, typed.start) + rest.slice(typed.end)
  }
  // What stood around them says nothing by itself.
  return /[\p{L}\p{N}]/u.test(rest) ? rest.replace(/\s+/gu, ' ').trim() : ''
}

/** Gives words that are found nowhere or hardly their neighbours, and returns the search put right. */
async function correctSpelling(
  db: QueryClient,
  q: string,
  units: QueryClause[],
): Promise<string | null> {
  const doubtful = units
    .filter(
      ({ kind, concepts, tokens }) =>
        kind === 'word' &&
        concepts.length === 0 &&
        (tokens[0]?.length ?? 0) >= MIN_CORRECTED_LENGTH,
    )
    .slice(0, MAX_CHECKED_WORDS)
  const counts = await countUpToRare(db, doubtful.map(matchExpression))
  const rare = doubtful.flatMap((unit, place) => {
    const count = counts[place] ?? 0
    return count > MAX_RARE_DOCUMENTS ? [] : [{ unit, count }]
  })
  let right: string | null = null
  for (const { unit, count } of rare.slice(0, MAX_CORRECTED_WORDS).reverse()) {
    const near = await similarWords(db, unit.tokens[0] ?? '')
    unit.corrected = near.slice(0, MAX_CORRECTIONS_PER_WORD)
    const [best] = near
    if (best === undefined) continue
    if (count === 0) {
      unit.place = findNamedPlace([best])
      const { start, end } = unit.typed
      right = (right ?? q).slice(0, start) + originalSpelling(best) + (right ?? q).slice(end)
    }
  }
  return right
}

const MAX_CHECKED_WORDS = 12

/** How many documents hold each expression, counted up to a few. */
async function countUpToRare(db: QueryClient, expressions: string[]): Promise<number[]> {
  if (expressions.length === 0) return []
  const rows = await db.$queryRaw<{ counts: string }[]>`
    SELECT json_group_array((SELECT count(*) FROM (
      SELECT 1 FROM "SearchIndex" WHERE "SearchIndex" MATCH value LIMIT ${MAX_RARE_DOCUMENTS + 1}
    ))) AS "counts" FROM json_each(${JSON.stringify(expressions)})`
  return JSON.parse(rows[0]?.counts ?? '[]') as number[]
}

/** The best first. */
type RankedDocuments = Pick<SearchResult, 'documents' | 'scores'>

const NO_DOCUMENTS: RankedDocuments = { documents: new Uint32Array(), scores: new Float64Array() }

async function matchAllClauses(
  db: QueryClient,
  { name, clauses: units, excluded }: Query,
): Promise<RankedDocuments> {
  if (units.length === 0) return matchAllExcept(db, excluded)
  const expressions = units.map(matchExpression)
  const without = excluded.length === 0 ? '' : ` NOT ${anyNegatedMatch(excluded)}`
  const whole = `(${expressions.join(' AND ')})${without}`
  const names = `({names} : (${expressions.join(' AND ')}))${without}`
  const tight = units.some(({ kind }) => kind === 'concept')
    ? `(${units.map(phraseMatch).join(' AND ')})${without}`
    : null
  // A name is also typed with an article that it does not have.
  const asNames = [name, units.flatMap(({ tokens }) => tokens)].map(wholeNameTerm)
  const exact = `("${asNames.join('" OR "')}")${without}`
  // Asked together: to ask again costs more than to search for little.
  const [row] = await db.$queryRaw<
    Record<'weighed' | 'found' | 'named' | 'exact' | 'tight', string | null>[]
  >(sql`
    WITH "few"("weighed") AS MATERIALIZED (
      SELECT CASE WHEN ${selectCount(whole, MAX_BM25_DOCUMENTS + 1)} <= ${MAX_BM25_DOCUMENTS} THEN ${selectBm25(whole)} END
    )
    SELECT "weighed", CASE WHEN "weighed" IS NULL THEN ${selectIds(whole)} END AS "found",
      CASE WHEN "weighed" IS NULL THEN ${selectIds(names)} END AS "named",
      ${selectIds(exact)} AS "exact", ${tight === null ? sql`NULL` : selectIds(tight)} AS "tight"
    FROM "few"`)
  const weighed = row?.weighed ? parseWeights(row.weighed) : null
  const found = weighed ? Uint32Array.from(weighed, ([id]) => id) : parseIds(row?.found)
  if (found.length === 0) return NO_DOCUMENTS
  const scores = Float64Array.from(found, (_, place) => weighed?.[place]?.[1] ?? 0)
  const raise = (ids: Uint32Array, by: number) => {
    let at = 0
    for (const id of ids) {
      while ((found[at] ?? Infinity) < id) at += 1
      if (found[at] === id) scores[at] = (scores[at] ?? 0) + by
    }
  }
  // Where the words are weighed, those in a name weigh most already.
  raise(parseIds(row?.named), NAME_BOOST)
  raise(parseIds(row?.tight), SYNONYM_BOOST)
  raise(parseIds(row?.exact), EXACT_NAME_BOOST)
  return rankByScore(found, scores)
}

/** The documents that an expression matches, for `readIds`. */
function selectIds(expression: string) {
  return sql`(SELECT group_concat(rowid) FROM "SearchIndex" WHERE "SearchIndex" MATCH ${expression})`
}

/** How many documents an expression matches, counted up to so many. */
function selectCount(expression: string, most: number) {
  return sql`(SELECT count(*) FROM (
    SELECT 1 FROM "SearchIndex" WHERE "SearchIndex" MATCH ${expression} LIMIT ${most}))`
}

/** The documents and their weights, for `readWeights`. */
function selectBm25(expression: string) {
  // One row: handing over thousands of them costs more than the search.
  return sql`(SELECT json_group_array(json_array(rowid, -rank)) FROM "SearchIndex"
    WHERE "SearchIndex" MATCH ${expression} AND rank MATCH 'bm25(60, 15, 1)')`
}

/** Ascending by id. */
function parseWeights(json: string): [id: number, weight: number][] {
  return (JSON.parse(json) as [number, number][]).sort(([one], [other]) => one - other)
}

/** What has most of what was asked for, where nothing has everything. */
async function matchMostClauses(
  db: QueryClient,
  { clauses: units, excluded }: Query,
): Promise<RankedDocuments> {
  const without = excluded.length === 0 ? '' : ` NOT ${anyNegatedMatch(excluded)}`
  const expressions = units.map((unit) => `${matchExpression(unit)}${without}`)
  const [row] = await db.$queryRaw<{ found: string }[]>`
    SELECT json_group_array((SELECT group_concat(rowid) FROM "SearchIndex"
      WHERE "SearchIndex" MATCH value)) AS "found" FROM json_each(${JSON.stringify(expressions)})`
  const counts = new Map<number, number>()
  const weights = new Map<number, number>()
  for (const ids of (JSON.parse(row?.found ?? '[]') as (string | null)[]).map(parseIds)) {
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
  return rankByScore(
    found,
    Float64Array.from(found, (id) => weights.get(id) ?? 0),
  )
}

async function matchAllExcept(db: QueryClient, excluded: string[][]): Promise<RankedDocuments> {
  const [row] = await db.$queryRaw<Record<'all' | 'refused', string | null>[]>(sql`
    SELECT (SELECT group_concat("id") FROM "SearchDocument") AS "all",
      ${selectIds(anyNegatedMatch(excluded))} AS "refused"`)
  const refused = new Set(parseIds(row?.refused))
  const documents = parseIds(row?.all).filter((id) => !refused.has(id))
  return { documents, scores: new Float64Array(documents.length) }
}

function anyNegatedMatch(excluded: string[][]): string {
  return `(${excluded.map(negatedMatch).join(' OR ')})`
}

const COMMA = 44
const ZERO = 48

/** Ascending. Of a list of a hundred thousand, digit by digit: to cut it into words takes five times as long. */
function parseIds(list: string | null | undefined): Uint32Array {
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
function rankByScore(found: Uint32Array, scores: Float64Array): RankedDocuments {
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
function alsoSearched(units: QueryClause[]): string[] {
  const shown = new Set<string>()
  for (const { tokens, concepts } of units) {
    const typed = tokens.join(' ')
    for (const concept of concepts) {
      const others = synonymEntries(concept).filter(
        ({ text }) =>
          tokenize(text)
            .flatMap((word) => word.terms)
            .join(' ') !== typed,
      )
      const byLanguage = (language: string) => others.filter((entry) => entry.language === language)
      const [french, english] = [byLanguage('fr'), byLanguage('en')]
      for (const { text } of [...french.slice(0, 2), ...english.slice(0, MAX_SYNONYMS_SHOWN - 2)]) {
        shown.add(text)
      }
    }
  }
  return [...shown]
}
