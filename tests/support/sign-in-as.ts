import { closeDatabase } from '@/lib/db/client'
import { ROLES } from '@/lib/access/rules'
import { givenPerson, passwordSignIn, setUpFactor } from '@/tests/support/people'

// Run as a process of its own: `tsx tests/support/sign-in-as.ts ROLE EMAIL [ORGANISATION]`. Makes a
// person, signs them in, with a second factor where their role needs one, and prints their cookies.
const [asked, email = '', organisation] = process.argv.slice(2)
const role = ROLES.find((one) => one === asked)
if (!role) throw new Error('which role?')
await givenPerson(role, { email, organisations: organisation ? [organisation] : [] })
const jar = await passwordSignIn(email)
if (role === 'administrator' || role === 'editor') await setUpFactor(jar)
process.stdout.write(jar.headers.get('cookie') ?? '')
await closeDatabase()
