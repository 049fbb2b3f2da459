import { expectAccessible } from '@/tests/support/accessibility'
import { another, beginning, expectGone, linkIn, mailTo, words } from '@/tests/support/mail'
import { waitForAddress, sendPassword, signInAs } from '@/tests/support/sign-in'
import { expect, test } from '@/tests/support/test'
import { PASSWORD } from '@/tests/support/totp'

test.use({ siteDatabase: 'empty', sendsMail: true })

const NEW_PASSWORD = 'Un parapluie rouge neuf'

test('a forgotten password: the mailed link sets a new one, once, and ends all sessions', async ({
  page,
  context,
  locale,
  smtp,
  baseURL,
}) => {
  const before = await another(context, baseURL)
  const person = await signInAs(before, 'member', { locale })
  const old = await before.newPage()
  await old.goto(`/${locale}/admin/account`)
  await expect(old.locator('main')).toContainText(person.email)

  await page.goto(`/${locale}/sign-in`)
  await page.locator('main a[href$="/sign-in/forgotten"]').click()
  await page.locator('main [name=email]').fill('nonsense')
  await page.locator('main form button').click()
  await expect(page.locator('#email-error')).toBeVisible()
  await expect(page.locator('main [name=email]')).toHaveValue('nonsense')
  await expectAccessible(page)
  await page.locator('main [name=email]').fill(person.email)
  await page.locator('main form button').click()
  await waitForAddress(page, `/${locale}/sign-in/forgotten?done=sent`)
  await expectAccessible(page)

  const mail = await mailTo(smtp, person.email)
  const { subject, body } = words(locale).Mail.reset
  expect(mail.headers).toMatchObject({ 'content-language': locale })
  expect(mail.headers['subject']).toContain(beginning(subject))
  expect(mail.text).toContain(beginning(body))
  const link = linkIn(mail, 'sign-in/link')
  // Asking alone ends nothing.
  await old.reload()
  await expect(old.locator('main')).toContainText(person.email)

  await page.goto(link)
  await page.locator('main [name=password]').fill('court')
  await page.locator('main form button').click()
  await expect(page.locator('#password-error')).toBeVisible()
  await expectAccessible(page)
  await page.locator('main [name=password]').fill(NEW_PASSWORD)
  await page.locator('main form button').click()
  await waitForAddress(page, `/${locale}/sign-in?done=password`)

  await old.reload()
  await waitForAddress(old, `/${locale}/sign-in`)
  await before.close()
  await sendPassword(page, { email: person.email, password: PASSWORD })
  await expect(page.locator('.error-summary')).toBeVisible()
  await sendPassword(page, { email: person.email, password: NEW_PASSWORD })
  await waitForAddress(page, `/${locale}/admin`)
  await expectGone(page, link, locale)
})
