import { writer, closeDatabase } from '@/lib/db/client'
import { hideProfile } from '@/lib/profile/commands'
import { givenPerson, passwordSignIn, setUpFactor } from './people'
import { givenProfile } from './profiles'

// Run as a process of its own: `tsx tests/support/desk-session.ts NAME`. Puts an administrator who has
// signed in just now and an organisation of that name into the database of the site under test, and
// prints both as JSON: cookies of the session, id of the organisation.
const [name = ''] = process.argv.slice(2)
const id = await givenPerson('administrator', {
  email: `${name.toLowerCase().replaceAll(/[^a-z]/g, '-')}@fictional.example`,
})
const jar = await passwordSignIn((await writer().user.findUniqueOrThrow({ where: { id } })).email)
await setUpFactor(jar)
const organisation = await givenProfile({ name })
await hideProfile(
  { kind: 'person', id, role: 'administrator' },
  { id: organisation.id, reason: 'hide' },
)
const cookies = (jar.headers.get('cookie') ?? '').split('; ').map((pair) => {
  const at = pair.indexOf('=')
  return { name: pair.slice(0, at), value: pair.slice(at + 1) }
})
process.stdout.write(JSON.stringify({ cookies, organisation: organisation.id }))
await closeDatabase()
