import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { regenerateRecoveryCodes } from '@/lib/auth/two-factor'
import { trustedDeviceCookie } from '@/lib/auth/rate-limits'
import { findPasswordToken, createPasswordToken } from '@/lib/auth/password-links'
import { findFullSession, findSession } from '@/lib/auth/session'
import {
  changePassword,
  hasPendingCode,
  reauthenticate,
  setPasswordWithToken,
  signIn,
  signInWithCode,
  signOut,
} from '@/lib/auth/sign-in'
import { requestPasswordReset } from '@/lib/auth/password-reset'
import { closeDatabase, writer } from '@/lib/database/client'
import { execute, freshDatabase, rows } from '@/tests/support/database'
import { CookieJar, createUser, passwordSignIn, setUpFactor } from '@/tests/support/people'
import { PASSWORD, totp } from '@/tests/support/totp'

const ADMINISTRATOR = 'administrator@fictional.example'
const MEMBER = 'member@fictional.example'

beforeEach(freshDatabase)
afterEach(() => vi.useRealTimers())

function later(milliseconds: number) {
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + milliseconds })
}

/** An administrator with a second factor, who is signed out. */
async function givenAdministrator() {
  await createUser('administrator')
  const jar = await passwordSignIn(ADMINISTRATOR)
  const factor = await setUpFactor(jar)
  later(60_000)
  return { ...factor, jar }
}

const acts = () =>
  rows<{ action: string }>('SELECT "action" FROM "AuditEntry"').map(({ action }) => action)

/** What the audit log holds from the entry of that number on. */
function recorded(from = 0) {
  const entries = rows<{ actor: string; action: string; subject: string | null; detail: string }>(
    'SELECT "actor", "action", "subject", "detail" FROM "AuditEntry" ORDER BY "number"',
  )
  return entries
    .slice(from)
    .map((entry) => ({ ...entry, detail: JSON.parse(entry.detail) as unknown }))
}

describe('setting up a second factor', () => {
  test('makes an administrator somebody, under a new session', async () => {
    await createUser('administrator')
    const jar = await passwordSignIn(ADMINISTRATOR)
    const before = jar.headers
    const { recoveryCodes } = await setUpFactor(jar)
    expect(await findFullSession(jar.headers)).toMatchObject({ actor: { role: 'administrator' } })
    expect(await findSession(before)).toBeNull()
    expect(new Set(recoveryCodes).size).toBe(10)
    expect(acts()).toContain('twoFactorEnabled')
    expect(rows('SELECT "userAgent" FROM "Session"')).toEqual([{ userAgent: 'Firefox' }])
  })

  test('keeps neither secret nor codes as they are', async () => {
    const { secret, recoveryCodes } = await givenAdministrator()
    const [row] = rows<Record<string, string>>('SELECT * FROM "TwoFactor"')
    expect(JSON.stringify(row)).not.toContain(secret)
    expect(JSON.stringify(row)).not.toContain(recoveryCodes[0])
  })
})

describe('a code', () => {
  test('is asked for after the password, and completes the sign-in', async () => {
    const { secret } = await givenAdministrator()
    const jar = await passwordSignIn(ADMINISTRATOR)
    expect(await findSession(jar.headers)).toBeNull()
    const outcome = await signInWithCode(jar.headers, totp(secret))
    expect(outcome).toMatchObject({ ok: true, next: 'done' })
    if (outcome.ok) jar.take(outcome.cookies)
    expect(await findFullSession(jar.headers)).not.toBeNull()
  })

  test('is good once, also to two who send it at the same time', async () => {
    const { secret } = await givenAdministrator()
    const jars = [await passwordSignIn(ADMINISTRATOR), await passwordSignIn(ADMINISTRATOR)]
    const code = totp(secret)
    const outcomes = await Promise.all(jars.map((jar) => signInWithCode(jar.headers, code)))
    expect(outcomes.map(({ ok }) => ok).sort()).toEqual([false, true])
    const third = await passwordSignIn(ADMINISTRATOR)
    expect(await signInWithCode(third.headers, code)).toEqual({ ok: false, reason: 'refused' })
  })

  test('that is older than one that was used is refused', async () => {
    const { secret } = await givenAdministrator()
    const first = await passwordSignIn(ADMINISTRATOR)
    expect(await signInWithCode(first.headers, totp(secret))).toMatchObject({ ok: true })
    const second = await passwordSignIn(ADMINISTRATOR)
    expect(await signInWithCode(second.headers, totp(secret, -1))).toMatchObject({ ok: false })
    expect(await signInWithCode(second.headers, totp(secret, 1))).toMatchObject({ ok: true })
  })

  test.each([-3, -2, 2, 3])('%i steps away is refused', async (steps) => {
    const { secret } = await givenAdministrator()
    later(10 * 60_000)
    const jar = await passwordSignIn(ADMINISTRATOR)
    expect(await signInWithCode(jar.headers, totp(secret, steps))).toMatchObject({ ok: false })
  })

  test('is worth nothing without the password', async () => {
    const { secret } = await givenAdministrator()
    expect(await signInWithCode(new Headers(), totp(secret))).toEqual({
      ok: false,
      reason: 'restart',
    })
    const forged = new Headers({ cookie: 'directory.second-factor=2fa-invented.c2ln' })
    expect(await signInWithCode(forged, totp(secret))).toMatchObject({ reason: 'restart' })
  })
})

