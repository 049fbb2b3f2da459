import { isCountry, type Country } from '@/lib/places/countries'
import { REGIONS, type Region } from '@/lib/places/regions'
import { listedOrganisations } from './listed'

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
  const listed = await listedOrganisations()
  const counts = new Map<Country, { count: number; regions: Map<string, number> }>()
  let total = 0
  let withoutCountry = 0
  for (const one of listed) {
    if (region !== null && one.region !== region) continue
    total++
    if (!isCountry(one.country)) {
      withoutCountry++
      continue
    }
    const counted = counts.get(one.country) ?? { count: 0, regions: new Map<string, number>() }
    counted.count++
    if (one.region) counted.regions.set(one.region, (counted.regions.get(one.region) ?? 0) + 1)
    counts.set(one.country, counted)
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
