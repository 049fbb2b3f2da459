import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { ask } from '@/tests/support/http'
import { isolatedSite } from '@/tests/support/isolated-site'
import { readForm, sendForm } from '@/tests/support/plain-form'
import { cookieHeader, createTestUser, type TestUser } from '@/tests/support/sign-in'
import { ageReauthentication, changeOnSite, personOnSite } from '@/tests/support/site-database'
import { PASSWORD } from '@/tests/support/totp'

const base = () => process.env['BASE_URL'] ?? ''

isolatedSite()

/** An act that sends its user to "Is it still you?": where it is asked for, and what it does. */
type Act = {
  page: (other: TestUser) => string
  /** What stands in its form and in no other of its page. */
  holding: string
  fields: Record<string, string>
  /** As the page is told to show it again. */
  confirm: string
  /** What the other person's account, or the answer, looks like once it is done. */
  done: (other: TestUser, body: string) => void
}

const personPage = ({ id }: TestUser) => `/en/admin/people/${id}`
const onAccount = (act: string, done: object): Act => ({
  ...{ page: personPage, holding: `value="${act}"`, fields: { act }, confirm: act },
  done: ({ id }) => expect(personOnSite(id)).toMatchObject(done),
})

const ACTS: Record<string, Act> = {
  disable: onAccount('disabled', { disabledAt: expect.anything() as unknown, sessions: 0 }),
  enable: onAccount('enabled', { disabledAt: null }),
  'end sessions': onAccount('sessionsRevoked', { sessions: 0 }),
  'reset factor': onAccount('twoFactorReset', { twoFactorEnabled: 0 }),
  'make link': {
    ...{ page: personPage, holding: 'Make a link to set a password', fields: {}, confirm: 'link' },
    done: (other, body) => {
      expect(body).toContain('/sign-in/link/')
      expect(personOnSite(other.id)).toMatchObject({ links: 1 })
    },
  },
  'new recovery codes': {
    ...{ page: () => '/en/admin/account', holding: 'Make new recovery codes', fields: {} },
    confirm: 'codes',
    done: (_, body) => expect(body.match(/<li><code>/g)).toHaveLength(10),
  },
}

test.each(Object.entries(ACTS))(
  '%s: not dropped by "Is it still you?", but shown again and then done',
  async (name, { page, holding, fields, confirm, done }) => {
    const me = await createTestUser('administrator')
    const other = await createTestUser('editor', { regions: ['africa'] })
    if (name === 'enable') {
      changeOnSite('UPDATE "User" SET "disabledAt" = ? WHERE "id" = ?', '2026-01-01', other.id)
    }
    const cookie = cookieHeader(me)
    const before = personOnSite(other.id)
    ageReauthentication(me.id, 11)
    const asked = await sendForm(
      base(),
      await readForm(base(), page(other), cookie, holding),
      fields,
      cookie,
    )
    const again = `${page(other)}?confirm=${confirm}`
    expect(asked.headers['location']).toBe(`/en/sign-in/again?next=${encodeURIComponent(again)}`)
    expect(personOnSite(other.id)).toEqual(before)

    const secret = await readForm(base(), String(asked.headers['location']), cookie)
    const confirmed = await sendForm(base(), secret, { secret: PASSWORD }, cookie)
    expect(confirmed.headers['location']).toBe(again)
    expect((await ask(base(), again, { headers: { cookie } })).body).toContain('Not done yet')
    expect(personOnSite(other.id)).toEqual(before)

    const shown = await readForm(base(), again, cookie, holding)
    const answer = await sendForm(base(), shown, fields, cookie)
    done(other, answer.body)
  },
)

test('an act on an account is not dropped by signing in either', async () => {
  const me = await createTestUser('administrator')
  const other = await createTestUser('editor', { regions: ['africa'] })
  const form = await readForm(base(), personPage(other), cookieHeader(me), 'value="disabled"')
  const answer = await sendForm(base(), form, { act: 'disabled' })
  const again = `${personPage(other)}?confirm=disabled`
  expect(answer.headers['location']).toBe(`/en/sign-in?next=${encodeURIComponent(again)}`)
})

test('every place that sends to "Is it still you?" is known here', () => {
  const calls = readdirSync('app', { recursive: true, encoding: 'utf8' }).flatMap((file) =>
    !/\.tsx?$/.test(file)
      ? []
      : [
          ...readFileSync(`app/${file}`, 'utf8').matchAll(
            /sign-in\/again\?|[^n] requireReauthentication\(/g,
          ),
        ].map(() => file.replace('[locale]/', '')),
  )
  // Those that ask within their form keep what was typed: tests/browser/forms/confirm-password.spec.ts.
  expect(calls.toSorted()).toEqual([
    'admin/account/actions.ts',
    'admin/people/actions.ts',
    'admin/people/actions.ts',
    'admin/require-user.ts',
    'admin/require-user.ts',
  ])
})
