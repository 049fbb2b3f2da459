import { reader } from '@/lib/db/client'
import type { Country } from '@/lib/places/countries'
import { isCountry } from '@/lib/places/countries'
import { REGIONS, isRegion, type Region } from '@/lib/places/regions'
import { languagesOf, readAnswer } from '@/lib/profile/answers'
import {
  PUBLIC_SELECT,
  PUBLIC_WHERE,
  toPublicProfile,
  type PublicProfile,
} from '@/lib/profile/public'
import { PRIORITY_AREAS, QUESTIONS, type PriorityArea, type Question } from '@/lib/profile/schema'
import { excerpt, findHits } from '@/lib/search/excerpt'
import { search, type SearchAnswer } from '@/lib/search/search'
import { PAGE_SIZE, type Filters } from './filters'
import { listedOrganisations, type Listed } from './listed'

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
export type Choices = {
  regions: Record<Region, number>
  countries: { country: Country; count: number }[]
  /** With the areas that are chosen already. */
  areas: Record<PriorityArea, number>
  languages: { language: string; count: number }[]
}

/**
 * One page of the list.
 *
 * @param filters what is asked; a page past the end gives no organisations
 * @param locale language of the reader, for the excerpts
 */
export async function listOrganisations(
  filters: Filters,
  locale: string,
): Promise<{
  total: number
  pageCount: number
  organisations: ListedOrganisation[]
  /** Null where no words are searched for. */
  search: SearchAnswer | null
}> {
  const found = filters.q === '' ? null : await search(reader(), filters.q)
  const { total, profiles } = await findPage(filters)
  const tokens = found?.marks ?? []
  return {
    total,
    pageCount: Math.max(1, Math.ceil(total / PAGE_SIZE)),
    organisations: profiles.map((profile) => toListed(profile, locale, tokens)),
    search: found,
  }
}

/** One page of the list with whole public profiles: what the API answers. */
export async function findPage(
  filters: Filters,
): Promise<{ total: number; profiles: PublicProfile[] }> {
  const [listed, tests] = await Promise.all([listedOrganisations(), testsOf(filters)])
  const found = listed.filter((one) => tests.every(({ passes }) => passes(one)))
  if (filters.sort === 'newest') found.sort((a, b) => a.newest - b.newest)
  const start = (filters.page - 1) * PAGE_SIZE
  return {
    total: found.length,
    profiles: await publicProfiles(found.slice(start, start + PAGE_SIZE).map(({ id }) => id)),
  }
}

/** Counts beside each choice of the form; every count is what following that choice gives. */
export async function countChoices(filters: Filters): Promise<Choices> {
  const [listed, tests] = await Promise.all([listedOrganisations(), testsOf(filters)])
  const regions = new Tally()
  const countries = new Tally()
  const areas = new Tally()
  const languages = new Tally()
  for (const one of listed) {
    const failed = onlyFailed(tests, one)
    const all = failed === null
    // Another region, country or language would take the place of the chosen one, so whoever fails
    // that test alone counts too; an area is added to those that are chosen.
    if (all || failed === 'region') regions.add(one.region)
    if (all || failed === 'country') countries.add(one.country)
    if (all) for (const area of one.areas) areas.add(area)
    if (all || failed === 'lang') for (const language of one.languages) languages.add(language)
  }
  return {
    regions: regions.record(REGIONS),
    countries: countries
      .list()
      .flatMap(({ code, count }) => (isCountry(code) ? [{ country: code, count }] : [])),
    areas: areas.record(PRIORITY_AREAS),
    languages: languages
      .list()
      .flatMap(({ code, count }) => (code === 'und' ? [] : [{ language: code, count }])),
  }
}

/** What the home page tells of the whole directory. */
export async function directoryOverview(locale: string): Promise<{
  total: number
  countries: number
  regions: Record<Region, number>
  /** The latest that were listed, newest first. */
  newest: ListedOrganisation[]
}> {
  const [listed, newest] = await Promise.all([listedOrganisations(), newestProfiles(6)])
  const regions = new Tally()
  for (const { region } of listed) regions.add(region)
  return {
    total: listed.length,
    countries: new Set(listed.flatMap(({ country }) => country ?? [])).size,
    regions: regions.record(REGIONS),
    newest: newest.map((profile) => toListed(profile, locale, [])),
  }
}

