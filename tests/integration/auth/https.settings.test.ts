import { beforeEach, expect, test, vi } from 'vitest'
import { COOKIE_ATTRIBUTES, cookieName } from '@/lib/auth/better-auth'
import { signIn } from '@/lib/auth/sign-in'
import { freshDatabase } from '@/tests/support/database'
import { createUser } from '@/tests/support/people'
import { PASSWORD } from '@/tests/support/totp'

// Before any module of the product reads the environment: this site is reached by https.
vi.hoisted(() => {
  process.env['PUBLIC_ORIGIN'] = 'https://directory.example'
})

beforeEach(freshDatabase)

test('where the site is reached by https its cookies are sent by nothing else, and to no other name', async () => {
  expect(cookieName('known')).toBe('__Host-directory.known')
  expect(COOKIE_ATTRIBUTES).toEqual({ httpOnly: true, sameSite: 'lax', secure: true, path: '/' })
  await createUser('member')
  const outcome = await signIn(new Headers(), {
    email: 'member@fictional.example',
    password: PASSWORD,
  })
  if (!outcome.ok) throw new Error(outcome.reason)
  const cookies = outcome.cookies.getSetCookie()
  expect(cookies).toHaveLength(1)
  expect(cookies[0]).toMatch(/^__Host-directory\.session=/)
  expect(cookies[0]).toMatch(/; Secure(;|$)/)
  expect(cookies[0]).not.toMatch(/; Domain=/i)
})
