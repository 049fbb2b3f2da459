import { closeDatabase } from '@/lib/database/client'
import { hideProfile } from '@/lib/organisations/publish'
import { administrator, givenProfile } from './profiles'

// Run as a process of its own: `tsx tests/support/give-profile.ts NAME`. An organisation of that name
// that is hidden; prints its id.
const [name = ''] = process.argv.slice(2)
const { id } = await givenProfile({ name })
const hidden = await hideProfile(administrator, { id, reason: 'hide' })
if (!hidden.ok) throw new Error(hidden.reason)
process.stdout.write(id)
await closeDatabase()
