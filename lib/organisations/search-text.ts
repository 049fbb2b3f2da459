import { catalogs } from '@/lib/i18n/catalogs'
import { isCountry } from '@/lib/geo/countries'
import { isRegion } from '@/lib/geo/regions'
import { buildIndexRows, type IndexRows, type SearchableText } from '@/lib/search/analyze'

/** What a search may look through of a profile. */
type SearchableProfile = {
  name: string
  aliases: string[]
  country: string | null
  region: string | null
  answers: { language: string; text: string }[]
}

/** The text of a listed profile by which it is found: all of it is public. */
export function searchableText(profile: SearchableProfile): SearchableText {
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
export type ProfileToIndex = { id: number; read: string }

/** What the index holds of profiles that were read, as `indexRows` gives it. */
export function toIndexRows(profiles: readonly ProfileToIndex[]): IndexRows {
  return buildIndexRows(
    profiles.map(({ id, read }) => ({
      id,
      text: searchableText(JSON.parse(read) as SearchableProfile),
    })),
  )
}
