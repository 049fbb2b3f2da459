import { signInWithCode } from '@/lib/auth/sign-in'
import { closeDatabase } from '@/lib/database/client'
import { passwordSignIn } from '@/tests/support/people'

// Run as a process of its own, by a clock of its own: `tsx tools/soak/clock.ts EMAIL CODE`. Signs
// somebody in and prints whether their code was taken.
const [email = '', code = ''] = process.argv.slice(2)
const jar = await passwordSignIn(email)
const outcome = await signInWithCode(jar.headers, code)
process.stdout.write(outcome.ok ? 'taken' : outcome.reason)
await closeDatabase()
