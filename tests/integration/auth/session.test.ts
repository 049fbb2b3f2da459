import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { Role } from '@/lib/permissions/permissions'
import { isReauthenticated, findFullSession, findSession, renewSession } from '@/lib/auth/session'
import { execute, freshDatabase, rows } from '@/tests/support/database'
import type { CookieJar } from '@/tests/support/people'
import { createUser, passwordSignIn } from '@/tests/support/people'

const MINUTE = 60_000
const DAY = 24 * 60 * MINUTE

beforeEach(freshDatabase)
afterEach(() => vi.useRealTimers())

const session = () =>
  rows<{ id: string; token: string; userAgent: string; ipAddress: string | null }>(
    'SELECT * FROM "Session"',
  )

function later(milliseconds: number) {
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + milliseconds })
}

/** An administrator whose second factor is set up would be asked for a code; here it counts as given. */
async function signedInAdministrator(): Promise<CookieJar> {
  const id = await createUser('administrator')
  const jar = await passwordSignIn('administrator@fictional.example')
  execute(`UPDATE "User" SET "twoFactorEnabled" = 1 WHERE "id" = '${id}'`)
  return jar
}

describe('a session', () => {
  test('says who somebody is and what they may do', async () => {
    await createUser('member', { email: 'm@fictional.example' })
    const jar = await passwordSignIn('m@fictional.example')
    const signedIn = await findFullSession(jar.headers)
    expect(signedIn).toMatchObject({
      actor: { kind: 'user', role: 'member', organisations: [] },
      user: { name: 'Fictional member', email: 'm@fictional.example', locale: 'fr' },
    })
    expect(signedIn && isReauthenticated(signedIn)).toBe(true)
  })

  test('keeps the family of the browser and no address, under a cookie of our name', async () => {
    await createUser('member')
    const jar = await passwordSignIn('member@fictional.example')
    expect(session()).toEqual([expect.objectContaining({ userAgent: 'Firefox', ipAddress: null })])
    expect(jar.names).toEqual(['directory.session'])
  })

  test.each([
    ['no cookie', ''],
    ['a cookie of somebody’s own making', 'directory.session=invented'],
    ['a token without our signature', 'directory.session=TOKEN.c2lnbmF0dXJl'],
    ['an empty cookie', 'directory.session='],
  ])('is not there for %s', async (_, cookie) => {
    await createUser('member')
    await passwordSignIn('member@fictional.example')
    const headers = new Headers({ cookie: cookie.replace('TOKEN', session()[0]?.token ?? '') })
    expect(await findFullSession(headers)).toBeNull()
  })

  test.each<[Role, Record<string, string[]>, Record<string, string[]>]>([
    ['editor', { regions: ['africa', 'mars'] }, { regions: ['africa'] }],
    ['translator', { languages: ['es', 'pt'] }, { languages: ['es', 'pt'], organisations: [] }],
    ['member', {}, { organisations: [] }],
    ['administrator', {}, {}],
  ])('says of role %s what it reaches, and nothing else', async (role, given, reach) => {
    const id = await createUser(role, given)
    const jar = await passwordSignIn(`${role}@fictional.example`)
    const found = await findSession(jar.headers)
    expect(found?.signedIn.actor).toEqual({ kind: 'user', id, role, ...reach })
    expect(found?.twoFactorMissing).toBe(role !== 'member')
    expect(await findFullSession(jar.headers)).toEqual(
      found?.twoFactorMissing ? null : found?.signedIn,
    )
  })

  test('of an administrator without a second factor leads nowhere but to its set-up', async () => {
    await createUser('administrator')
    const jar = await passwordSignIn('administrator@fictional.example')
    expect(await findFullSession(jar.headers)).toBeNull()
    expect(await findSession(jar.headers)).toMatchObject({ twoFactorMissing: true })
  })
})

