import type { SearchAnswer } from '@/lib/search/search'
import {
  areaMask,
  countryCode,
  firstWhere,
  picked,
  regionCode,
  type Columns,
} from './facet-columns'
import type { Cursor, Order, Position } from './cursor'
import type { Filters } from './filters'

/** What a search found, by slot. */
export type Hits = {
  /** The best first. */
  slots: Uint32Array
  /** By slot: greater is better. */
  scores: Float64Array
  /** False where documents are gone since: the directory changed after the search. */
  isWhole: boolean
}

/** What passes all filters, and how many would pass with another choice of one of them. */
export type Matches = {
  slots: Uint32Array
  /** By code: what passes with each region in place of the chosen one, if any. */
  regions: Uint32Array
  countries: Uint32Array
  /** By mask of areas, among what passes. */
  areas: Uint32Array
  /** By combination of languages, with another language in place of the chosen one, if any. */
  languages: Uint32Array
}

/** Scores that differ by less count as equal, so that a language or a name can decide. */
const NEAR = Math.log(1.03)
/** The score of what has none; far below any other. */
const NO_SCORE = -10_000

/** Finds the slots of a search's documents. */
export function hitsOf(columns: Columns, { documents, scores }: SearchAnswer): Hits {
  const slots = new Uint32Array(documents.length)
  const bySlot = new Float64Array(columns.documents.length)
  let found = 0
  for (let place = 0; place < documents.length; place++) {
    const slot = columns.slotOf(documents[place] ?? 0)
    if (slot === undefined) continue
    slots[found++] = slot
    bySlot[slot] = scores[place] ?? 0
  }
  return {
    slots: slots.subarray(0, found),
    scores: bySlot,
    isWhole: found === documents.length,
  }
}

/** Goes once through what was found, or through everything, choosing and counting. */
export function matchesOf(columns: Columns, filters: Filters, hits: Hits | null): Matches {
  const candidates = hits?.slots ?? columns.byName
  const region = filters.region === null ? null : regionCode(filters.region)
  const country = filters.country === null ? null : countryCode(filters.country)
  const wanted = areaMask(filters.areas)
  const { lang } = filters
  const isWanted = Uint8Array.from(columns.combinations, (languages) =>
    lang === null || languages.includes(lang) ? 1 : 0,
  )
  const slots = new Uint32Array(candidates.length)
  const matches: Matches = {
    slots,
    regions: new Uint32Array(2 ** 8),
    countries: new Uint32Array(2 ** 10),
    areas: new Uint32Array(2 ** 8),
    languages: new Uint32Array(columns.combinations.length),
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
    if (passesCountry && passesLanguage) raise(matches.regions, ownRegion)
    if (passesRegion && passesLanguage) raise(matches.countries, ownCountry)
    if (passesRegion && passesCountry) raise(matches.languages, ownLanguages)
    if (passesRegion && passesCountry && passesLanguage) {
      raise(matches.areas, areas)
      slots[found++] = slot
    }
  }
  return { ...matches, slots: slots.subarray(0, found) }
}

function raise(tally: Uint32Array, code: number): void {
  tally[code] = (tally[code] ?? 0) + 1
}

/** What passes the filters, in an order, and the places in it. */
export type Ordered = {
  slots: Uint32Array
  positionOf: (slot: number) => Position
  /** How many come before a cursor that is of this order; with `after`, up to and with its place. */
  countBefore: (cursor: Cursor) => number
}

/**
 * Puts matches in order.
 *
 * @param hits needed for the order by relevance; without, it is the order by name
 * @param locale the reader's language: of near-equal scores, what has texts in it comes first
 */
export function ordered(
  columns: Columns,
  { slots }: Matches,
  order: Order,
  hits: Hits | null,
  locale: string | null,
): Ordered {
  if (order === 'relevance' && hits) return byRelevance(columns, slots, hits, locale)
  const chosen = new Uint8Array(columns.documents.length)
  for (const slot of slots) chosen[slot] = 1
  const all = order === 'newest' ? columns.byNewest : columns.byName
  const inOrder = picked(all, chosen)
  const compare = (slot: number, position: Position): number => {
    const days = position.order === 'newest' ? position.listedAt - (columns.listedAt[slot] ?? 0) : 0
    return days || columns.compareName(slot, position)
  }
  return {
    slots: inOrder,
    positionOf: (slot) =>
      order === 'newest'
        ? { order, listedAt: columns.listedAt[slot] ?? 0, ...columns.namePosition(slot) }
        : { order: 'name', ...columns.namePosition(slot) },
    countBefore: ({ direction, position }) => {
      const least = direction === 'after' ? 1 : 0
      return firstWhere(inOrder, (slot) => compare(slot, position) >= least)
    },
  }
}

function byRelevance(
  columns: Columns,
  slots: Uint32Array,
  { scores }: Hits,
  locale: string | null,
): Ordered {
  const { byName, nameRanks } = columns
  const isOwn = columns.combinations.map(
    (languages) => locale !== null && languages.includes(locale),
  )
  const scoreOf = (slot: number) => nearScore(scores[slot] ?? 0)
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
    slots: Uint32Array.from(keys, (key) => byName[((key % names) + names) % names] ?? 0),
    positionOf: (slot) => ({
      ...{ order: 'relevance', score: scoreOf(slot), own: ownOf(slot) },
      ...columns.namePosition(slot),
    }),
    countBefore: ({ direction, position }) => {
      if (position.order !== 'relevance') return 0
      const least = direction === 'after' ? 1 : 0
      const rank = firstWhere(byName, (slot) => columns.compareName(slot, position) >= least)
      const limit = keyOf(position.score, position.own, rank)
      return firstWhere(keys, (key) => key >= limit)
    },
  }
}

function nearScore(score: number): number {
  return score > 0 ? Math.max(NO_SCORE, Math.round(Math.log(score) / NEAR)) : NO_SCORE
}