describe('the second step', () => {
  test('is awaited from the password on, for ten minutes, and not for who is disabled', async () => {
    const { secret } = await givenAdministrator()
    const jar = await passwordSignIn(ADMINISTRATOR)
    expect(await hasPendingCode(jar.headers)).toBe(true)
    expect(await hasPendingCode(new Headers())).toBe(false)
    expect(await hasPendingCode(new Headers({ cookie: 'other=1; more=2' }))).toBe(false)
    const [name = ''] = jar.names.filter((one) => one.endsWith('second-factor'))
    expect(name).toBe('directory.second-factor')
    const ours = jar.headers.get('cookie') ?? ''
    expect(await hasPendingCode(new Headers({ cookie: `other=1; ${ours}; more=2` }))).toBe(true)
    // Another signature, none, and a cookie that only begins alike.
    for (const cookie of [`${ours.slice(0, -6)}AAAAAA`, ours.split('.')[0], `not-${ours}`]) {
      expect(await hasPendingCode(new Headers({ cookie: cookie ?? '' }))).toBe(false)
    }
    execute(`UPDATE "User" SET "disabledAt" = '2026-01-01T00:00:00.000Z'`)
    expect(await hasPendingCode(jar.headers)).toBe(false)
    execute(`UPDATE "User" SET "disabledAt" = NULL`)
    later(11 * 60_000)
    expect(await hasPendingCode(jar.headers)).toBe(false)
    expect(await signInWithCode(jar.headers, totp(secret))).toEqual({
      ok: false,
      reason: 'restart',
    })
  })

  test('takes a code with blanks, and is over when it was taken', async () => {
    const { secret } = await givenAdministrator()
    const jar = await passwordSignIn(ADMINISTRATOR)
    const code = totp(secret)
    const outcome = await signInWithCode(jar.headers, ` ${code.slice(0, 3)} ${code.slice(3)} `)
    expect(outcome).toMatchObject({ ok: true, next: 'done', email: ADMINISTRATOR })
    expect(await signInWithCode(jar.headers, totp(secret, 1))).toMatchObject({
      reason: 'restart',
    })
  })

  test('that succeeds is not counted against the limit', async () => {
    const { secret } = await givenAdministrator()
    for (let round = 0; round < 11; round++) {
      const jar = await passwordSignIn(ADMINISTRATOR)
      later(30_000)
      expect(await signInWithCode(jar.headers, totp(secret))).toMatchObject({ ok: true })
    }
  })
})

describe('a recovery code', () => {
  test('is good once, however it is typed', async () => {
    const { recoveryCodes } = await givenAdministrator()
    const typed = ` ${recoveryCodes[0]?.toUpperCase().replace('-', ' ')} `
    const first = await passwordSignIn(ADMINISTRATOR)
    expect(await signInWithCode(first.headers, typed)).toMatchObject({ ok: true, next: 'done' })
    const second = await passwordSignIn(ADMINISTRATOR)
    expect(await signInWithCode(second.headers, typed)).toEqual({ ok: false, reason: 'refused' })
    expect(acts()).toContain('recoveryCodeUsed')
  })

  test('is replaced by new ones, for whoever gave password or code a short while ago', async () => {
    const { recoveryCodes, jar } = await givenAdministrator()
    const signedIn = await findFullSession(jar.headers)
    if (!signedIn) throw new Error('nobody')
    const renewed = await regenerateRecoveryCodes(signedIn)
    expect(renewed.ok && renewed.recoveryCodes).toHaveLength(10)
    const next = await passwordSignIn(ADMINISTRATOR)
    expect(await signInWithCode(next.headers, recoveryCodes[0] ?? '')).toMatchObject({ ok: false })
    later(11 * 60_000)
    expect(await regenerateRecoveryCodes(signedIn)).toEqual({
      ok: false,
      reason: 'reauthenticationRequired',
    })
  })
})

