import { closeDatabase } from '@/lib/database/client'
import { requiresTwoFactor } from '@/lib/auth/session'
import type { Role } from '@/lib/permissions/permissions'
import { createUser, passwordSignIn, setUpFactor } from './people'

// Run as a process of its own: `tsx tests/support/give-person.ts ROLE EMAIL [REACH]`, with the reach
// as JSON. Signs the person in, with a second factor where the role needs one, and prints as JSON the
// id, the secret of the factor and the cookies. The browser's tests import nothing of the product.
const [role, email = '', reach = '{}'] = process.argv.slice(2)
const asked = role as Role
const id = await createUser(asked, {
  ...(JSON.parse(reach) as Parameters<typeof createUser>[1]),
  email,
})
const jar = await passwordSignIn(email)
const secret = requiresTwoFactor(asked) ? (await setUpFactor(jar)).secret : null
process.stdout.write(JSON.stringify({ id, secret, cookies: jar.cookies }))
await closeDatabase()
