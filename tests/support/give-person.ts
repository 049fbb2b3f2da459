import { closeDatabase } from '@/lib/db/client'
import type { Role } from '@/lib/access/rules'
import { givenPerson } from './people'

// Run as a process of its own: `tsx tests/support/give-person.ts ROLE EMAIL [REACH]`, with the reach
// as JSON. The browser's tests import nothing of the product.
const [role, email = '', reach = '{}'] = process.argv.slice(2)
const id = await givenPerson(role as Role, {
  ...(JSON.parse(reach) as Parameters<typeof givenPerson>[1]),
  email,
})
process.stdout.write(id)
await closeDatabase()