describe('who has no account', () => {
  test('is answered like who has one and mistypes', async () => {
    await createUser('member')
    const headers = () => new Headers({ 'x-client-address-prefix': '203.0.113.0/24' })
    const known = await signIn(headers(), { email: MEMBER, password: 'not the password' })
    const unknown = await signIn(headers(), {
      email: 'n@fictional.example',
      password: 'not the password',
    })
    const disabledId = await createUser('translator')
    execute(
      `UPDATE "User" SET "disabledAt" = '2026-01-01T00:00:00.000Z' WHERE "id" = '${disabledId}'`,
    )
    const disabled = await signIn(headers(), {
      email: 'translator@fictional.example',
      password: PASSWORD,
    })
    expect(known).toEqual({ ok: false, reason: 'refused' })
    expect(unknown).toEqual(known)
    expect(disabled).toEqual(known)
  })
})

describe('a sign-in', () => {
  test('takes the e-mail however it is typed, and says what is asked for next', async () => {
    await createUser('member')
    await createUser('editor')
    const typed = { email: ' Member@Fictional.Example ', password: PASSWORD }
    expect(await signIn(new Headers(), typed)).toMatchObject({
      ...{ ok: true, next: 'done', email: MEMBER },
    })
    const editor = { email: 'editor@fictional.example', password: PASSWORD }
    expect(await signIn(new Headers(), editor)).toMatchObject({ ok: true, next: 'factor' })
    await givenAdministrator()
    const administrator = { email: ADMINISTRATOR, password: PASSWORD }
    expect(await signIn(new Headers(), administrator)).toMatchObject({ ok: true, next: 'code' })
  })

  test('sets cookies that no script reads and no other site sends', async () => {
    await createUser('member')
    const outcome = await signIn(new Headers(), { email: MEMBER, password: PASSWORD })
    const cookies = outcome.ok ? outcome.cookies.getSetCookie() : []
    const [session = ''] = cookies.filter((cookie) => cookie.startsWith('directory.session='))
    expect(session).toMatch(/; HttpOnly/i)
    expect(session).toMatch(/; SameSite=Lax/i)
    expect(session).toMatch(/; Path=\/(;|$)/i)
    expect(session).toMatch(/; Max-Age=2592000(;|$)/i)
    expect(cookies.every((cookie) => cookie.startsWith('directory.'))).toBe(true)
  })

  test('that succeeds is not counted against the limit', async () => {
    await createUser('member')
    for (let round = 0; round < 12; round++) await passwordSignIn(MEMBER)
  })

  test('is on record: who came by which steps, and what was refused, whoever it was', async () => {
    const id = await createUser('member')
    await passwordSignIn(MEMBER)
    await signIn(new Headers(), { email: MEMBER, password: 'not the password' })
    await signIn(new Headers(), { email: 'n@fictional.example', password: 'not the password' })
    const nobody = { actor: 'anonymous', action: 'signInRefused', detail: { reason: 'password' } }
    expect(recorded()).toEqual([
      {
        actor: `user:${id}`,
        action: 'signedIn',
        subject: id,
        detail: { role: 'member', factor: 'none' },
      },
      { ...nobody, subject: id },
      { ...nobody, subject: null },
    ])
  })

  test('with a code or a recovery code is on record as such', async () => {
    const { secret, recoveryCodes } = await givenAdministrator()
    const { length } = recorded()
    const first = await passwordSignIn(ADMINISTRATOR)
    await signInWithCode(first.headers, '000000')
    await signInWithCode(first.headers, totp(secret))
    const second = await passwordSignIn(ADMINISTRATOR)
    await signInWithCode(second.headers, recoveryCodes[0] ?? '')
    const detail = { role: 'administrator' }
    expect(recorded(length)).toMatchObject([
      { actor: 'anonymous', action: 'codeRefused', detail: {} },
      { action: 'signedIn', detail: { ...detail, factor: 'code' } },
      { action: 'recoveryCodeUsed', detail: {} },
      { action: 'signedIn', detail: { ...detail, factor: 'recovery' } },
    ])
  })

  test('is refused on record once when a limit is reached, not at every attempt after', async () => {
    await createUser('member')
    const wrong = { email: MEMBER, password: 'not the password' }
    for (let attempt = 0; attempt < 13; attempt++) await signIn(new Headers(), wrong)
    const reasons = recorded().map(({ detail }) => (detail as { reason: string }).reason)
    expect(reasons).toEqual([...Array<string>(10).fill('password'), 'tooMany'])
  })
})

