import { beforeEach, describe, expect, test, vi } from 'vitest'
import { auth, sessionToken, parseSignedCookie } from '@/lib/auth/better-auth'
import { signIn, signInWithCode } from '@/lib/auth/sign-in'
import { writer } from '@/lib/database/client'
import { log } from '@/lib/log'
import { freshDatabase, rows } from '@/tests/support/database'
import { createUser, passwordSignIn, setUpFactor } from '@/tests/support/people'
import { PASSWORD } from '@/tests/support/totp'

beforeEach(freshDatabase)

const MEMBER = 'member@fictional.example'
const DAYS_30 = 30 * 24 * 60 * 60

/** Attributes of the one cookie of an answer, in lower case. */
function cookieOf(answer: Headers): { pair: string; attributes: string[] } {
  const [cookie = '', ...others] = answer.getSetCookie()
  expect(others).toEqual([])
  const [pair = '', ...attributes] = cookie.split(/; */)
  return { pair, attributes: attributes.map((one) => one.toLowerCase()).sort() }
}

test('the cookie of a session is for the server alone, for the whole site, as long as the longest session', async () => {
  await createUser('member')
  const outcome = await signIn(new Headers(), { email: MEMBER, password: PASSWORD })
  if (!outcome.ok) throw new Error(outcome.reason)
  const { pair, attributes } = cookieOf(outcome.cookies)
  expect(pair).toMatch(/^directory\.session=[^.]+\.[^.]+$/)
  expect(attributes).toEqual(['httponly', `max-age=${DAYS_30}`, 'path=/', 'samesite=lax'])
})

test('nobody signs up', async () => {
  const body = { email: 'guest@fictional.example', name: 'Guest', password: PASSWORD }
  await expect(auth().api.signUpEmail({ body })).rejects.toMatchObject({ status: 'BAD_REQUEST' })
  expect(rows('SELECT * FROM "User"')).toEqual([])
})

test('no session begins for who is disabled, or is not there', async () => {
  const id = await createUser('member')
  await writer().user.update({ where: { id }, data: { disabledAt: new Date() } })
  await expect(passwordSignIn(MEMBER)).rejects.toThrow()
  expect(rows('SELECT * FROM "Session"')).toEqual([])
})

test('reading a session does not prolong it', async () => {
  await createUser('member')
  const jar = await passwordSignIn(MEMBER)
  const [before] = rows<Record<string, unknown>>('SELECT * FROM "Session"')
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 6 * 24 * 60 * 60_000 })
  expect(await auth().api.getSession({ headers: jar.headers })).not.toBeNull()
  vi.useRealTimers()
  expect(rows('SELECT * FROM "Session"')).toEqual([before])
})

test('of what fails in better-auth the log says that it did, and nothing of what was asked', async () => {
  const id = await createUser('member')
  const logged = vi.spyOn(log, 'error').mockImplementation(() => {})
  const wrong = { email: MEMBER, password: 'not the password' }
  await expect(auth().api.signInEmail({ body: wrong })).rejects.toThrow()
  expect(logged).not.toHaveBeenCalled()
  // No session can be made for them.
  await writer().user.update({ where: { id }, data: { disabledAt: new Date() } })
  const body = { email: MEMBER, password: PASSWORD }
  await expect(auth().api.signInEmail({ body })).rejects.toThrow()
  expect(logged.mock.calls).toEqual([[{ event: 'authenticationFailed' }]])
})

test('between password and code the database cannot tell which browser may go on', async () => {
  await createUser('editor')
  await setUpFactor(await passwordSignIn('editor@fictional.example'))
  const jar = await passwordSignIn('editor@fictional.example')
  const cookie = jar.cookies.find(({ name }) => name === 'directory.second-factor')
  const pending = parseSignedCookie(cookie?.value ?? '')?.value ?? ''
  expect(pending).not.toBe('')
  expect(rows('SELECT * FROM "Verification"')).not.toHaveLength(0)
  expect(JSON.stringify(rows('SELECT * FROM "Verification"'))).not.toContain(pending)
})

test('a wrong code locks nobody out: how often one may be tried is counted by our own limits', async () => {
  await createUser('editor')
  await setUpFactor(await passwordSignIn('editor@fictional.example'))
  const jar = await passwordSignIn('editor@fictional.example')
  const outcome = await signInWithCode(jar.headers, 'aaaaa-aaaaa')
  expect(outcome).toEqual({ ok: false, reason: 'refused' })
  expect(rows('SELECT "failedVerificationCount", "lockedUntil" FROM "TwoFactor"')).toEqual([
    { failedVerificationCount: 0, lockedUntil: null },
  ])
})

describe('a signed cookie', () => {
  test.each([
    ['token.signature', { value: 'token', signature: 'signature' }],
    ['a.b.signature', { value: 'a.b', signature: 'signature' }],
    ['t.', { value: 't', signature: '' }],
    ['token.c2ln%3D%2B', { value: 'token', signature: 'c2ln=+' }],
    ['.signature', null],
    ['nothing signed', null],
    ['', null],
    ['%E0%A4%A.signature', null],
  ])('%j is what was signed and the signature', (cookie, expected) => {
    expect(parseSignedCookie(cookie)).toEqual(expected)
  })

  test('of an answer tells the token of the session that it begins', () => {
    const answer = (...cookies: string[]) => {
      const headers = new Headers()
      for (const cookie of cookies) headers.append('set-cookie', cookie)
      return headers
    }
    const own = 'directory.session=token.c2ln; Path=/; HttpOnly'
    expect(sessionToken(answer(own))).toBe('token')
    expect(sessionToken(answer('directory.second-factor=other.c2ln; Path=/', own))).toBe('token')
    expect(sessionToken(answer('directory.session-data=other.c2ln'))).toBe('')
    expect(sessionToken(answer('directory.session=; Max-Age=0'))).toBe('')
    expect(sessionToken(answer())).toBe('')
  })
})
