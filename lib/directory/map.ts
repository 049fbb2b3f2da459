import type { Country } from '@/lib/geo/countries'
import { REGIONS, type Region } from '@/lib/geo/regions'
import { countryFromCode, regionCode } from './facet-columns'
import { currentFacetIndex } from './facet-cache'

/** How many organisations are listed in a country. */
export type CountryCount = {
  country: Country
  count: number
  /** The region that most of them belong to, the network's first where several are equal; null where none has one. */
  region: Region | null
}

/**
 * Counts the listed organisations by country.
 *
 * @param region counts those of this region only; null: all
 * @returns the countries with at least one, in the order of their codes; how many organisations there
 *   are in all; how many of them name no country
 */
export async function countByCountry(
  region: Region | null,
): Promise<{ total: number; withoutCountry: number; countries: CountryCount[] }> {
  const columns = await currentFacetIndex()
  const wanted = region === null ? null : regionCode(region)
  const counts = new Map<Country, { count: number; regions: Map<Region, number> }>()
  let total = 0
  let withoutCountry = 0
  for (const slot of columns.byName) {
    const code = columns.regions[slot] ?? 0
    if (wanted !== null && code !== wanted) continue
    total++
    const country = countryFromCode(columns.countries[slot] ?? 0)
    if (country === undefined) {
      withoutCountry++
      continue
    }
    const counted = counts.get(country) ?? { count: 0, regions: new Map<Region, number>() }
    counted.count++
    const own = REGIONS[code - 1]
    if (own) counted.regions.set(own, (counted.regions.get(own) ?? 0) + 1)
    counts.set(country, counted)
  }
  const countries = [...counts].map(([country, { count, regions }]) => ({
    country,
    count,
    region: REGIONS.reduce<Region | null>(
      (most, other) =>
        (regions.get(other) ?? 0) > (most ? (regions.get(most) ?? 0) : 0) ? other : most,
      null,
    ),
  }))
  countries.sort((one, other) => (one.country < other.country ? -1 : 1))
  return { total, withoutCountry, countries }
}

/**
 * The counts at which the steps of the shading begin: 1, 2, 5 and 10, or tenfold, hundredfold … of
 * it, so that the fullest country does not make all others look alike.
 *
 * @param largest the largest count to be shown
 */
export function shadingSteps(largest: number): [number, number, number, number] {
  const scale = 10 ** Math.max(0, Math.floor(Math.log10(Math.max(largest, 1) / 5)))
  return scale === 1 ? [1, 2, 5, 10] : [1, scale, 5 * scale, 10 * scale]
}