describe('attempts', () => {
  const wrong = (email: string, headers: Headers) =>
    signIn(headers, { email, password: 'not the password' })
  const from = (network: number) =>
    new Headers({ 'x-client-address-prefix': `10.0.${network}.0/24` })

  test('on one account are ten an hour, from however many networks, and then no password helps', async () => {
    await createUser('member')
    const outcomes = []
    for (let network = 0; network < 14; network++) {
      outcomes.push(await wrong(MEMBER, from(network)))
    }
    const reasons = outcomes.map((outcome) => (outcome.ok ? '' : outcome.reason))
    expect(reasons).toEqual([
      ...Array<string>(10).fill('refused'),
      ...Array<string>(4).fill('tooMany'),
    ])
    expect(await signIn(from(99), { email: MEMBER, password: PASSWORD })).toMatchObject({
      reason: 'tooMany',
    })
    // Unknown accounts are counted alike, or the limit would tell them apart.
    for (let network = 0; network < 10; network++) await wrong('n@fictional.example', from(network))
    expect(await wrong('n@fictional.example', from(50))).toMatchObject({ reason: 'tooMany' })
    later(61 * 60_000)
    expect(await signIn(from(1), { email: MEMBER, password: PASSWORD })).toMatchObject({ ok: true })
  })

  test('are counted on when the site was started again', async () => {
    await createUser('member')
    for (let attempt = 0; attempt < 10; attempt++) await wrong(MEMBER, from(attempt))
    await closeDatabase()
    vi.resetModules()
    const anew = await import('@/lib/auth/sign-in')
    expect(anew.signIn).not.toBe(signIn)
    expect(await anew.signIn(from(99), { email: MEMBER, password: PASSWORD })).toMatchObject({
      reason: 'tooMany',
    })
  })

  test('of strangers do not lock out a browser that has signed in before', async () => {
    await createUser('member')
    for (let network = 0; network < 12; network++) await wrong(MEMBER, from(network))
    const jar = new CookieJar()
    const { name, value } = trustedDeviceCookie(MEMBER)
    jar.put(name, value)
    expect(await signIn(jar.headers, { email: MEMBER, password: PASSWORD })).toMatchObject({
      ok: true,
    })
    // Its own attempts are counted too, and its cookie is good for this account only.
    for (let attempt = 0; attempt < 10; attempt++) await wrong(MEMBER, jar.headers)
    expect(await wrong(MEMBER, jar.headers)).toMatchObject({ reason: 'tooMany' })
    const another = new CookieJar()
    another.put(name, trustedDeviceCookie(MEMBER).value)
    expect(await wrong(MEMBER, another.headers)).toMatchObject({ reason: 'refused' })
    jar.put(name, trustedDeviceCookie('other@fictional.example').value)
    expect(await wrong(MEMBER, jar.headers)).toMatchObject({ reason: 'tooMany' })
  })

  test('from one network are three hundred in ten minutes, on any accounts', async () => {
    execute(
      `INSERT INTO "User" ("id","name","email","createdAt","updatedAt","role","locale") VALUES ('a','A','a@fictional.example','2026-01-01T00:00:00.000Z','2026-01-01T00:00:00.000Z','member','fr')`,
    )
    const headers = from(1)
    for (let attempt = 0; attempt < 300; attempt++) {
      const outcome = await signIn(headers, {
        email: `n${attempt}@fictional.example`,
        password: 'x'.repeat(2000),
      })
      expect(outcome).toEqual({ ok: false, reason: 'refused' })
    }
    expect(await wrong('somebody@fictional.example', headers)).toMatchObject({ reason: 'tooMany' })
    expect(await wrong('somebody@fictional.example', from(2))).toMatchObject({ reason: 'refused' })
  })

  test('at codes are ten an hour too', async () => {
    const { secret } = await givenAdministrator()
    const reasons: string[] = []
    for (let round = 0; round < 4; round++) {
      const jar = await passwordSignIn(ADMINISTRATOR)
      for (let attempt = 0; attempt < 4; attempt++) {
        const outcome = await signInWithCode(jar.headers, '000000')
        reasons.push(outcome.ok ? 'ok' : outcome.reason)
      }
    }
    expect(reasons.filter((reason) => reason === 'refused')).toHaveLength(10)
    expect(reasons.slice(-6)).toEqual(Array<string>(6).fill('tooMany'))
    const jar = await passwordSignIn(ADMINISTRATOR)
    expect(await signInWithCode(jar.headers, totp(secret))).toMatchObject({ reason: 'tooMany' })
  })

  /** Networks of which none is asked from twice. */
  const elsewhere = (number: number, jar = new CookieJar()) => {
    const { headers } = jar
    headers.set('x-client-address-prefix', `10.${number >> 8}.${number & 255}.0/24`)
    return headers
  }
  const alerts = (reason: string) =>
    rows<{ subject: string | null; detail: string }>(
      `SELECT "subject", "detail" FROM "AuditEntry" WHERE "action" = 'signInRefused'`,
    ).filter(({ detail }) => (JSON.parse(detail) as { reason: string }).reason === reason)

  test('passwords from ever other networks: ten are tried, the owner signs in, the log says whose account', async () => {
    const id = await createUser('member')
    const owner = new CookieJar()
    const { name, value } = trustedDeviceCookie(MEMBER)
    owner.put(name, value)
    const reasons: string[] = []
    for (let attempt = 0; attempt < 12; attempt++) {
      // The last one is right: whoever has used up the attempts does not learn it.
      const password = attempt < 11 ? `not the password ${attempt}` : PASSWORD
      const outcome = await signIn(elsewhere(attempt), { email: MEMBER, password })
      reasons.push(outcome.ok ? 'ok' : outcome.reason)
    }
    expect(reasons.filter((reason) => reason === 'refused')).toHaveLength(10)
    expect(reasons.slice(10)).toEqual(['tooMany', 'tooMany'])
    expect(rows('SELECT * FROM "Session"')).toEqual([])
    expect(alerts('tooMany')).toEqual([expect.objectContaining({ subject: id })])
    expect(await signIn(owner.headers, { email: MEMBER, password: PASSWORD })).toMatchObject({
      ok: true,
    })
  })

  test('codes from ever other networks: ten are tried, the owner signs in, the log says whose account', async () => {
    const { secret } = await givenAdministrator()
    const [{ id } = { id: '' }] = rows<{ id: string }>('SELECT "id" FROM "User"')
    const reasons: string[] = []
    let thief = new CookieJar()
    for (let attempt = 0; attempt < 12; attempt++) {
      // Whoever has the password begins again as often as they are told to.
      if (attempt % 4 === 0) thief = await passwordSignIn(ADMINISTRATOR)
      const code = attempt < 11 ? String(attempt).padStart(6, '0') : totp(secret)
      const outcome = await signInWithCode(elsewhere(attempt, thief), code)
      reasons.push(outcome.ok ? 'ok' : outcome.reason)
    }
    expect(reasons.filter((reason) => reason === 'refused')).toHaveLength(10)
    expect(reasons.filter((reason) => reason === 'tooMany')).toHaveLength(2)
    expect(alerts('tooManyCodes')).toEqual([expect.objectContaining({ subject: id })])
    const owner = new CookieJar()
    const { name, value } = trustedDeviceCookie(ADMINISTRATOR)
    owner.put(name, value)
    await passwordSignIn(ADMINISTRATOR, owner)
    expect(await signInWithCode(owner.headers, totp(secret))).toMatchObject({ ok: true })
  })

  test('to guess a password where it is asked for again are counted and told too', async () => {
    const id = await createUser('member')
    const jar = await passwordSignIn(MEMBER)
    const signedIn = await findFullSession(jar.headers)
    if (!signedIn) throw new Error('nobody')
    const reasons: string[] = []
    for (let attempt = 0; attempt < 12; attempt++) {
      const outcome = await reauthenticate(jar.headers, signedIn, 'not the password')
      reasons.push(outcome.ok ? 'ok' : outcome.reason)
    }
    expect(reasons).toEqual([
      ...Array<string>(10).fill('refused'),
      ...Array<string>(2).fill('tooMany'),
    ])
    expect(alerts('tooMany')).toEqual([expect.objectContaining({ subject: id })])
  })

  test('at codes that are over the limit are on record once, with whose they are', async () => {
    await givenAdministrator()
    const { length } = recorded()
    for (let round = 0; round < 3; round++) {
      const jar = await passwordSignIn(ADMINISTRATOR)
      for (let attempt = 0; attempt < 5; attempt++) await signInWithCode(jar.headers, '000000')
    }
    const refused = recorded(length).filter(({ action }) => action === 'signInRefused')
    const [{ id } = { id: '' }] = rows<{ id: string }>('SELECT "id" FROM "User"')
    expect(refused).toEqual([
      {
        actor: 'anonymous',
        action: 'signInRefused',
        subject: id,
        detail: { reason: 'tooManyCodes' },
      },
    ])
  })

  test('at passwords leave those at codes and links untouched', async () => {
    const { secret } = await givenAdministrator()
    const jar = await passwordSignIn(ADMINISTRATOR)
    for (let attempt = 0; attempt < 11; attempt++) await wrong(ADMINISTRATOR, new Headers())
    expect(await wrong(ADMINISTRATOR, new Headers())).toMatchObject({ reason: 'tooMany' })
    expect(await signInWithCode(jar.headers, totp(secret))).toMatchObject({ ok: true })
  })

  test('from a browser whose cookie was tampered with count like those of strangers', async () => {
    await createUser('member')
    for (let attempt = 0; attempt < 10; attempt++) await wrong(MEMBER, new Headers())
    const { name, value } = trustedDeviceCookie(MEMBER)
    const [id, signature = ''] = value.split('.')
    for (const cookie of [id, `${id}.`, `x${value}`, `${id}.${'A'.repeat(signature.length)}`]) {
      const headers = new Headers({ cookie: `other=1; ${name}=${cookie}` })
      expect(await wrong(MEMBER, headers)).toMatchObject({ reason: 'tooMany' })
    }
    const headers = new Headers({ cookie: `other=1; ${name}=${value}` })
    expect(await wrong(MEMBER, headers)).toMatchObject({ reason: 'refused' })
    expect(trustedDeviceCookie(MEMBER).value).not.toBe(value)
  })

  test('leave neither address nor e-mail behind', async () => {
    await createUser('member')
    await wrong(MEMBER, from(7))
    const kept = JSON.stringify([
      rows('SELECT * FROM "RateLimiterFlexible"'),
      rows('SELECT * FROM "AuditEntry"'),
    ])
    expect(kept).not.toMatch(/10\.0\.7|fictional\.example/)
  })
})

