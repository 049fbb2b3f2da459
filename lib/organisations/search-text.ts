import { catalogs } from '@/lib/i18n/catalogs'
import { isCountry } from '@/lib/geo/countries'
import { isRegion } from '@/lib/geo/regions'
import { buildIndexRows, type IndexRows, type SearchableText } from '@/lib/search/analyze'

/** The searchable part of a profile. */
type SearchableProfile = {
  name: string
  aliases: string[]
  country: string | null
  region: string | null
  answers: { language: string; text: string }[]
}

/** The text by which a listed profile is found; all of it is public. */
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

/** Searchable text of a listed profile as JSON, as the query of `reindex` builds it. */
export type ProfileToIndex = { id: number; read: string }

/** The rows of the full-text index for some profiles. */
export function toIndexRows(profiles: readonly ProfileToIndex[]): IndexRows {
  return buildIndexRows(
    profiles.map(({ id, read }) => ({
      id,
      text: searchableText(JSON.parse(read) as SearchableProfile),
    })),
  )
}
