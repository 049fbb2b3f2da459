import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import {
  verifyCode,
  enableTwoFactor,
  countRecoveryCodes,
  prepareTwoFactor,
  regenerateRecoveryCodes,
  normalizeRecoveryCode,
} from '@/lib/auth/two-factor'
import { findFullSession, findSession, type SignedIn } from '@/lib/auth/session'
import { signInWithCode } from '@/lib/auth/sign-in'
import { freshDatabase, rows } from '@/tests/support/database'
import { createUser, passwordSignIn, setUpFactor, type CookieJar } from '@/tests/support/people'
import { totp } from '@/tests/support/totp'

const EMAIL = 'editor@fictional.example'

beforeEach(freshDatabase)
afterEach(() => vi.useRealTimers())

function later(milliseconds: number) {
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + milliseconds })
}

async function signedInBy(jar: CookieJar): Promise<SignedIn> {
  const found = await findSession(jar.headers)
  if (!found) throw new Error('nobody')
  return found.signedIn
}

const entries = () =>
  rows<{ actor: string; action: string; subject: string; detail: string }>(
    `SELECT * FROM "AuditEntry" WHERE "action" = 'twoFactorEnabled'`,
  )

describe('the secret of a second factor', () => {
  test('is the same until it is confirmed, and is then never shown again', async () => {
    await createUser('editor')
    const jar = await passwordSignIn(EMAIL)
    const signedIn = await signedInBy(jar)
    const first = await prepareTwoFactor(signedIn)
    expect(await prepareTwoFactor(signedIn)).toEqual(first)
    await createUser('administrator')
    const other = await passwordSignIn('administrator@fictional.example')
    expect((await prepareTwoFactor(await signedInBy(other)))?.secret).not.toBe(first?.secret)
    expect(rows('SELECT * FROM "TwoFactor"')).toHaveLength(2)
    expect(await enableTwoFactor(jar.headers, totp(first?.secret ?? ''))).toMatchObject({
      ok: true,
    })
    expect(await prepareTwoFactor(signedIn)).toBeNull()
  })

  test('has 32 letters of its own, in base32 and in the address that an authenticator reads', async () => {
    await createUser('editor')
    await createUser('administrator')
    const [one, other] = await Promise.all(
      [EMAIL, 'administrator@fictional.example'].map(async (email) =>
        prepareTwoFactor(await signedInBy(await passwordSignIn(email))),
      ),
    )
    // 32 bytes in groups of five bits; the last group is filled up.
    expect(one?.secret).toMatch(/^[A-Z2-7]{52}$/)
    expect(one?.secret).not.toBe(other?.secret)
    const address = new URL(one?.uri ?? '')
    expect(address.protocol).toBe('otpauth:')
    expect(one?.uri.startsWith('otpauth://totp/localhost:editor%40fictional.example?')).toBe(true)
    expect(Object.fromEntries(address.searchParams)).toEqual({
      secret: one?.secret,
      issuer: 'localhost',
    })
  })
})

describe('confirming a second factor', () => {
  test('is for who has signed in, a short while ago, with the right code', async () => {
    expect(await enableTwoFactor(new Headers(), '000000')).toEqual({
      ok: false,
      reason: 'notSignedIn',
    })
    await createUser('editor')
    const jar = await passwordSignIn(EMAIL)
    const prepared = await prepareTwoFactor(await signedInBy(jar))
    const secret = prepared?.secret ?? ''
    expect(await enableTwoFactor(jar.headers, totp(secret, 5))).toEqual({
      ok: false,
      reason: 'refused',
    })
    later(11 * 60_000)
    expect(await enableTwoFactor(jar.headers, totp(secret))).toEqual({
      ok: false,
      reason: 'reauthenticationRequired',
    })
    expect(await findFullSession(jar.headers)).toBeNull()
    expect(entries()).toEqual([])
  })

  test('takes a code with blanks, gives ten codes of five and five letters, and is on record', async () => {
    const id = await createUser('editor')
    const jar = await passwordSignIn(EMAIL)
    const prepared = await prepareTwoFactor(await signedInBy(jar))
    const code = totp(prepared?.secret ?? '')
    const outcome = await enableTwoFactor(jar.headers, ` ${code.slice(0, 3)} ${code.slice(3)}\t`)
    if (!outcome.ok) throw new Error(outcome.reason)
    expect(outcome.email).toBe(EMAIL)
    expect(outcome.recoveryCodes).toHaveLength(10)
    for (const one of outcome.recoveryCodes)
      expect(one).toMatch(/^[a-hjkmnp-z2-9]{5}-[a-hjkmnp-z2-9]{5}$/)
    jar.take(outcome.cookies)
    expect(await findFullSession(jar.headers)).toMatchObject({ actor: { id, role: 'editor' } })
    expect(entries()).toMatchObject([{ actor: `user:${id}`, subject: id, detail: '{}' }])
  })

  test('ends every other session of the person, and nobody else’s', async () => {
    await createUser('editor')
    await createUser('member')
    const other = await passwordSignIn(EMAIL)
    const stranger = await passwordSignIn('member@fictional.example')
    const jar = await passwordSignIn(EMAIL)
    await setUpFactor(jar)
    expect(await findSession(other.headers)).toBeNull()
    expect(await findFullSession(jar.headers)).not.toBeNull()
    expect(await findFullSession(stranger.headers)).not.toBeNull()
  })

  test('is tried ten times at the most', async () => {
    await createUser('editor')
    const jar = await passwordSignIn(EMAIL)
    const prepared = await prepareTwoFactor(await signedInBy(jar))
    for (let attempt = 0; attempt < 10; attempt++) {
      expect(await enableTwoFactor(jar.headers, '12345')).toMatchObject({ reason: 'refused' })
    }
    expect(await enableTwoFactor(jar.headers, totp(prepared?.secret ?? ''))).toEqual({
      ok: false,
      reason: 'tooMany',
    })
  })
})