describe('a link', () => {
  const link = (userId: string) =>
    writer().$transaction((tx) =>
      createPasswordToken(tx, { kind: 'reset', userId, createdBy: 'system:command-line' }),
    )
  const NEW = 'Un parapluie rouge neuf'

  test('sets a password once and ends all sessions', async () => {
    const id = await createUser('member')
    const jar = await passwordSignIn(MEMBER)
    const secret = await link(id)
    expect(JSON.stringify(rows('SELECT * FROM "OneTimeToken"'))).not.toContain(secret)
    const outcomes = await Promise.all([
      setPasswordWithToken(secret, NEW),
      setPasswordWithToken(secret, NEW),
    ])
    expect(outcomes).toContainEqual({ ok: true })
    expect(outcomes).toContainEqual({ ok: false, reason: 'linkGone' })
    expect(await findFullSession(jar.headers)).toBeNull()
    expect(await signIn(new Headers(), { email: MEMBER, password: PASSWORD })).toMatchObject({
      ok: false,
    })
    expect(await signIn(new Headers(), { email: MEMBER, password: NEW })).toMatchObject({
      ok: true,
    })
  })

  test('is good for half an hour, until a newer one is made, and not for who is disabled', async () => {
    const id = await createUser('member')
    const first = await link(id)
    const second = await link(id)
    expect(await findPasswordToken(first)).toBeNull()
    expect(await findPasswordToken(second)).toMatchObject({ user: { id } })
    execute(`UPDATE "User" SET "disabledAt" = '2026-01-01T00:00:00.000Z'`)
    expect(await findPasswordToken(second)).toBeNull()
    execute(`UPDATE "User" SET "disabledAt" = NULL`)
    later(31 * 60_000)
    expect(await setPasswordWithToken(second, NEW)).toEqual({ ok: false, reason: 'linkGone' })
    expect(await findPasswordToken('')).toBeNull()
  })

  test('sets the first password of who was invited, proves their e-mail, and is on record', async () => {
    const id = await createUser('member')
    execute('DELETE FROM "Account"')
    execute('UPDATE "User" SET "emailVerified" = 0')
    expect(await signIn(new Headers(), { email: MEMBER, password: PASSWORD })).toMatchObject({
      reason: 'refused',
    })
    const { length } = recorded()
    expect(await setPasswordWithToken(await link(id), NEW)).toEqual({ ok: true })
    expect(rows('SELECT "emailVerified" FROM "User"')).toEqual([{ emailVerified: 1 }])
    expect(recorded(length)).toEqual([
      { actor: `user:${id}`, action: 'linkUsed', subject: id, detail: { kind: 'reset' } },
      { actor: `user:${id}`, action: 'passwordChanged', subject: id, detail: {} },
    ])
    expect(await signIn(new Headers(), { email: MEMBER, password: NEW })).toMatchObject({
      ok: true,
    })
  })

  test('for a proposal sets no password', async () => {
    const id = await createUser('member')
    const secret = await link(id)
    execute(`UPDATE "OneTimeToken" SET "kind" = 'proposal'`)
    expect(await findPasswordToken(secret)).toBeNull()
    expect(await setPasswordWithToken(secret, NEW)).toEqual({ ok: false, reason: 'linkGone' })
  })

  test('of one person leaves the links of another as they are', async () => {
    const first = await link(await createUser('member'))
    await link(await createUser('translator'))
    expect(await findPasswordToken(first)).toMatchObject({
      kind: 'reset',
      user: { email: MEMBER },
    })
  })

  test('is not sent where the site sends no mail', async () => {
    await createUser('member')
    expect(await requestPasswordReset(new Headers(), MEMBER)).toEqual({
      ok: false,
      reason: 'noMail',
    })
    expect(rows('SELECT * FROM "OneTimeToken"')).toEqual([])
  })

  test('stays good when the password is refused', async () => {
    const id = await createUser('member')
    const secret = await link(id)
    expect(await setPasswordWithToken(secret, 'motdepasse')).toEqual({
      ok: false,
      reason: 'tooShort',
    })
    expect(await setPasswordWithToken(secret, 'Password123456')).toEqual({
      ok: false,
      reason: 'common',
    })
    expect(await setPasswordWithToken(secret, 'fictional member')).toEqual({
      ok: false,
      reason: 'personal',
    })
    expect(await setPasswordWithToken(secret, NEW)).toEqual({ ok: true })
  })
})

