import { reader } from '@/lib/database/client'
import { sql } from '@/lib/database/sql'
import { isCountry, type Country } from '@/lib/geo/countries'
import { REGIONS, isRegion, type Region } from '@/lib/geo/regions'
import { languagesOf, pickAnswer } from '@/lib/organisations/answer-language'
import {
  PUBLIC_JSON,
  PUBLIC_SQL,
  parsePublicProfile,
  type PublicProfile,
} from '@/lib/organisations/public'
import {
  PRIORITY_AREAS,
  QUESTIONS,
  type PriorityArea,
  type Question,
} from '@/lib/organisations/schema'
import { excerpt, findHits } from '@/lib/search/excerpt'
import { search, type SearchResult } from '@/lib/search/search'
import { areaMask, countryFromCode, regionCode, type FacetIndex } from './facet-columns'
import type { Cursor } from './cursor'
import { PAGE_SIZE, parseFilters, type Filters } from './filters'
import { currentFacetIndex } from './facet-cache'
import {
  toSearchHits,
  filterAndCount,
  sortRows,
  type SearchHits,
  type MatchingRows,
  type SortedRows,
} from './facet-filter'

/** A passage of an organisation's own words. */
export type ListedExcerpt = {
  question: Question
  /** BCP 47 language of the passage. */
  language: string
  text: string
  /** Places of the search's hits in the text: UTF-16 offsets, end excluded. */
  hits: [start: number, end: number][]
  /** The passage is not in the reader's language. */
  fallback: boolean
}

/** One line of the list. */
export type ListedOrganisation = {
  slug: string
  name: string
  country: Country | null
  region: Region | null
  /** BCP 47, most answers first. */
  languages: string[]
  excerpt: ListedExcerpt | null
  /** ISO 8601, UTC. */
  updatedAt: string
}

/** How many organisations each further choice would leave, beside the other filters. */
export type FacetCounts = {
  regions: Record<Region, number>
  countries: { country: Country; count: number }[]
  /** With the areas that are chosen already. */
  areas: Record<PriorityArea, number>
  languages: { language: string; count: number }[]
}

/** A page of the list, and where it stands in it. */
export type Page<One> = {
  total: number
  /** Number of the page, from 1; after a change of the directory not always the one that was asked for. */
  page: number
  pageCount: number
  organisations: One[]
  /** Where the pages before and after this one end and begin; null where there is none. */
  previous: Cursor | null
  next: Cursor | null
  /** Null where no words are searched for. */
  search: SearchResult | null
}

/**
 * One page of the list.
 *
 * @param filters what is asked; a page past the end gives no organisations
 * @param locale language of the reader, for the excerpts and among equally good results
 */
export async function listOrganisations(
  filters: Filters,
  locale: string,
): Promise<Page<ListedOrganisation>> {
  return toListPage(await loadPage(filters, locale), locale)
}

/** One page of the list and the counts beside each choice, of the same moment and from one search. */
export async function listWithFacets(
  filters: Filters,
  locale: string,
): Promise<Page<ListedOrganisation> & { choices: FacetCounts }> {
  const page = await loadPage(filters, locale)
  return { ...toListPage(page, locale), choices: page.choices }
}

/** One page of the list with whole public profiles: what the API answers. */
export async function findProfilesPage(
  filters: Filters,
): Promise<Omit<Page<PublicProfile>, 'organisations'> & { profiles: PublicProfile[] }> {
  const { organisations: profiles, ...page } = await loadPage(filters, null)
  return { ...page, profiles }
}

/** Counts beside each choice of the form; every count is what following that choice gives. */
export async function countFacets(filters: Filters): Promise<FacetCounts> {
  const { columns, matches } = await applyFilters(filters)
  return toFacetCounts(columns, matches)
}

/** What the home page tells of the whole directory. */
export async function directoryOverview(locale: string): Promise<{
  total: number
  countries: number
  regions: Record<Region, number>
  /** The latest that were listed, newest first. */
  newest: ListedOrganisation[]
}> {
  const newest = parseFilters({ sort: 'newest' }).filters
  const { total, choices, organisations } = await loadPage(newest, locale, 6)
  return {
    total,
    countries: choices.countries.length,
    regions: choices.regions,
    newest: organisations.map((profile) => toListedOrganisation(profile, locale, [])),
  }
}

