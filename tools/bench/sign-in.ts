import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { requestPasswordReset } from '@/lib/auth/password-reset'
import { signIn } from '@/lib/auth/sign-in'
import { closeDatabase } from '@/lib/database/client'
import { migrate } from '@/lib/database/migrate'
import { env } from '@/lib/env'
import { createUser } from '@/tests/support/people'
import { readForm, sendForm } from '@/tests/support/plain-form'
import { serveSite } from './processes'
import { table } from './table'

// Run by run.ts as a process of its own, on a database of its own: how long the answer takes to
// whoever has an account and to whoever has none (A11).

const IN_THE_PROCESS = 500
const OVER_HTTP = 100
const WARM_UP = 10
/** Milliseconds between the medians. */
const MOST = 5

const KNOWN = 'known@fictional.example'
const password = 'not the password'

migrate(env.databaseFile, join(env.root, 'prisma/migrations'))
await createUser('member', { email: KNOWN })
const database = new Database(env.databaseFile)

/** As if nobody had tried or asked for anything: neither limits nor waiting mail count. */
function forget() {
  database.exec('DELETE FROM "RateLimiterFlexible"; DELETE FROM "OutboxMail"')
}

async function timed(work: (email: string) => Promise<unknown>, email: string): Promise<number> {
  forget()
  const began = performance.now()
  await work(email)
  return performance.now() - began
}

const median = (values: number[]) =>
  values.sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN

/** Known and unknown in turn, so that whatever else the machine does falls on both. */
async function compare(
  name: string,
  count: number,
  work: (email: string) => Promise<unknown>,
): Promise<string[]> {
  process.stderr.write(`Measuring: ${name}, ${String(count)} times each …\n`)
  const times = { known: [] as number[], unknown: [] as number[] }
  for (let round = -WARM_UP; round < count; round++) {
    const stranger = `${randomUUID().slice(0, 5)}@fictional.example`
    const order = [
      ['known', KNOWN],
      ['unknown', stranger],
    ] as const
    for (const [who, email] of round % 2 === 0 ? order : order.toReversed()) {
      const took = await timed(work, email)
      if (round >= 0) times[who].push(took)
    }
  }
  const unsorted = [...times.unknown]
  const [known, unknown] = [median(times.known), median(times.unknown)]
  const difference = Math.abs(known - unknown)
  // What the same question differs by from itself: a busy machine cannot tell five milliseconds.
  const half = (rest: number) => median(unsorted.filter((_, index) => index % 2 === rest))
  const noise = Math.abs(half(0) - half(1))
  const verdict = difference < MOST ? 'held' : noise < MOST / 2 ? 'not held' : 'too busy to tell'
  return [
    name,
    String(count),
    ...[known, unknown, difference, noise].map((value) => value.toFixed(2)),
    verdict,
  ]
}

const headers = () => new Headers({ 'x-client-address-prefix': '203.0.113.0/24' })
const rows = [
  await compare('sign-in', IN_THE_PROCESS, (email) => signIn(headers(), { email, password })),
  await compare('forgotten password', IN_THE_PROCESS, (email) =>
    requestPasswordReset(headers(), email),
  ),
]
await closeDatabase()

const site = await serveSite({ DATABASE_URL: env.DATABASE_URL, PUBLIC_ORIGIN: '' })
try {
  // While no public origin is set, every name of this machine is the site's own.
  const forms = {
    signIn: await readForm(site.origin, '/en/sign-in'),
    forgotten: await readForm(site.origin, '/en/sign-in/forgotten'),
  }
  rows.push(
    await compare('sign-in over HTTP', OVER_HTTP, (email) =>
      sendForm(site.origin, forms.signIn, { email, password }),
    ),
    await compare('forgotten password over HTTP', OVER_HTTP, (email) =>
      sendForm(site.origin, forms.forgotten, { email }),
    ),
  )
} finally {
  await site.stop()
}
database.close()

process.stdout.write(
  `${table([
    ['A11', 'n', 'known ms', 'unknown ms', 'difference', 'noise', `< ${String(MOST)} ms`],
    ...rows,
  ])}\n`,
)