test('a session that somebody else has put into the browser is not the one that signing in gives', async () => {
  await createUser('member')
  await createUser('translator')
  const stranger = await passwordSignIn('translator@fictional.example')
  const planted = stranger.headers.get('cookie') ?? ''
  const victim = new CookieJar()
  const [name = '', value = ''] = planted.split('=')
  victim.put(name, value)
  await passwordSignIn(MEMBER, victim)
  expect(victim.headers.get('cookie')).not.toBe(planted)
  expect(await findFullSession(victim.headers)).toMatchObject({ actor: { role: 'member' } })
  // What was planted is nobody's any more: neither the stranger's nor the victim's.
  expect(await findFullSession(stranger.headers)).toBeNull()
  expect(rows('SELECT * FROM "Session"')).toHaveLength(1)
})

test('the second step begins a session of its own, and the cookie before it opens nothing', async () => {
  const { secret } = await givenAdministrator()
  const jar = await passwordSignIn(ADMINISTRATOR)
  const pending = jar.headers
  const outcome = await signInWithCode(pending, totp(secret))
  if (outcome.ok) jar.take(outcome.cookies)
  expect(await findFullSession(jar.headers)).not.toBeNull()
  expect(await findSession(pending)).toBeNull()
  expect(await signInWithCode(pending, totp(secret, 1))).toEqual({
    ok: false,
    reason: 'restart',
  })
})

