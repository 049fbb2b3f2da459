import type { Transaction } from '@/lib/db/client'
import type { Country } from '@/lib/places/countries'
import type { Region } from '@/lib/places/regions'
import { queryTokens } from './query'

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
  /** Tokens that mark a hit at the beginning of a word of a text, for the excerpts. */
  marks: string[]
  /** The whole search with words put right, to be offered as a link; null where nothing is to be put right. */
  didYouMean: string | null
  /** Words found beside those typed, because they differ from them by one letter. */
  corrected: { typed: string; found: string }[]
  /** Words and phrases of the field that were looked for besides. */
  alsoSearched: string[]
  /** Countries and regions named in the search, to be offered as filters. */
  places: { countries: Country[]; regions: Region[] }
}

/**
 * Searches the public text of all listed organisations. Nothing typed is read as syntax of the
 * database; a search without a single word finds nothing.
 *
 * @param q as `parseFilters` gives it
 */
export async function search(db: Pick<Transaction, '$queryRaw'>, q: string): Promise<SearchAnswer> {
  const marks = queryTokens(q)
  const expression = marks.map((token) => `"${token}"*`).join(' ')
  const found = expression === '' ? [] : await matching(db, expression)
  return {
    match: found.length > 0 ? 'all' : 'none',
    documents: Uint32Array.from(found, ([id]) => id),
    scores: Float64Array.from(found, ([, score]) => score),
    marks,
    didYouMean: null,
    corrected: [],
    alsoSearched: [],
    places: { countries: [], regions: [] },
  }
}

async function matching(
  db: Pick<Transaction, '$queryRaw'>,
  expression: string,
): Promise<[id: number, score: number][]> {
  // One row: handing over thousands of them costs more than the search.
  const rows = await db.$queryRaw<{ found: string }[]>`
    SELECT json_group_array(json_array(rowid, -rank)) AS "found" FROM (
      SELECT rowid, rank FROM "SearchIndex"
      WHERE "SearchIndex" MATCH ${expression} AND rank MATCH 'bm25(10, 4, 1)'
      ORDER BY rank, rowid)`
  return JSON.parse(rows[0]?.found ?? '[]') as [number, number][]
}