/** The profiles that were listed last, newest first. */
export async function newestProfiles(limit: number): Promise<PublicProfile[]> {
  const rows = await reader().organisation.findMany({
    where: PUBLIC_WHERE,
    select: PUBLIC_SELECT,
    orderBy: [{ listedAt: 'desc' }, { nameFolded: 'asc' }, { id: 'asc' }],
    take: limit,
  })
  return rows.map(toPublicProfile)
}

/** Addresses and dates of listed profiles for the site map, in pieces; `piece` counts from 0. */
export async function sitemapPiece(
  piece: number,
  size: number,
): Promise<{ slug: string; updatedAt: Date; languages: string[] }[]> {
  const rows = await reader().organisation.findMany({
    where: PUBLIC_WHERE,
    select: { slug: true, updatedAt: true, answers: { select: { language: true } } },
    orderBy: { id: 'asc' },
    skip: piece * size,
    take: size,
  })
  return rows.map(({ slug, updatedAt, answers }) => ({
    slug,
    updatedAt,
    languages: [...new Set(answers.map(({ language }) => language))],
  }))
}

/** How many profiles are listed. */
export function countListed(): Promise<number> {
  return reader().organisation.count({ where: PUBLIC_WHERE })
}

/** What an organisation must pass, one test for each filter in use. */
type Test = {
  filter: 'q' | 'region' | 'country' | 'areas' | 'lang'
  passes: (one: Listed) => boolean
}

async function testsOf({ q, region, country, areas, lang }: Filters): Promise<Test[]> {
  const tests: Test[] = []
  if (q !== '') {
    const matching = await matchingIds(q)
    tests.push({ filter: 'q', passes: ({ id }) => matching.has(id) })
  }
  if (region) tests.push({ filter: 'region', passes: (one) => one.region === region })
  if (country) tests.push({ filter: 'country', passes: (one) => one.country === country })
  if (areas.length > 0) {
    tests.push({
      filter: 'areas',
      passes: (one) => areas.every((area) => one.areas.includes(area)),
    })
  }
  if (lang) tests.push({ filter: 'lang', passes: (one) => one.languages.includes(lang) })
  return tests
}

async function matchingIds(q: string): Promise<ReadonlySet<string>> {
  const { documents } = await search(reader(), q)
  const [row] = await reader().$queryRaw<{ ids: string | null }[]>`
    SELECT string_agg("organisationId", ' ') AS "ids" FROM "SearchDocument"
    WHERE "id" IN (SELECT value FROM json_each(${JSON.stringify([...documents])}))`
  return new Set(row?.ids?.split(' ') ?? [])
}

/** The filter that keeps an organisation out; null where none does. */
function onlyFailed(tests: Test[], one: Listed): Test['filter'] | 'several' | null {
  let failed: Test['filter'] | null = null
  for (const { filter, passes } of tests) {
    if (passes(one)) continue
    if (failed !== null) return 'several'
    failed = filter
  }
  return failed
}

/** How often each code occurs. */
class Tally {
  readonly #counts = new Map<string, number>()

  add(code: string | null): void {
    if (code !== null) this.#counts.set(code, (this.#counts.get(code) ?? 0) + 1)
  }

  /** In the order of the codes. */
  list(): { code: string; count: number }[] {
    return [...this.#counts]
      .map(([code, count]) => ({ code, count }))
      .sort((a, b) => (a.code < b.code ? -1 : 1))
  }

  record<Code extends string>(codes: readonly Code[]): Record<Code, number> {
    return Object.fromEntries(codes.map((code) => [code, this.#counts.get(code) ?? 0])) as Record<
      Code,
      number
    >
  }
}

async function publicProfiles(ids: string[]): Promise<PublicProfile[]> {
  const rows = await reader().organisation.findMany({
    where: { ...PUBLIC_WHERE, id: { in: ids } },
    select: { id: true, ...PUBLIC_SELECT },
  })
  return ids.flatMap((id) => {
    const row = rows.find((one) => one.id === id)
    return row ? [toPublicProfile(row)] : []
  })
}

function toListed(profile: PublicProfile, locale: string, tokens: string[]): ListedOrganisation {
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
    const read = readAnswer(profile.answers[question], locale)
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