test('a session is of no use after signing out', async () => {
  await createUser('member')
  const jar = await passwordSignIn(MEMBER)
  const copied = jar.headers
  jar.take(await signOut(jar.headers))
  expect(jar.names).toEqual([])
  expect(await findFullSession(copied)).toBeNull()
})

test('signing out is on record, where somebody was signed in', async () => {
  const id = await createUser('member')
  const jar = await passwordSignIn(MEMBER)
  const { length } = recorded()
  await signOut(jar.headers)
  await signOut(jar.headers)
  await signOut(new Headers())
  expect(recorded(length)).toEqual([
    { actor: `user:${id}`, action: 'signedOut', subject: id, detail: {} },
  ])
})

test('signing in again ends the session that the browser had', async () => {
  await createUser('member')
  const jar = await passwordSignIn(MEMBER)
  const before = jar.headers
  await passwordSignIn(MEMBER, jar)
  expect(await findFullSession(before)).toBeNull()
  expect(await findFullSession(jar.headers)).not.toBeNull()
})

test('password and code are asked for once more, each in its own way', async () => {
  const { jar, secret } = await givenAdministrator()
  later(11 * 60_000)
  const signedIn = await findFullSession(jar.headers)
  if (!signedIn) throw new Error('nobody')
  const again = (typed: string) => reauthenticate(jar.headers, signedIn, typed)
  expect(await again('not the password')).toEqual({ ok: false, reason: 'refused' })
  expect(await again('000000')).toEqual({ ok: false, reason: 'refused' })
  const code = totp(secret)
  expect(await again(code)).toEqual({ ok: true })
  expect(await again(code)).toEqual({ ok: false, reason: 'refused' })
  expect(await again(PASSWORD)).toEqual({ ok: true })
  const { session } = (await findFullSession(jar.headers)) ?? {}
  expect(session?.reauthenticatedAt?.getTime()).toBeGreaterThan(Date.now() - 60_000)
})

