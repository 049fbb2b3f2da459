import { closeDatabase } from '@/lib/db/client'
import { COUNTRIES } from '@/lib/places/countries'
import { suggestRegion } from '@/lib/places/suggested-region'
import { saveProfiles } from '@/lib/profile/commands'
import { administrator, content } from './profiles'

// Run as a process of its own: `tsx tests/support/list-everywhere.ts`. Lists organisations in every
// country there is, in some more than in others.
const saves = COUNTRIES.flatMap((country, index) =>
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