/** How many profiles are listed. */
export async function countListed(): Promise<number> {
  return (await currentFacetIndex()).size
}

/** A search is made again where the directory changed meanwhile; nobody changes it faster than this. */
const MAX_ATTEMPTS = 4

type FilterResult = {
  columns: FacetIndex
  hits: SearchHits | null
  matches: MatchingRows
  search: SearchResult | null
}

/** Everything that passes the filters, as the directory stands at one moment. */
async function applyFilters(filters: Filters): Promise<FilterResult> {
  for (let attempt = 1; ; attempt++) {
    const found = filters.q === '' ? null : await search(reader(), filters.q)
    // After the search: what is new in the database is then in the columns, and what the search found
    // and the columns no longer have tells that it is too old.
    const columns = await currentFacetIndex()
    const hits = found && toSearchHits(columns, found)
    if (hits?.isCurrent === false && attempt < MAX_ATTEMPTS) continue
    return { columns, hits, matches: filterAndCount(columns, filters, hits), search: found }
  }
}

async function loadPage(
  filters: Filters,
  locale: string | null,
  size: number = PAGE_SIZE,
): Promise<Page<PublicProfile> & { choices: FacetCounts }> {
  for (let attempt = 1; ; attempt++) {
    const { columns, hits, matches, search } = await applyFilters(filters)
    const order = sortRows(columns, matches, filters.sort, hits, locale)
    const { documents, ...page } = paginate(columns, order, filters, size)
    const choices = toFacetCounts(columns, matches)
    const organisations = await loadPublicProfiles(documents)
    // One of them was changed or hidden since: its page would have a gap.
    if (organisations.length < documents.length && attempt < MAX_ATTEMPTS) continue
    return { ...page, organisations, search, choices }
  }
}

/** The part of an order that is one page. */
function paginate(columns: FacetIndex, order: SortedRows, { page, cursor }: Filters, size: number) {
  const { rows: slots } = order
  const total = slots.length
  const pages = (count: number) => Math.ceil(count / size)
  const edge = cursor && order.countBefore(cursor)
  const isBefore = cursor?.direction === 'before'
  // A cursor that nothing is left behind of says no more than the number of its page.
  const byCursor = edge !== null && (isBefore ? edge > 0 : edge < total)
  const start = byCursor ? (isBefore ? Math.max(0, edge - size) : edge) : (page - 1) * size
  const end = byCursor && isBefore ? edge : Math.min(total, start + size)
  const shown = slots.subarray(start, end)
  const [first, last] = [shown[0], shown[shown.length - 1]]
  const number = byCursor ? (start === 0 ? 1 : Math.max(2, Math.round(start / size) + 1)) : page
  return {
    documents: Array.from(shown, (slot) => columns.documentIds[slot] ?? 0),
    total,
    page: number,
    pageCount: byCursor ? number + pages(total - end) : Math.max(1, pages(total)),
    previous:
      start > 0 && first !== undefined
        ? ({ direction: 'before', position: order.positionOf(first) } as const)
        : null,
    next:
      end < total && last !== undefined
        ? ({ direction: 'after', position: order.positionOf(last) } as const)
        : null,
  }
}

function toFacetCounts(columns: FacetIndex, matches: MatchingRows): FacetCounts {
  const languages = new Map<string, number>()
  columns.languageSets.forEach((combination, place) => {
    const count = matches.languages[place] ?? 0
    if (count === 0) return
    for (const code of combination) languages.set(code, (languages.get(code) ?? 0) + count)
  })
  // No language that anybody could choose.
  languages.delete('und')
  const countries = Array.from(matches.countries, (count, code) => ({ code, count }))
  return {
    regions: countByCode(REGIONS, (region) => matches.regions[regionCode(region)] ?? 0),
    countries: countries
      .flatMap(({ code, count }) => {
        const country = countryFromCode(code)
        return country !== undefined && count > 0 ? [{ country, count }] : []
      })
      .sort((a, b) => (a.country < b.country ? -1 : 1)),
    areas: countByCode(PRIORITY_AREAS, (area) => {
      const bit = areaMask([area])
      return matches.areas.reduce((sum, count, mask) => (mask & bit ? sum + count : sum), 0)
    }),
    languages: [...languages]
      .map(([language, count]) => ({ language, count }))
      .sort((a, b) => (a.language < b.language ? -1 : 1)),
  }
}

