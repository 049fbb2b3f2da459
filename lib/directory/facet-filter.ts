import type { SearchResult } from '@/lib/search/search'
import {
  areaMask,
  countryCode,
  lowerBound,
  filterRows,
  regionCode,
  type FacetIndex,
} from './facet-columns'
import type { Cursor, SortOrder, SortPosition } from './cursor'
import type { Filters } from './filters'

/** What a search found, by slot. */
export type SearchHits = {
  /** The best first. */
  rows: Uint32Array
  /** By slot: greater is better. */
  scores: Float64Array
  /** False where documents are gone since: the directory changed after the search. */
  isCurrent: boolean
}

/** What passes all filters, and how many would pass with another choice of one of them. */
export type MatchingRows = {
  rows: Uint32Array
  /** By code: what passes with each region in place of the chosen one, if any. */
  regions: Uint32Array
  countries: Uint32Array
  /** By mask of areas, among what passes. */
  areas: Uint32Array
  /** By combination of languages, with another language in place of the chosen one, if any. */
  languages: Uint32Array
}

/** Scores that differ by less count as equal, so that a language or a name can decide. */
const SCORE_TOLERANCE = Math.log(1.03)
/** The score of what has none; far below any other. */
const MIN_SCORE = -10_000

/** Finds the slots of a search's documents. */
export function toSearchHits(columns: FacetIndex, { documents, scores }: SearchResult): SearchHits {
  const slots = new Uint32Array(documents.length)
  const bySlot = new Float64Array(columns.documentIds.length)
  let found = 0
  for (let place = 0; place < documents.length; place++) {
    const slot = columns.rowOf(documents[place] ?? 0)
    if (slot === undefined) continue
    slots[found++] = slot
    bySlot[slot] = scores[place] ?? 0
  }
  return {
    rows: slots.subarray(0, found),
    scores: bySlot,
    isCurrent: found === documents.length,
  }
}

/** Goes once through what was found, or through everything, choosing and counting. */
export function filterAndCount(
  columns: FacetIndex,
  filters: Filters,
  hits: SearchHits | null,
): MatchingRows {
  const candidates = hits?.rows ?? columns.byName
  const region = filters.region === null ? null : regionCode(filters.region)
  const country = filters.country === null ? null : countryCode(filters.country)
  const wanted = areaMask(filters.areas)
  const { lang } = filters
  const isWanted = Uint8Array.from(columns.languageSets, (languages) =>
    lang === null || languages.includes(lang) ? 1 : 0,
  )
  const slots = new Uint32Array(candidates.length)
  const matches: MatchingRows = {
    rows: slots,
    regions: new Uint32Array(2 ** 8),
    countries: new Uint32Array(2 ** 10),
    areas: new Uint32Array(2 ** 8),
    languages: new Uint32Array(columns.languageSets.length),
  }
  let found = 0
  for (let place = 0; place < candidates.length; place++) {
    const slot = candidates[place] ?? 0
    const areas = columns.areas[slot] ?? 0
    // An area is added to those that are chosen, and words stay what they are.
    if ((areas & wanted) !== wanted) continue
    const ownRegion = columns.regions[slot] ?? 0
    const ownCountry = columns.countries[slot] ?? 0
    const ownLanguages = columns.languages[slot] ?? 0
    const passesRegion = region === null || ownRegion === region
    const passesCountry = country === null || ownCountry === country
    const passesLanguage = isWanted[ownLanguages] === 1
    // Another region, country or language would take the place of the chosen one, so what fails that
    // test alone counts too.
    if (passesCountry && passesLanguage) increment(matches.regions, ownRegion)
    if (passesRegion && passesLanguage) increment(matches.countries, ownCountry)
    if (passesRegion && passesCountry) increment(matches.languages, ownLanguages)
    if (passesRegion && passesCountry && passesLanguage) {
      increment(matches.areas, areas)
      slots[found++] = slot
    }
  }
  return { ...matches, rows: slots.subarray(0, found) }
}

function increment(tally: Uint32Array, code: number): void {
  tally[code] = (tally[code] ?? 0) + 1
}

/** What passes the filters, in an order, and the places in it. */
export type SortedRows = {
  rows: Uint32Array
  positionOf: (slot: number) => SortPosition
  /** How many come before a cursor that is of this order; with `after`, up to and with its place. */
  countBefore: (cursor: Cursor) => number
}

/**
 * Puts matches in order.
 *
 * @param hits needed for the order by relevance; without, it is the order by name
 * @param locale the reader's language: of near-equal scores, what has texts in it comes first
 */
export function sortRows(
  columns: FacetIndex,
  { rows: slots }: MatchingRows,
  order: SortOrder,
  hits: SearchHits | null,
  locale: string | null,
): SortedRows {
  if (order === 'relevance' && hits) return sortByRelevance(columns, slots, hits, locale)
  const chosen = new Uint8Array(columns.documentIds.length)
  for (const slot of slots) chosen[slot] = 1
  const all = order === 'newest' ? columns.byNewest : columns.byName
  const inOrder = filterRows(all, chosen)
  const compare = (slot: number, position: SortPosition): number => {
    const days = position.order === 'newest' ? position.listedAt - (columns.listedAt[slot] ?? 0) : 0
    return days || columns.compareName(slot, position)
  }
  return {
    rows: inOrder,
    positionOf: (slot) =>
      order === 'newest'
        ? { order, listedAt: columns.listedAt[slot] ?? 0, ...columns.nameSortKey(slot) }
        : { order: 'name', ...columns.nameSortKey(slot) },
    countBefore: ({ direction, position }) => {
      const least = direction === 'after' ? 1 : 0
      return lowerBound(inOrder, (slot) => compare(slot, position) >= least)
    },
  }
}

function sortByRelevance(
  columns: FacetIndex,
  slots: Uint32Array,
  { scores }: SearchHits,
  locale: string | null,
): SortedRows {
  const { byName, nameRanks } = columns
  const isOwn = columns.languageSets.map(
    (languages) => locale !== null && languages.includes(locale),
  )
  const scoreOf = (slot: number) => roundScore(scores[slot] ?? 0)
  const ownOf = (slot: number) => isOwn[columns.languages[slot] ?? 0] ?? false
  // One number for each, as numbers are sorted without asking anybody: the greatest score is the
  // least number, and what is left of it by the number of names is the place by name.
  const names = byName.length + 1
  const keyOf = (score: number, own: boolean, rank: number) =>
    (-score * 2 + (own ? 0 : 1)) * names + rank
  const keys = Float64Array.from(slots, (slot) =>
    keyOf(scoreOf(slot), ownOf(slot), nameRanks[slot] ?? 0),
  ).sort()
  return {
    rows: Uint32Array.from(keys, (key) => byName[((key % names) + names) % names] ?? 0),
    positionOf: (slot) => ({
      ...{ order: 'relevance', score: scoreOf(slot), own: ownOf(slot) },
      ...columns.nameSortKey(slot),
    }),
    countBefore: ({ direction, position }) => {
      if (position.order !== 'relevance') return 0
      const least = direction === 'after' ? 1 : 0
      const rank = lowerBound(byName, (slot) => columns.compareName(slot, position) >= least)
      const limit = keyOf(position.score, position.own, rank)
      return lowerBound(keys, (key) => key >= limit)
    },
  }
}

function roundScore(score: number): number {
  return score > 0 ? Math.max(MIN_SCORE, Math.round(Math.log(score) / SCORE_TOLERANCE)) : MIN_SCORE
}
