import { filtersToQuery, parseFilters } from '@/lib/directory/filters'
import {
  landingPageFilters,
  landingPagePath,
  type LandingPage,
} from '@/lib/directory/landing-pages'
import { countFacets } from '@/lib/directory/queries'
import type { LocalizedPath } from '@/lib/i18n/navigation'
import { REGIONS, type Region } from '@/lib/geo/regions'
import { suggestRegion } from '@/lib/geo/suggest-region'
import { PRIORITY_AREAS } from '@/lib/organisations/schema'

type PageWithCount = { place: LandingPage; count: number; path: LocalizedPath }

/** What stands around a place: what it lies in, what it is made of, and what is like it. */
type RelatedPages = { parents: LandingPage[]; counted: PageWithCount[]; linked: LandingPage[] }

const everything = parseFilters({}).filters

/** Finds the places to which the page of a place leads; only those in which anybody is listed. */
export async function relatedPages(place: LandingPage): Promise<RelatedPages> {
  if (place.kind === 'country') return relatedToCountry(place)
  const [inPlace, overall] = await Promise.all([
    countFacets(landingPageFilters(place, everything)),
    countFacets(everything),
  ])
  if (place.kind === 'area') {
    return {
      parents: [],
      counted: REGIONS.flatMap((code) => {
        const region = { kind: 'region', code } as const
        const path = `/organisations${filtersToQuery(landingPageFilters(region, landingPageFilters(place, everything)))}`
        return inPlace.regions[code] === 0
          ? []
          : [{ place: region, count: inPlace.regions[code], path }]
      }),
      linked: PRIORITY_AREAS.filter((code) => code !== place.code && overall.areas[code] > 0).map(
        (code) => ({ kind: 'area', code }) as const,
      ),
    }
  }
  const totals = new Map(overall.countries.map(({ country, count }) => [country, count]))
  return {
    parents: [],
    counted: inPlace.countries.map(({ country: code, count }) => {
      const country = { kind: 'country', code } as const
      // The network may place the organisations of one country in two regions: the count leads to
      // those that it counts.
      const isWhole = totals.get(code) === count
      const both = landingPageFilters(country, landingPageFilters(place, everything))
      return {
        place: country,
        count,
        path: isWhole ? landingPagePath(country) : `/organisations${filtersToQuery(both)}`,
      }
    }),
    linked: REGIONS.filter((code) => code !== place.code && overall.regions[code] > 0).map(
      (code) => ({ kind: 'region', code }) as const,
    ),
  }
}

async function relatedToCountry(
  place: Extract<LandingPage, { kind: 'country' }>,
): Promise<RelatedPages> {
  const { regions } = await countFacets(landingPageFilters(place, everything))
  const suggested = suggestRegion(place.code)
  const found: Region[] = REGIONS.filter((code) => regions[code] > 0)
  const codes = found.length > 0 ? found : suggested === null ? [] : [suggested]
  const [first] = codes
  const { countries } =
    first === undefined ? { countries: [] } : await countFacets({ ...everything, region: first })
  return {
    parents: codes.length === 1 ? codes.map((code) => ({ kind: 'region', code }) as const) : [],
    counted: [],
    linked: countries
      .filter(({ country }) => country !== place.code)
      .map(({ country: code }) => ({ kind: 'country', code }) as const),
  }
}
