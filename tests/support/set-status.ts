import { reader, closeDatabase } from '@/lib/database/client'
import { hideProfile, listProfile } from '@/lib/organisations/publish'

// Run as a process of its own: `tsx tests/support/set-status.ts SLUG hidden|listed`. The site under
// test must notice what another process changes.
const [slug = '', status] = process.argv.slice(2)
const { id } = await reader().organisation.findUniqueOrThrow({ where: { slug } })
const command = status === 'hidden' ? hideProfile : listProfile
const outcome = await command(
  { kind: 'user', id: 'fixtures', role: 'administrator' },
  { id, reason: 'test' },
)
if (!outcome.ok) throw new Error(outcome.reason)
await closeDatabase()
