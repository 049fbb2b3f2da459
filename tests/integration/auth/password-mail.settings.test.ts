import { beforeEach, expect, test, vi } from 'vitest'
import { findPasswordToken } from '@/lib/auth/password-links'
import { inviteUser } from '@/lib/users/users'
import { processResetRequests, requestPasswordReset } from '@/lib/auth/password-reset'
import { freshDatabase, rows } from '@/tests/support/database'
import { createUser } from '@/tests/support/people'

// Before any module of the product reads the environment: this site sends mail.
vi.hoisted(() => {
  process.env['SMTP_URL'] = 'smtp://127.0.0.1:1'
  process.env['SMTP_FROM'] = 'desk@fictional.example'
})

beforeEach(freshDatabase)

const MEMBER = 'member@fictional.example'
const outbox = () =>
  rows<{ recipient: string; locale: string; template: string; values: string }>(
    'SELECT * FROM "OutboxMail"',
  )

function secretIn(values: string): string {
  const { link } = JSON.parse(values) as { link: string }
  return link.split('/').at(-1) ?? ''
}

test('who forgot the password is mailed a link, in their language, and that is on record', async () => {
  const id = await createUser('member')
  expect(await requestPasswordReset(new Headers(), ' Member@Fictional.Example ')).toEqual({
    ok: true,
  })
  expect(await processResetRequests()).toBe(1)
  const [mail] = outbox()
  expect(mail).toMatchObject({ recipient: MEMBER, locale: 'fr', template: 'reset' })
  const link = 'http://localhost:3000/fr/sign-in/link/'
  expect(JSON.parse(mail?.values ?? '')).toEqual({
    name: 'Fictional member',
    link: expect.stringMatching(`^${link}[\\w-]{43}$`) as string,
  })
  const secret = secretIn(mail?.values ?? '')
  expect(await findPasswordToken(secret)).toMatchObject({ kind: 'reset', user: { id } })
  expect(rows('SELECT * FROM "AuditEntry"')).toMatchObject([
    { actor: 'anonymous', action: 'linkCreated', subject: id, detail: '{"kind":"reset"}' },
  ])
})

test('an invitation is mailed, and shown to nobody', async () => {
  const id = await createUser('administrator')
  const outcome = await inviteUser(
    { kind: 'user', id, role: 'administrator' },
    {
      ...{ name: 'Invitée fictive', email: 'guest@fictional.example', locale: 'en' },
      ...{ role: 'member', regions: [], organisations: [], languages: [] },
    },
  )
  expect(outcome).toMatchObject({ ok: true, link: null })
  const [mail] = outbox()
  expect(mail).toMatchObject({
    ...{ recipient: 'guest@fictional.example', locale: 'en', template: 'invitation' },
  })
  expect(await findPasswordToken(secretIn(mail?.values ?? ''))).toMatchObject({
    kind: 'invitation',
  })
})
