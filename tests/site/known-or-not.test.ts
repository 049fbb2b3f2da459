import { randomUUID } from 'node:crypto'
import { afterAll, expect, test } from 'vitest'
import type { Answer } from '@/tests/support/http'
import { isolatedSite } from '@/tests/support/isolated-site'
import { readForm, sendForm } from '@/tests/support/plain-form'
import { createTestUser } from '@/tests/support/sign-in'
import { changeOnSite } from '@/tests/support/site-database'
import { startSmtpServer, type SmtpServer } from '@/tests/support/smtp'

const baseURL = () => process.env['BASE_URL']
let smtp: SmtpServer

isolatedSite(async () => {
  smtp = await startSmtpServer()
  return { SMTP_URL: smtp.url, SMTP_FROM: 'L’annuaire <desk@directory.example>' }
})

afterAll(() => smtp.close())

/** Everything but what differs between any two answers: their date and the nonce of their scripts. */
function comparable({ status, headers, body }: Answer, email: string) {
  const { date: _, ...rest } = headers
  const nonce = /'nonce-([^']+)'/.exec(String(headers['content-security-policy']))?.[1]
  const plain = (text: string) =>
    (nonce === undefined ? text : text.replaceAll(nonce, 'NONCE')).replaceAll(email, 'EMAIL')
  return {
    status,
    headers: Object.fromEntries(
      Object.entries(rest).map(([name, value]) => [name, plain(String(value))]),
    ),
    body: plain(body),
  }
}

/** E-mails of the same length, so that lengths can be compared too. */
const sameLength = (role: string) => `${role}-${randomUUID()}@fictional.example`

/** Somebody of every kind who has an account. */
async function createAccounts(): Promise<Record<string, string>> {
  const { disableUser } = await import('@/lib/users/users')
  const { administrator } = await import('@/tests/support/profiles')
  const disabled = await createTestUser('member')
  await disableUser(administrator, disabled.id)
  const withoutPassword = await createTestUser('member')
  changeOnSite('UPDATE "Account" SET "password" = NULL WHERE "userId" = ?', withoutPassword.id)
  return {
    'a member': (await createTestUser('member')).email,
    'an administrator': (await createTestUser('administrator')).email,
    'somebody disabled': disabled.email,
    'somebody who has never set a password': withoutPassword.email,
  }
}

for (const locale of ['fr', 'en'] as const) {
  test(`signing in and a forgotten password (${locale}) answer alike, whoever has an account`, async () => {
    const accounts = await createAccounts()
    const signIn = await readForm(baseURL(), `/${locale}/sign-in`)
    const forgotten = await readForm(baseURL(), `/${locale}/sign-in/forgotten`)
    const tried = async (email: string) => {
      const password = 'not the password'
      return [
        comparable(await sendForm(baseURL(), signIn, { email, password }), email),
        comparable(await sendForm(baseURL(), forgotten, { email }), email),
      ]
    }
    for (const [who, email] of Object.entries(accounts)) {
      const [role = ''] = email.split('-')
      const [refused, sent] = await tried(email)
      const [refusedToo, sentToo] = await tried(sameLength(role))
      expect([who, refused]).toEqual([who, refusedToo])
      expect([who, sent]).toEqual([who, sentToo])
      expect(refused).toMatchObject({
        status: 200,
        body: expect.stringContaining('EMAIL') as string,
      })
      expect(sent).toMatchObject({
        status: 303,
        headers: { location: `/${locale}/sign-in/forgotten?done=sent` },
      })
      for (const { headers } of [refused, sent].flatMap((one) => one ?? [])) {
        expect(headers).not.toHaveProperty('set-cookie')
      }
    }
  })
}

test('who has no account runs into the limits like who has one', async () => {
  const form = await readForm(baseURL(), '/en/sign-in')
  const answers = async (email: string) => {
    const all = []
    for (let attempt = 0; attempt < 12; attempt++) {
      const answer = await sendForm(baseURL(), form, { email, password: 'not the password' })
      all.push(comparable(answer, email))
    }
    return all
  }
  const known = await answers((await createTestUser('member')).email)
  expect(await answers(sameLength('member'))).toEqual(known)
  expect(known[10]?.body).not.toBe(known[9]?.body)
  expect(known[11]).toEqual(known[10])
})