describe('a code of an authenticator', () => {
  test('is six digits of a person who has a factor, and good once', async () => {
    const id = await createUser('editor')
    expect(await verifyCode(id, '000000')).toBe(false)
    const { secret } = await setUpFactor(await passwordSignIn(EMAIL))
    later(5 * 60_000)
    const code = totp(secret)
    for (const typed of ['', `${code}0`, code.slice(1), `x${code}`, `${code}x`, 'abcdef']) {
      expect(await verifyCode(id, typed)).toBe(false)
    }
    expect(await verifyCode(id, ` ${code.slice(0, 2)} ${code.slice(2)}`)).toBe(true)
    expect(await verifyCode(id, code)).toBe(false)
    expect(await verifyCode(id, totp(secret, 1))).toBe(true)
  })

  test('may be half a minute old or early, and no more', async () => {
    const id = await createUser('editor')
    const { secret } = await setUpFactor(await passwordSignIn(EMAIL))
    // In the middle of a step, so that none of them ends meanwhile.
    const middle = (Math.floor(Date.now() / 30_000) + 10) * 30_000 + 15_000
    vi.useFakeTimers({ toFake: ['Date'], now: middle })
    for (const steps of [-2, 2]) expect(await verifyCode(id, totp(secret, steps))).toBe(false)
    for (const steps of [-1, 0, 1]) expect(await verifyCode(id, totp(secret, steps))).toBe(true)
  })

  test('does not count before its factor is confirmed', async () => {
    const id = await createUser('editor')
    const prepared = await prepareTwoFactor(await signedInBy(await passwordSignIn(EMAIL)))
    expect(await verifyCode(id, totp(prepared?.secret ?? ''))).toBe(false)
    expect(await verifyCode(id, totp(prepared?.secret ?? ''), false)).toBe(true)
  })
})

describe('recovery codes', () => {
  test('are counted: none without a factor, ten at first, one less when one is used', async () => {
    await createUser('editor')
    const jar = await passwordSignIn(EMAIL)
    const before = await signedInBy(jar)
    expect(await countRecoveryCodes(before)).toBeNull()
    await prepareTwoFactor(before)
    expect(await countRecoveryCodes(before)).toBeNull()
    const { recoveryCodes } = await setUpFactor(jar)
    const signedIn = await signedInBy(jar)
    expect(await countRecoveryCodes(signedIn)).toBe(10)
    const next = await passwordSignIn(EMAIL)
    expect(await signInWithCode(next.headers, recoveryCodes[3] ?? '')).toMatchObject({ ok: true })
    expect(await countRecoveryCodes(signedIn)).toBe(9)
  })

  test('of one person stay when another sets up a factor', async () => {
    await createUser('editor')
    await createUser('administrator')
    const { recoveryCodes } = await setUpFactor(await passwordSignIn(EMAIL))
    const other = await setUpFactor(await passwordSignIn('administrator@fictional.example'))
    expect(other.recoveryCodes).not.toContain(recoveryCodes[0])
    const next = await passwordSignIn(EMAIL)
    expect(await signInWithCode(next.headers, recoveryCodes[0] ?? '')).toMatchObject({ ok: true })
  })

  test('are renewed where there is a confirmed factor, which is on record', async () => {
    const id = await createUser('editor')
    const jar = await passwordSignIn(EMAIL)
    const before = await signedInBy(jar)
    await prepareTwoFactor(before)
    expect(await regenerateRecoveryCodes(before)).toEqual({ ok: false, reason: 'noTwoFactor' })
    await setUpFactor(jar)
    const renewed = await regenerateRecoveryCodes(await signedInBy(jar))
    if (!renewed.ok) throw new Error(renewed.reason)
    expect(entries().at(-1)).toMatchObject({
      ...{ actor: `user:${id}`, subject: id, detail: '{"renewed":true}' },
    })
    const next = await passwordSignIn(EMAIL)
    const [code = ''] = renewed.recoveryCodes
    expect(await signInWithCode(next.headers, code)).toMatchObject({ ok: true })
  })

  test.each([
    ['ABCDE-FGHJK', 'abcde-fghjk'],
    [' abcde fghjk ', 'abcde-fghjk'],
    ['abcdefghjk', 'abcde-fghjk'],
    ['a.b.c.d.e-f_g/h+j k', 'abcde-fghjk'],
    ['23456789ab', '23456-789ab'],
  ])('%j is compared as %s', (typed, spelled) => {
    expect(normalizeRecoveryCode(typed)).toBe(spelled)
  })
})