describe('a session ends', () => {
  test('at once when its person is disabled, and cannot be begun again', async () => {
    await createUser('member')
    const jar = await passwordSignIn('member@fictional.example')
    execute(`UPDATE "User" SET "disabledAt" = '2026-01-01T00:00:00.000Z'`)
    expect(await findFullSession(jar.headers)).toBeNull()
    await expect(passwordSignIn('member@fictional.example')).rejects.toThrow('refused')
  })

  test('when its row is gone, whatever cookie comes', async () => {
    await createUser('member')
    const jar = await passwordSignIn('member@fictional.example')
    execute('DELETE FROM "Session"')
    expect(await findFullSession(jar.headers)).toBeNull()
  })

  test('after half an hour without use for an administrator', async () => {
    const jar = await signedInAdministrator()
    later(29 * MINUTE)
    const signedIn = await findFullSession(jar.headers)
    expect(signedIn).not.toBeNull()
    if (signedIn) await renewSession(signedIn)
    later(29 * MINUTE)
    expect(await findFullSession(jar.headers)).not.toBeNull()
    later(2 * MINUTE)
    expect(await findFullSession(jar.headers)).toBeNull()
  })

  test('twelve hours after its beginning for an administrator, used or not', async () => {
    const jar = await signedInAdministrator()
    for (let used = 0; used < 12 * 60 - 20; used += 20) {
      later(20 * MINUTE)
      const signedIn = await findFullSession(jar.headers)
      expect(signedIn).not.toBeNull()
      if (signedIn) await renewSession(signedIn)
    }
    later(21 * MINUTE)
    expect(await findFullSession(jar.headers)).toBeNull()
  })

  test('after seven days without use and thirty in any case for a member', async () => {
    await createUser('member')
    const jar = await passwordSignIn('member@fictional.example')
    for (let day = 0; day < 30; day += 6) {
      const signedIn = await findFullSession(jar.headers)
      expect(signedIn).not.toBeNull()
      if (signedIn) await renewSession(signedIn)
      later(6 * DAY)
    }
    later(MINUTE)
    expect(await findFullSession(jar.headers)).toBeNull()
  })

  test('later by use only, once a minute at the most, and never once it has ended', async () => {
    await createUser('member')
    const jar = await passwordSignIn('member@fictional.example')
    const ends = () => rows<{ expiresAt: string }>('SELECT "expiresAt" FROM "Session"')
    const signedIn = await findFullSession(jar.headers)
    if (!signedIn) throw new Error('nobody')
    const before = ends()
    later(MINUTE / 2)
    await renewSession(signedIn)
    expect(ends()).toEqual(before)
    later(MINUTE)
    await renewSession(signedIn)
    expect(ends()).not.toEqual(before)
    const renewed = ends()
    later(8 * DAY)
    await renewSession(signedIn)
    expect(ends()).toEqual(renewed)
    execute('DELETE FROM "Session"')
    await renewSession(signedIn)
    expect(ends()).toEqual([])
  })

  test('sooner when its person gets a role with shorter sessions', async () => {
    await createUser('member')
    const jar = await passwordSignIn('member@fictional.example')
    execute(`UPDATE "User" SET "role" = 'editor', "twoFactorEnabled" = 1`)
    later(13 * 60 * MINUTE)
    expect(await findFullSession(jar.headers)).toBeNull()
  })
})

test('what was asked for ten minutes ago is asked for again before a sensitive act', async () => {
  await createUser('member')
  const jar = await passwordSignIn('member@fictional.example')
  later(9 * MINUTE)
  const before = await findFullSession(jar.headers)
  expect(before && isReauthenticated(before)).toBe(true)
  later(2 * MINUTE)
  const after = await findFullSession(jar.headers)
  expect(after && isReauthenticated(after)).toBe(false)
})

test('ten minutes are ten minutes, and a session that was never asked is asked', () => {
  const reauthenticatedAt = new Date('2026-11-25T08:00:00.000Z')
  const signedIn = {
    actor: { kind: 'user', id: 'a', role: 'administrator' },
    user: { id: 'a', name: 'A', email: 'a@fictional.example', locale: 'fr' },
  } as const
  const at = (now: string) =>
    isReauthenticated({ ...signedIn, session: { id: 's', reauthenticatedAt } }, new Date(now))
  expect(at('2026-11-25T08:10:00.000Z')).toBe(true)
  expect(at('2026-11-25T08:10:00.001Z')).toBe(false)
  expect(isReauthenticated({ ...signedIn, session: { id: 's', reauthenticatedAt: null } })).toBe(
    false,
  )
})
