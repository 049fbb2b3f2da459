import { closeDatabase } from '@/lib/database/client'
import { COUNTRIES } from '@/lib/geo/countries'
import { MAP_PROJECTIONS } from '@/lib/geo/projection'
import { suggestRegion } from '@/lib/geo/suggest-region'
import { saveProfiles } from '@/lib/organisations/save'
import { administrator, content } from './profiles'

// Run as a process of its own: `tsx tests/support/list-everywhere.ts shapes|dots`. Lists organisations
// in every country that the map of the world has as a shape, or as a dot; in some more than in others.
const kind = process.argv[2] === 'dots' ? 'dots' : 'shapes'
const countries = COUNTRIES.filter((country) => MAP_PROJECTIONS.world[kind][country] !== undefined)
const saves = countries.flatMap((country, index) =>
  Array.from({ length: 1 + (index % 3 === 0 ? index % 12 : 0) }, (_, number) => ({
    profile: null,
    content: content({
      name: `Fictional ${country} ${number}`,
      country,
      region: suggestRegion(country),
    }),
    reason: 'fixture',
    status: 'listed' as const,
  })),
)
await saveProfiles(administrator, saves)
await closeDatabase()
