import { closeDatabase } from '@/lib/database/client'
import { renameProfile } from '@/lib/organisations/rename'
import { administrator, givenProfile } from './profiles'

// Run as a process of its own: `tsx tests/support/list-last.ts`. Lists a profile after all others and
// renames it, so that it stands on every list, in every feed, and at two addresses.
const { id } = await givenProfile({ name: 'Fictional First Name' })
const slug = 'fictional-last-listed'
const outcome = await renameProfile(administrator, { id, slug, reason: 'rename' })
// A worker that starts again after a failure finds it there.
if (!outcome.ok && outcome.reason !== 'slugTaken') throw new Error(outcome.reason)
await closeDatabase()
