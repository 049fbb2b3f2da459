import { isCountry } from '@/lib/geo/countries'
import { REGIONS, isRegion, type Region } from '@/lib/geo/regions'
import { PRIORITY_AREAS, type PriorityArea } from '@/lib/organisations/schema'
import { decodePosition, encodePosition, type Cursor, type SortOrder } from './cursor'

/** The orders that an address can ask for; without one, a search gives the best first. */
export const SORTS = ['name', 'newest'] as const satisfies readonly SortOrder[]
/** Organisations on one page of the list (contract). */
export const PAGE_SIZE = 24
/** Longest search that is looked at, in UTF-16 units; nobody types more. */
const MAX_QUERY_LENGTH = 500

/** No directory has so many pages: further ones are past the end like this one. */
const MAX_PAGE = 9_999_999

/** What a visitor asks of the list; the address is its only home. */
export type Filters = {
  /** As typed, white space collapsed; empty where nothing is asked. */
  q: string
  region: Region | null
  /** ISO 3166-1 alpha-2, upper case. */
  country: string | null
  /** All of them are required; in the network's order. */
  areas: PriorityArea[]
  /** Language of the texts, BCP 47. */
  lang: string | null
  sort: SortOrder
  /** From 1. */
  page: number
  /** Where the page begins or ends; null: where its number says. */
  cursor: Cursor | null
}

/** A parameter of the address that could not be used, as it came, and what would be understood. */
export type IgnoredParameter = {
  parameter: 'region' | 'country' | 'area' | 'lang' | 'sort' | 'page' | 'after' | 'before'
  value: string
  /** Null where the list would be too long or endless. */
  allowed: readonly string[] | null
}

type Parameters = Record<string, string | string[] | undefined> | URLSearchParams

/**
 * Reads the filters from the parameters of an address. Never fails: what cannot be used is left out
 * and named, so that the page says so and the API refuses. Unknown parameters do not count.
 */
export function parseFilters(parameters: Parameters): {
  filters: Filters
  ignored: IgnoredParameter[]
} {
  const ignored: IgnoredParameter[] = []
  const all = (name: string): string[] => {
    const values =
      parameters instanceof URLSearchParams ? parameters.getAll(name) : (parameters[name] ?? [])
    return [values].flat().filter((value) => value.trim() !== '')
  }
  function one<T>(
    parameter: IgnoredParameter['parameter'],
    allowed: readonly string[] | null,
    read: (value: string) => T | null,
  ): T | null {
    const [first, ...more] = all(parameter)
    if (first === undefined) return null
    const value = read(first)
    if (value === null) ignored.push({ parameter, value: first, allowed })
    for (const extra of more) {
      if (extra !== first) ignored.push({ parameter, value: extra, allowed })
    }
    return value
  }

  const asked = all('area')
  for (const value of asked) {
    if (!PRIORITY_AREAS.includes(value as PriorityArea)) {
      ignored.push({ parameter: 'area', value, allowed: PRIORITY_AREAS })
    }
  }
  const q = normalizeQuery(all('q').join(' '))
  const sort =
    one('sort', SORTS, (value) => SORTS.find((known) => known === value) ?? null) ?? defaultSort(q)
  const after = one('after', null, (value) => decodePosition(value, sort))
  const before = one('before', null, (value) => decodePosition(value, sort))
  return {
    filters: {
      q,
      region: one('region', REGIONS, (value) => (isRegion(value) ? value : null)),
      country: one('country', null, (value) => {
        const code = value.toUpperCase()
        return isCountry(code) ? code : null
      }),
      areas: PRIORITY_AREAS.filter((area) => asked.includes(area)),
      lang: one('lang', null, canonicalLanguage),
      sort,
      page:
        one('page', null, (value) =>
          /^0*[1-9]\d*$/.test(value) ? Math.min(Number(value), MAX_PAGE) : null,
        ) ?? 1,
      cursor: after
        ? { direction: 'after', position: after }
        : before && { direction: 'before', position: before },
    },
    ignored,
  }
}

/**
 * Writes filters as the canonical query string, `?…` or empty: one order of parameters, nothing that
 * is the default. The page falls back to the first, by its number, unless `changes` says otherwise.
 */
export function filtersToQuery(filters: Filters, changes: Partial<Filters> = {}): string {
  const asked = { ...filters, page: 1, cursor: null, ...changes }
  const { q, region, country, areas, lang, sort, page, cursor } = asked
  const parameters = new URLSearchParams()
  if (q !== '') parameters.set('q', q)
  if (region) parameters.set('region', region)
  if (country) parameters.set('country', country)
  for (const area of areas) parameters.append('area', area)
  if (lang) parameters.set('lang', lang)
  if (sort !== 'relevance' && sort !== defaultSort(q)) parameters.set('sort', sort)
  if (page > 1) parameters.set('page', String(page))
  if (cursor) parameters.set(cursor.direction, encodePosition(cursor.position))
  const query = parameters.toString()
  return query === '' ? '' : `?${query}`
}

function defaultSort(q: string): SortOrder {
  return q === '' ? 'name' : 'relevance'
}

function normalizeQuery(typed: string): string {
  return typed
    .slice(0, MAX_QUERY_LENGTH)
    .toWellFormed()
    .replaceAll(/[\p{Cc}\p{Cf}\s]+/gu, ' ')
    .trim()
    .normalize('NFC')
}

const languages = new Intl.DisplayNames('en', { type: 'language', fallback: 'none' })

function canonicalLanguage(value: string): string | null {
  if (!/^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$/.test(value)) return null
  try {
    const tag = Intl.getCanonicalLocales(value)[0]
    // A tag of the right form that stands for no language is a mistake, not an empty list.
    return tag !== undefined && languages.of(tag) !== undefined ? tag : null
  } catch {
    return null
  }
}
