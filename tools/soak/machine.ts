import { spawnSync } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { chmodSync, existsSync, mkdirSync, readdirSync } from 'node:fs'
import path from 'node:path'
import { closeDatabase } from '@/lib/database/client'
import { env } from '@/lib/env'
import { ask } from '@/tests/support/http'
import { createUser, passwordSignIn, setUpFactor } from '@/tests/support/people'
import { totp } from '@/tests/support/totp'
import { hold, needs, type Check } from './check'
import { givenDirectory, startSite } from './on-site'
import { folder } from './surroundings'

const LIBRARIES = '/usr/lib'

/** The library of faketime for programs of several threads; null where it is not installed. */
function fakeClock(): string | null {
  const places = readdirSync(LIBRARIES).map((place) =>
    path.join(LIBRARIES, place, 'faketime/libfaketimeMT.so.1'),
  )
  return places.find((file) => existsSync(file)) ?? null
}

const clockAt = (offset: string) => ({
  LD_PRELOAD: fakeClock() ?? '',
  FAKETIME: offset,
  FAKETIME_DONT_FAKE_MONOTONIC: '1',
  DONT_FAKE_MONOTONIC: '1',
})

function codeTaken(email: string, code: string, settings: Record<string, string>): string {
  const run = spawnSync(process.execPath, ['--import', 'tsx', 'tools/soak/clock.ts', email, code], {
    env: { ...process.env, ...settings },
    encoding: 'utf8',
  })
  hold(run.status === 0, `tools/soak/clock.ts: ${run.stderr}`)
  return run.stdout
}

async function givenFactor(): Promise<{ email: string; secret: string }> {
  const email = `editor-${randomUUID()}@fictional.example`
  await createUser('editor', { email })
  const { secret } = await setUpFactor(await passwordSignIn(email))
  return { email, secret }
}

const wrongClock: Check = {
  id: 'F9',
  what: 'the clock is two hours wrong',
  missing: () => (fakeClock() === null ? 'needs faketime' : null),
  async make() {
    await givenDirectory(20)
    // Of those whose sessions are meant to outlive a day.
    await createUser('member', { email: 'member@fictional.example' })
    const cookie = (await passwordSignIn('member@fictional.example')).headers.get('cookie') ?? ''
    const right = await givenFactor()
    const taken = codeTaken(right.email, totp(right.secret, 1), {})
    hold(taken === 'taken', `a code was not taken by the right clock: ${taken}`)
    for (const offset of ['+2h', '-2h']) {
      const { email, secret } = await givenFactor()
      const outcome = codeTaken(email, totp(secret, 1), clockAt(offset))
      hold(outcome === 'refused', `a code of another hour at ${offset}: ${outcome}`)
      const site = await startSite(clockAt(offset))
      try {
        for (const address of ['/fr', '/fr/organisations', '/fr/admin', '/en/admin/account']) {
          const { status, body } = await ask(site.baseUrl, address, { headers: { cookie } })
          hold(status === 200, `${address} at ${offset}: ${String(status)}`)
          const negative = /(?<![\w/.-])[-−]\d+ (?:min|heure|hour|jour|day|seconde?)/.exec(body)
          hold(negative === null, `${address} at ${offset} says ${String(negative?.[0])}`)
        }
      } finally {
        await site.stop()
      }
    }
    return 'codes of another hour refused, sessions hold, no duration below nothing'
  },
}

/** Nobody: a user that owns nothing. */
const NOBODY = '65534'
const PORT = '3999'

/**
 * Inside namespaces of its own: no network but its own loopback, nothing to write but one folder, nobody's
 * rights. The site starts, answers and saves, and stops.
 */
const INSIDE = `
set -e
ip link set lo up
mount --make-rprivate /
mount --bind "$VOLUME" "$VOLUME"
mount -o remount,bind,ro /
if touch /written-by-soak 2>/dev/null; then echo "the file system can be written" >&2; exit 3; fi
exec setpriv --reuid ${NOBODY} --regid ${NOBODY} --clear-groups --no-new-privs \
  "$NODE" --import tsx tools/soak/confined.ts
`

const confined: Check = {
  id: 'F18',
  what: 'read-only file system, nobody’s rights, no network',
  missing: () => needs('root', 'unshare', 'setpriv', 'ip', 'mount'),
  async make() {
    const cookie = await givenDirectory(20)
    await closeDatabase()
    const volume = path.join(folder, 'volume')
    mkdirSync(volume)
    const copied = spawnSync('cp', ['-a', env.databaseFile, path.join(volume, 'directory.db')])
    hold(copied.status === 0, 'the database could not be copied')
    hold(spawnSync('chown', ['-R', `${NOBODY}:${NOBODY}`, volume]).status === 0, 'chown failed')
    // It was made for its owner alone.
    chmodSync(folder, 0o755)
    const run = spawnSync('unshare', ['--mount', '--net', 'sh', '-c', INSIDE], {
      env: {
        ...process.env,
        VOLUME: volume,
        NODE: process.execPath,
        TMPDIR: volume,
        HOME: volume,
        COOKIE: cookie,
        DATABASE_URL: `file:${path.join(volume, 'directory.db')}`,
        SOAK_PORT: PORT,
      },
      encoding: 'utf8',
      timeout: 180_000,
    })
    hold(run.status === 0, `ended with ${String(run.status)}: ${run.stderr.slice(-800).trim()}`)
    return run.stdout.trim()
  },
}

export const SURROUNDINGS: readonly Check[] = [wrongClock, confined]