test('changing the password ends all other sessions and needs the present one', async () => {
  await createUser('member')
  const jar = await passwordSignIn(MEMBER)
  const other = await passwordSignIn(MEMBER)
  const signedIn = await findFullSession(jar.headers)
  if (!signedIn) throw new Error('nobody')
  const change = (current: string, password: string) =>
    changePassword(jar.headers, signedIn, { current, password })
  expect(await change('wrong', 'Un parapluie rouge neuf')).toEqual({ ok: false, reason: 'refused' })
  expect(await change(PASSWORD, 'court')).toEqual({ ok: false, reason: 'tooShort' })
  expect(await change(PASSWORD, 'Un parapluie rouge neuf')).toEqual({ ok: true })
  expect(await findFullSession(jar.headers)).not.toBeNull()
  expect(await findFullSession(other.headers)).toBeNull()
})

test('changing the password is tried ten times at the most, and on record when it was done', async () => {
  const id = await createUser('member')
  const jar = await passwordSignIn(MEMBER)
  const signedIn = await findFullSession(jar.headers)
  if (!signedIn) throw new Error('nobody')
  const { length } = recorded()
  const change = (current: string, password: string) =>
    changePassword(jar.headers, signedIn, { current, password })
  // What is right is taken back from the count.
  for (let round = 0; round < 2; round++) await change(PASSWORD, PASSWORD)
  const done = { actor: `user:${id}`, action: 'passwordChanged', subject: id, detail: {} }
  expect(recorded(length)).toEqual([done, done])
  for (let attempt = 0; attempt < 10; attempt++) {
    expect(await change('wrong', 'Un parapluie rouge neuf')).toMatchObject({ reason: 'refused' })
  }
  expect(await change(PASSWORD, 'Un parapluie rouge neuf')).toEqual({
    ok: false,
    reason: 'tooMany',
  })
})

test('asking once more is tried ten times at the most, and on record where it is refused', async () => {
  const id = await createUser('member')
  const jar = await passwordSignIn(MEMBER)
  later(11 * 60_000)
  const signedIn = await findFullSession(jar.headers)
  if (!signedIn) throw new Error('nobody')
  const { length } = recorded()
  for (let attempt = 0; attempt < 10; attempt++) {
    expect(await reauthenticate(jar.headers, signedIn, 'wrong')).toMatchObject({
      reason: 'refused',
    })
  }
  expect(await reauthenticate(jar.headers, signedIn, PASSWORD)).toEqual({
    ...{ ok: false, reason: 'tooMany' },
  })
  const refused = {
    actor: 'anonymous',
    action: 'signInRefused',
    subject: id,
    detail: { reason: 'reauthentication' },
  }
  const tooMany = { ...refused, detail: { reason: 'tooMany' } }
  expect(recorded(length)).toEqual([...Array<typeof refused>(10).fill(refused), tooMany])
  // A code counts apart, with a blank in the middle too.
  expect(await reauthenticate(jar.headers, signedIn, ' 123 456 ')).toMatchObject({
    ...{ ok: false, reason: 'refused' },
  })
})

test('asking once more that succeeds is not counted, and is good for this session alone', async () => {
  await createUser('member')
  const jar = await passwordSignIn(MEMBER)
  const other = await passwordSignIn(MEMBER)
  later(11 * 60_000)
  const signedIn = await findFullSession(jar.headers)
  if (!signedIn) throw new Error('nobody')
  for (let round = 0; round < 12; round++) {
    expect(await reauthenticate(jar.headers, signedIn, PASSWORD)).toEqual({ ok: true })
  }
  const again = async (one: CookieJar) =>
    (await findFullSession(one.headers))?.session.reauthenticatedAt?.getTime() ?? 0
  expect(await again(jar)).toBeGreaterThan(Date.now() - 60_000)
  expect(await again(other)).toBeLessThan(Date.now() - 10 * 60_000)
})