function countByCode<Code extends string>(
  codes: readonly Code[],
  count: (code: Code) => number,
): Record<Code, number> {
  return Object.fromEntries(codes.map((code) => [code, count(code)])) as Record<Code, number>
}

/** The profiles that search documents stand for, in the same order; what went since is left out. */
async function loadPublicProfiles(documents: number[]): Promise<PublicProfile[]> {
  // Put in order here: the database would carry every text through its sorting.
  const rows = await reader().$queryRaw<{ place: number | bigint; profile: string }[]>(sql`
    SELECT asked.key AS "place", ${PUBLIC_JSON} AS "profile"
    FROM json_each(${JSON.stringify(documents)}) asked
    CROSS JOIN "SearchDocument" d ON d."id" = asked.value
    CROSS JOIN "Organisation" o ON o."id" = d."organisationId"
    WHERE ${PUBLIC_SQL}`)
  return rows
    .sort((one, other) => Number(one.place) - Number(other.place))
    .map(({ profile }) => parsePublicProfile(profile))
}

function toListPage(page: Page<PublicProfile>, locale: string): Page<ListedOrganisation> {
  const { total, pageCount, previous, next, search } = page
  const marks = search?.terms ?? []
  return {
    ...{ total, page: page.page, pageCount, previous, next, search },
    organisations: page.organisations.map((profile) =>
      toListedOrganisation(profile, locale, marks),
    ),
  }
}

function toListedOrganisation(
  profile: PublicProfile,
  locale: string,
  tokens: string[],
): ListedOrganisation {
  return {
    slug: profile.slug,
    name: profile.name,
    country: isCountry(profile.country) ? profile.country : null,
    region: isRegion(profile.region) ? profile.region : null,
    languages: languagesOf(profile.answers),
    excerpt: passage(profile, locale, tokens),
    updatedAt: profile.updatedAt,
  }
}

/** The passage with most words of the search, in the reader's language where that is as good. */
function passage(profile: PublicProfile, locale: string, tokens: string[]): ListedExcerpt | null {
  const best = tokens.length > 0 ? bestPassage(profile, locale, tokens) : null
  if (best) {
    const { question, answer, hits } = best
    return {
      question,
      language: answer.language,
      ...excerpt(answer.text, hits),
      fallback: answer.language !== locale,
    }
  }
  for (const question of QUESTIONS) {
    const read = pickAnswer(profile.answers[question], locale)
    if (read) {
      const { language, text } = read.answer
      return { question, language, ...excerpt(text), fallback: read.fallback }
    }
  }
  return null
}

function bestPassage(profile: PublicProfile, locale: string, tokens: string[]) {
  const all = QUESTIONS.flatMap((question) =>
    profile.answers[question].map((answer) => ({ question, answer })),
  )
  const isOwn = ({ answer }: (typeof all)[number]) => answer.language === locale
  let best: ((typeof all)[number] & ReturnType<typeof findHits>) | null = null
  // The reader's language first: once it has every word, nothing else can be better.
  for (const one of [...all.filter(isOwn), ...all.filter((other) => !isOwn(other))]) {
    const { hits, found } = findHits(one.answer.text, tokens)
    if (found > (best?.found ?? 0)) best = { ...one, hits, found }
    if (best?.found === tokens.length) break
  }
  return best
}

/** Organisations read at a time where all that are found are wanted. */
const BATCH_SIZE = 200

/**
 * Everything that is found, in the order of the list, read in pieces as they are asked for: memory
 * holds one piece and the ids. What is hidden meanwhile is left out.
 *
 * @param filters what is asked; the page does not count
 */
export async function streamProfiles(
  filters: Filters,
): Promise<{ total: number; pieces: AsyncGenerator<PublicProfile[], void> }> {
  const { columns, hits, matches } = await applyFilters(filters)
  const { rows: slots } = sortRows(columns, matches, filters.sort, hits, null)
  const documents = Array.from(slots, (slot) => columns.documentIds[slot] ?? 0)
  async function* read() {
    for (let start = 0; start < documents.length; start += BATCH_SIZE) {
      yield await loadPublicProfiles(documents.slice(start, start + BATCH_SIZE))
    }
  }
  return { total: documents.length, pieces: read() }
}
