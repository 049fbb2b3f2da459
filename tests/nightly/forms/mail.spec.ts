import { randomUUID } from 'node:crypto'
import { expectAccessible } from '@/tests/support/accessibility'
import { press } from '@/tests/support/desk-form'
import { another, beginning, expectGone, linkIn, mailTo, words } from '@/tests/support/mail'
import {
  waitForAddress,
  createTestUser,
  sendPassword,
  signIn,
  signInAs,
} from '@/tests/support/sign-in'
import { changeOnSite } from '@/tests/support/site-database'
import { expect, test } from '@/tests/support/test'

test.use({ sendsMail: true })

const NEW_PASSWORD = 'Un parapluie rouge neuf'

for (const language of ['fr', 'en'] as const) {
  test(`whoever is invited in ${language} gets a mail, and their link sets a password once`, async ({
    page,
    context,
    locale,
    smtp,
    baseURL,
  }) => {
    await signIn(page, 'administrator', { locale, next: '/admin/people/new' })
    const email = `guest-${randomUUID()}@fictional.example`
    await page.locator('[name=name]').fill('Invitée fictive')
    await page.locator('[name=email]').fill(email)
    await page.locator('[name=locale]').selectOption(language)
    await page.locator('main form:has([name=email]) button').click()
    await expect(page.locator('.revealed')).toContainText(words(locale).Users.link.mailed)
    await expect(page.locator('.revealed code')).toHaveCount(0)
    await expectAccessible(page)

    const mail = await mailTo(smtp, email)
    const { subject, body } = words(language).Mail.invitation
    expect(mail.headers).toMatchObject({ 'content-language': language })
    expect(mail.headers['subject']).toContain(beginning(subject))
    expect(mail.text).toContain(beginning(body))
    expect(mail.text).toContain('Invitée fictive')
    const link = linkIn(mail, 'sign-in/link')
    expect(link.startsWith(`${baseURL}/${language}/`)).toBe(true)

    const other = await another(context, baseURL)
    const guest = await other.newPage()
    await guest.goto(link)
    await expect(guest.locator('main')).toContainText(email)
    await expectAccessible(guest)
    await guest.locator('main [name=password]').fill(NEW_PASSWORD)
    await guest.locator('main form button').click()
    await waitForAddress(guest, `/${language}/sign-in?done=password`)
    await sendPassword(guest, { email, password: NEW_PASSWORD })
    await waitForAddress(guest, `/${language}/admin`)
    await expectGone(guest, link, language)
    await other.close()
  })
}

test('an invitation is good for half an hour', async ({ page, locale, smtp }) => {
  await signIn(page, 'administrator', { locale, next: '/admin/people/new' })
  const email = `late-${randomUUID()}@fictional.example`
  await page.locator('[name=name]').fill('Invitée fictive')
  await page.locator('[name=email]').fill(email)
  await page.locator('[name=locale]').selectOption(locale)
  await page.locator('main form:has([name=email]) button').click()
  const link = linkIn(await mailTo(smtp, email), 'sign-in/link')
  // As if it had been made so long before.
  const age = (minutes: number) => {
    const madeAt = new Date(Date.now() - minutes * 60_000).toISOString()
    const endsAt = new Date(Date.now() + (30 - minutes) * 60_000).toISOString()
    const changed = changeOnSite(
      `UPDATE "OneTimeToken" SET "createdAt" = ?, "expiresAt" = ? WHERE "userId" =
        (SELECT "id" FROM "User" WHERE "email" = ?) AND
        strftime('%s', "expiresAt") - strftime('%s', "createdAt") = 1800`,
      ...[madeAt, endsAt, email],
    )
    expect(changed).toBe(1)
  }
  age(28)
  await page.goto(link)
  await expect(page.locator('main [name=password]')).toHaveCount(1)
  age(31)
  await page.locator('main [name=password]').fill(NEW_PASSWORD)
  await page.locator('main form button').click()
  await expect(page.locator('main')).toContainText(words(locale).SignIn.link.goneTitle)
  await expectGone(page, link, locale)
})

test('a newer link replaces an older one, and nobody without an account is written to', async ({
  page,
  locale,
  smtp,
}) => {
  const person = await createTestUser('member', { locale })
  const unknown = `nobody-${randomUUID()}@fictional.example`
  const ask = async (email: string) => {
    await page.goto(`/${locale}/sign-in/forgotten`)
    await page.locator('main [name=email]').fill(email)
    await page.locator('main form button').click()
    await waitForAddress(page, `/${locale}/sign-in/forgotten?done=sent`)
  }
  await ask(unknown)
  await ask(person.email)
  const first = linkIn(await mailTo(smtp, person.email), 'sign-in/link')
  await ask(person.email)
  const second = linkIn(await mailTo(smtp, person.email, 1), 'sign-in/link')
  await expectGone(page, first, locale)
  await page.goto(second)
  await expect(page.locator('main [name=password]')).toHaveCount(1)
  // What was asked first was answered first.
  expect(smtp.received.filter(({ to }) => to.includes(unknown))).toEqual([])
})

test('a proposal: both sides are told by mail, each in their language', async ({
  page,
  context,
  locale,
  smtp,
  baseURL,
}) => {
  test.slow()
  const name = `Collectif Lanterne ${randomUUID().slice(0, 8)}`
  const { createHistory } = await import('@/tests/support/create-organisations')
  const { id } = await createHistory(name)
  const editor = await signInAs(context, 'editor', { regions: ['africa'], locale: 'fr' })
  const author = `author-${randomUUID()}@fictional.example`
  await page.goto(`/${locale}/admin/organisations/${id}/proposal-link`)
  await page.locator('main [name=email]').fill(author)
  await page.locator('main [name=language]').selectOption('en')
  await page.locator('main form button').click()
  await expect(page.locator('main .done')).toBeVisible()
  await expect(page.locator('main code')).toHaveCount(0)

  const asked = await mailTo(smtp, author)
  expect(asked.headers).toMatchObject({ 'content-language': 'en' })
  expect(asked.text).toContain(`${name} bis`)
  const other = await another(context, baseURL)
  const guest = await other.newPage()
  await guest.goto(linkIn(asked, 'propose'))
  await guest.locator('[name="answers.who.fr.text"]').fill('Nous travaillons avec tout le monde.')
  await press(guest, 'propose')
  await waitForAddress(guest, '/en/propose/sent')
  await other.close()

  const received = await mailTo(smtp, editor.email)
  expect(received.headers).toMatchObject({ 'content-language': 'fr' })
  expect(received.text).toContain(beginning(words('fr').Mail.proposalReceived.body))
  expect(received.text).not.toContain(author)
  await page.goto(linkIn(received, 'admin/proposals'))
  await page.locator('form.review [value=accept]').click()
  await waitForAddress(page, '/fr/admin/proposals?done=accepted')

  const accepted = await mailTo(smtp, author, 1)
  expect(accepted.headers).toMatchObject({ 'content-language': 'en' })
  expect(accepted.text).toContain(beginning(words('en').Mail.proposalAccepted.body))
})
