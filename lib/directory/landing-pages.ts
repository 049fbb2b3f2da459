import { catalogs } from '@/lib/i18n/catalogs'
import { routing, type Locale } from '@/lib/i18n/routing'
import { COUNTRIES, isCountry, type Country } from '@/lib/geo/countries'
import { parseCountry, parseRegion } from '@/lib/geo/parse-country'
import { REGIONS, isRegion, type Region } from '@/lib/geo/regions'
import { PRIORITY_AREAS, type PriorityArea } from '@/lib/organisations/schema'
import { slugFrom } from '@/lib/organisations/slug'
import type { Filters } from './filters'

/** A filter that has a page of its own. */
export type LandingPage =
  | { kind: 'country'; code: Country }
  | { kind: 'region'; code: Region }
  | { kind: 'area'; code: PriorityArea }

type LandingPageKind = LandingPage['kind']

/** The segment of the address that says what follows; no profile can have it as its own address. */
const SEGMENTS: Readonly<Record<LandingPageKind, Readonly<Record<Locale, string>>>> = {
  country: { en: 'country', fr: 'pays' },
  region: { en: 'region', fr: 'region' },
  area: { en: 'area', fr: 'domaine' },
}

const KINDS = Object.keys(SEGMENTS) as LandingPageKind[]

/** Every place that has a page. */
export const LANDING_PAGES: readonly LandingPage[] = [
  ...REGIONS.map((code) => ({ kind: 'region', code }) as const),
  ...COUNTRIES.map((code) => ({ kind: 'country', code }) as const),
  ...PRIORITY_AREAS.map((code) => ({ kind: 'area', code }) as const),
]

/** Nobody writes a longer name of a place. */
const MAX_NAME_LENGTH = 100

/** What a place is called on its own page; areas in a few words. */
export function landingPageName(locale: Locale, place: LandingPage): string {
  const { Countries, Regions, LandingPages } = catalogs[locale]
  if (place.kind === 'country') return Countries[place.code]
  return place.kind === 'region' ? Regions[place.code] : LandingPages.areas[place.code].name
}

// What stands in brackets explains a region; with a country it tells one from another.
function makeSlug(locale: Locale, place: LandingPage): string {
  const name = landingPageName(locale, place)
  return slugFrom(place.kind === 'region' ? name.replace(/\s*\(.*\)/, '') : name)
}

type Slugs = { ofPlace: Map<string, string>; placeOf: Map<string, LandingPage> }
const slugCache = new Map<Locale, Slugs>()

function slugs(locale: Locale): Slugs {
  const known = slugCache.get(locale)
  if (known) return known
  const made: Slugs = { ofPlace: new Map(), placeOf: new Map() }
  for (const place of LANDING_PAGES) {
    const slug = makeSlug(locale, place)
    made.ofPlace.set(`${place.kind} ${place.code}`, slug)
    made.placeOf.set(`${place.kind} ${slug}`, place)
  }
  slugCache.set(locale, made)
  return made
}

/**
 * The address of a place's page, from the language on, in each language of the interface.
 *
 * @param query of a page of its list, `?…` or empty
 */
export function landingPagePath(place: LandingPage, query = ''): Record<Locale, string> {
  return Object.fromEntries(
    routing.locales.map((locale) => {
      const slug = slugs(locale).ofPlace.get(`${place.kind} ${place.code}`) ?? place.code
      return [locale, `/organisations/${SEGMENTS[place.kind][locale]}/${slug}${query}`]
    }),
  ) as Record<Locale, string>
}

/** The address of the map of a region, or of the world (null), from the language on. */
export function mapPath(region: Region | null) {
  return region === null ? '/map' : (`/map/${region}` as const)
}

/**
 * Finds the place that an address names. Another language's word for the kind, another language's
 * name, a code and any name that the directory recognises lead to the same place.
 *
 * @param segment what says the kind: `pays`, `country`, …
 * @param name as it stands in the address, decoded
 * @returns the place, and whether this is its address in this language; null where it names none
 */
export function findLandingPage(
  locale: Locale,
  segment: string,
  name: string,
): { place: LandingPage; isItsAddress: boolean } | null {
  if (name.length > MAX_NAME_LENGTH) return null
  const kind = KINDS.find((one) => Object.values(SEGMENTS[one]).includes(segment))
  if (kind === undefined) return null
  const own = slugs(locale).placeOf.get(`${kind} ${name}`)
  if (own) return { place: own, isItsAddress: segment === SEGMENTS[kind][locale] }
  const place = findByOtherName(kind, name)
  return place === null ? null : { place, isItsAddress: false }
}

function findByOtherName(kind: LandingPageKind, name: string): LandingPage | null {
  const slug = slugFrom(name)
  for (const locale of routing.locales) {
    const place = slugs(locale).placeOf.get(`${kind} ${slug}`)
    if (place) return place
  }
  if (kind === 'area') {
    const code = PRIORITY_AREAS.find((area) => area === slug)
    return code === undefined ? null : { kind, code }
  }
  const words = name.replaceAll('-', ' ')
  if (kind === 'region') {
    const code = isRegion(slug) ? slug : parseRegion(words)
    return code === null ? null : { kind, code }
  }
  const code = name.toUpperCase()
  if (isCountry(code)) return { kind, code }
  const found = parseCountry(words)
  return found.ok ? { kind, code: found.country } : null
}

/** The filters of a place's list, beside others. */
export function landingPageFilters(place: LandingPage, others: Filters): Filters {
  if (place.kind === 'country') return { ...others, country: place.code }
  if (place.kind === 'region') return { ...others, region: place.code }
  return {
    ...others,
    areas: PRIORITY_AREAS.filter((area) => area === place.code || others.areas.includes(area)),
  }
}

/** What is asked beside a place. */
export function withoutLandingPageFilter(place: LandingPage, filters: Filters): Filters {
  if (place.kind === 'country') return { ...filters, country: null }
  if (place.kind === 'region') return { ...filters, region: null }
  return { ...filters, areas: filters.areas.filter((area) => area !== place.code) }
}
