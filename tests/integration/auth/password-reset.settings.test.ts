import { beforeEach, expect, test, vi } from 'vitest'
import { processResetRequests, requestPasswordReset } from '@/lib/auth/password-reset'
import { deleteExpired } from '@/lib/jobs/clean-up'
import { sendDueMail } from '@/lib/mail/outbox'
import { execute, freshDatabase, rows } from '@/tests/support/database'
import { createUser } from '@/tests/support/people'

vi.hoisted(() => {
  // Nobody takes mail there; here it only has to be put down.
  process.env['SMTP_URL'] = 'smtp://127.0.0.1:9'
  process.env['SMTP_FROM'] = 'desk@fictional.example'
})

const MEMBER = 'member@fictional.example'
const NOBODY = 'nobody@fictional.example'

const ask = (email: string, network = 1) =>
  requestPasswordReset(new Headers({ 'x-client-address-prefix': `10.0.${network}.0/24` }), email)
const outbox = () =>
  rows<{ template: string; recipient: string }>(
    'SELECT "template", "recipient" FROM "OutboxMail" ORDER BY rowid',
  )
const linkCount = () => rows('SELECT * FROM "OneTimeToken" WHERE "usedAt" IS NULL').length

beforeEach(freshDatabase)

test('a new password that is asked for leaves the same row whether there is such an account or not', async () => {
  await createUser('member')
  expect(await ask(` ${MEMBER.toUpperCase()} `)).toEqual({ ok: true })
  expect(await ask(NOBODY)).toEqual({ ok: true })
  expect(outbox()).toEqual([
    { template: 'resetRequest', recipient: MEMBER },
    { template: 'resetRequest', recipient: NOBODY },
  ])
  expect(linkCount()).toBe(0)
  // It is no mail.
  expect(await sendDueMail({ url: 'smtp://127.0.0.1:9', from: 'desk@fictional.example' })).toBe(0)
  expect(outbox()).toHaveLength(2)
})

test('what was asked for is answered once: a mail to who has an account, nothing to anybody else', async () => {
  await createUser('member')
  await createUser('translator')
  execute(`UPDATE "User" SET "disabledAt" = '2026-01-01T00:00:00.000Z' WHERE "role" = 'translator'`)
  for (const email of [MEMBER, NOBODY, 'translator@fictional.example']) await ask(email)
  const answered = await Promise.all([processResetRequests(), processResetRequests()])
  expect(answered.reduce((sum, count) => sum + count)).toBe(3)
  expect(outbox()).toEqual([{ template: 'reset', recipient: MEMBER }])
  expect(linkCount()).toBe(1)
  expect(rows(`SELECT * FROM "AuditEntry" WHERE "action" = 'linkCreated'`)).toHaveLength(1)
})

test('it is asked for ten times an hour for one account, from however many networks', async () => {
  const outcomes = []
  for (let network = 0; network < 12; network++) outcomes.push(await ask(MEMBER, network))
  expect(outcomes.filter(({ ok }) => ok)).toHaveLength(10)
  expect(outcomes.at(-1)).toEqual({ ok: false, reason: 'tooMany' })
  expect(await ask(`${'a'.repeat(250)}@fictional.example`)).toEqual({ ok: true })
  expect(outbox()).toHaveLength(10)
})

test('what nobody has answered for a day is given up, and the address forgotten', async () => {
  await ask(MEMBER)
  await deleteExpired(new Date(Date.now() + 25 * 60 * 60_000))
  expect(outbox()).toEqual([{ template: 'resetRequest', recipient: '' }])
  expect(await processResetRequests()).toBe(0)
})
