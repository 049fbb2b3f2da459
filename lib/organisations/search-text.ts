import { catalogs } from '@/lib/i18n/catalogs'
import { isCountry } from '@/lib/geo/countries'
import { isRegion } from '@/lib/geo/regions'
import { indexRows, type IndexRows, type SearchableText } from '@/lib/search/analyze'

/** What a search may look through of a profile. */
type SearchedProfile = {
  name: string
  aliases: string[]
  country: string | null
  region: string | null
  answers: { language: string; text: string }[]
}

/** The text of a listed profile by which it is found: all of it is public. */
export function searchableText(profile: SearchedProfile): SearchableText {
  const { name, aliases, answers } = profile
  const country = isCountry(profile.country) ? profile.country : null
  const region = isRegion(profile.region) ? profile.region : null
  return {
    names: [name, ...aliases],
    country,
    region,
    places: Object.values(catalogs).flatMap(({ Countries, Regions }) => [
      ...(country ? [Countries[country]] : []),
      ...(region ? [Regions[region]] : []),
    ]),
    answers: answers.map(({ language, text }) => ({ language, text })),
  }
}

/** Public text of a listed profile as the database hands it out, in one JSON object. */
export type ReadProfile = { id: number; read: string }

/** What the index holds of profiles that were read, as `indexRows` gives it. */
export function rowsOfProfiles(profiles: readonly ReadProfile[]): IndexRows {
  return indexRows(
    profiles.map(({ id, read }) => ({
      id,
      text: searchableText(JSON.parse(read) as SearchedProfile),
    })),
  )
}
