import { randomUUID } from 'node:crypto'
import { expectAccessible } from '@/tests/support/accessibility'
import {
  waitForAddress,
  createTestUser,
  runOnSite,
  sendPassword,
  setUpFactor,
  signIn,
} from '@/tests/support/sign-in'
import { expect, test } from '@/tests/support/test'
import { PASSWORD, totp } from '@/tests/support/totp'

/** An address of a link, at the site under test and in the language of the test. */
const at = (link: string, locale: string) =>
  new URL(link).pathname.replace(/^\/(en|fr)\//, `/${locale}/`)

test('a first administrator, from the command line to the second sign-in', async ({
  page,
  context,
  locale,
}) => {
  const email = `first-${randomUUID()}@fictional.example`
  const said = runOnSite('cli/admin.ts', ['create', '--email', email, '--name', 'Première'])
  const link = said.split('\n').at(-1) ?? ''
  const next = `/${locale}/admin/account`

  await page.goto(at(link, locale))
  await expect(page.locator('main')).toContainText(email)
  await page.locator('main [name=password]').fill('motdepasse1234')
  await page.locator('main form button').click()
  await expect(page.locator('.error-summary')).toBeVisible()
  await expect(page.locator('#password-error')).toBeVisible()
  await expectAccessible(page)
  await page.locator('main [name=password]').fill(PASSWORD)
  await page.locator('main form button').click()
  await waitForAddress(page, `/${locale}/sign-in?done=password`)
  await expectAccessible(page)
  await page.goto(at(link, locale))
  await expect(page.locator('main [name=password]')).toHaveCount(0)
  await expectAccessible(page)

  // Nobody gets further without a second factor.
  await page.goto(next)
  await waitForAddress(page, `/${locale}/sign-in`)
  await sendPassword(page, { email, password: PASSWORD })
  await waitForAddress(page, `/${locale}/sign-in/factor`)
  await page.goto(next)
  await waitForAddress(page, `/${locale}/sign-in/factor`)
  await expect(page.getByRole('img')).toBeVisible()
  await page.locator('main [name=code]').fill('000000')
  await page.locator('main form button').click()
  await expect(page.locator('.error-summary')).toBeVisible()
  const secret = await setUpFactor(page)
  await expect(page.locator('.codes li')).toHaveCount(10)
  await expectAccessible(page)
  const recoveryCode = await page.locator('.codes li').first().innerText()
  await page.locator('.revealed a.button').click()
  await waitForAddress(page, next)
  await expect(page.locator('main')).toContainText(email)

  const cookies = await context.cookies()
  expect(cookies.map(({ name }) => name).sort()).toEqual(['directory.known', 'directory.session'])
  for (const cookie of cookies) {
    expect(cookie).toMatchObject({ httpOnly: true, sameSite: 'Lax', path: '/' })
  }

  const signedOut = page.waitForResponse((response) => response.url().endsWith('/sign-in/out'))
  await page.locator('form[action$="/sign-in/out"] button').click()
  expect(await (await signedOut).headerValue('clear-site-data')).toBe(
    '"cache", "cookies", "storage"',
  )
  await waitForAddress(page, `/${locale}/sign-in?done=out`)
  expect(await context.cookies()).toEqual([])
  await page.goto(next)
  await waitForAddress(page, `/${locale}/sign-in`)

  await sendPassword(page, { email, password: PASSWORD })
  await waitForAddress(page, `/${locale}/sign-in/code`)
  // The code that set it up was used; the next one was not.
  await page.locator('main [name=code]').fill(totp(secret, -1))
  await page.locator('main form button').click()
  await expect(page.locator('.error-summary')).toBeVisible()
  await page.locator('main [name=code]').fill(totp(secret, 1))
  await page.locator('main form button').click()
  await waitForAddress(page, next)

  await page.locator('form[action$="/sign-in/out"] button').click()
  await waitForAddress(page, `/${locale}/sign-in?done=out`)
  await page.goto(`/${locale}/sign-in?next=${encodeURIComponent(next)}`)
  await sendPassword(page, { email, password: PASSWORD })
  await page.locator('main [name=code]').fill(recoveryCode)
  await page.locator('main form button').click()
  await waitForAddress(page, next)
  await expect(page.locator('main')).toContainText('9')
})

test('who has no account reads what who has one and mistypes reads', async ({ page, locale }) => {
  const person = await createTestUser('member')
  const answer = async (email: string) => {
    await page.goto(`/${locale}/sign-in`)
    await sendPassword(page, { email, password: 'not the password' })
    await expect(page.locator('.error-summary')).toBeVisible()
    await expect(page.locator('main [name=email]')).toHaveValue(email)
    await expect(page.locator('main [name=password]')).toHaveValue('')
    return page.locator('main').innerText()
  }
  const known = await answer(person.email)
  await expectAccessible(page)
  expect(await answer(`nobody-${randomUUID()}@fictional.example`)).toBe(known)
})

test('a person is invited, works, and is shut out at once', async ({
  page,
  browser,
  locale,
  baseURL,
  javaScriptEnabled,
}) => {
  await signIn(page, 'administrator', { locale, next: '/admin/people' })
  await page.goto(`/${locale}/admin/rights`)
  const [yes, no] = locale === 'fr' ? ['oui', 'non'] : ['yes', 'no']
  const cells = (french: string, englishName: string) => {
    const name = locale === 'fr' ? french : englishName
    const header = page.getByRole('rowheader', { name, exact: true })
    return page.locator('.rights tr', { has: header }).locator('td')
  }
  await expect(cells('Effacer', 'Erase')).toHaveText([yes, no, no, no])
  await expect(cells('Lire le journal', 'Read the log')).toHaveText([yes, no, no, no])
  const listed = locale === 'fr' ? /quand le profil est publié$/ : /where the profile is listed$/
  await expect(cells('Confirmer que tout est exact', 'Confirm as still correct')).toHaveText([
    yes,
    /./,
    no,
    listed,
  ])

  const email = `guest-${randomUUID()}@fictional.example`
  await page.goto(`/${locale}/admin/people/new`)
  await page.locator('[name=name]').fill('Invitée fictive')
  await page.locator('[name=email]').fill('nonsense')
  await page.locator('[name=organisations]').fill('no-such-organisation')
  await page.locator('main form:has([name=email]) button').click()
  await expect(page.locator('#email-error')).toBeVisible()
  await expect(page.locator('[name=organisations]')).toHaveValue('no-such-organisation')
  await page.locator('[name=email]').fill(email)
  await page.locator('main form:has([name=email]) button').click()
  await expect(page.locator('#organisations-error')).toBeVisible()
  await expectAccessible(page)
  await page.locator('[name=organisations]').fill('fictional-long-answers')
  await page.locator('main form:has([name=email]) button').click()
  const link = await page.locator('.codes code').innerText()
  await expectAccessible(page)

  const other = await browser.newContext({
    ...(baseURL === undefined ? {} : { baseURL }),
    ...(javaScriptEnabled === undefined ? {} : { javaScriptEnabled }),
  })
  const guest = await other.newPage()
  await guest.goto(at(link, locale))
  await guest.locator('main [name=password]').fill('Un parapluie rouge neuf')
  await guest.locator('main form button').click()
  await waitForAddress(guest, `/${locale}/sign-in?done=password`)
  await guest.goto(`/${locale}/sign-in?next=/${locale}/admin/account`)
  await sendPassword(guest, { email, password: 'Un parapluie rouge neuf' })
  await waitForAddress(guest, `/${locale}/admin/account`)
  await expect(guest.locator('main')).toContainText(email)
  const refused = await guest.goto(`/${locale}/admin/people`)
  expect(refused?.status()).toBe(404)
  await expect(guest.locator('h1')).toBeVisible()

  await page.goto(`/${locale}/admin/people`)
  await page.getByRole('row').filter({ hasText: email }).getByRole('link').click()
  await page.locator('button[value=disabled]').click()
  await page.waitForURL(/done=disabled$/)
  await guest.goto(`/${locale}/admin/account`)
  await waitForAddress(guest, `/${locale}/sign-in`)
  await sendPassword(guest, { email, password: 'Un parapluie rouge neuf' })
  await expect(guest.locator('.error-summary')).toBeVisible()
  await other.close()
})

test('one’s own account: sessions are ended, the password is changed', async ({
  page,
  browser,
  locale,
  baseURL,
}) => {
  const person = await signIn(page, 'member', { locale })
  const other = await browser.newContext({ ...(baseURL === undefined ? {} : { baseURL }) })
  const second = await other.newPage()
  await second.goto(`/${locale}/sign-in?next=/${locale}/admin/account`)
  await sendPassword(second, person)
  await waitForAddress(second, `/${locale}/admin/account`)

  await page.reload()
  await page.locator('button[name=session]').first().click()
  await waitForAddress(page, `/${locale}/admin/account?done=ended`)
  await second.reload()
  await waitForAddress(second, `/${locale}/sign-in`)
  await other.close()

  await page.locator('[name=current]').fill(PASSWORD)
  await page.locator('[name=password]').fill('court')
  await page.locator('form:has([name=current]) button').click()
  await expect(page.locator('#password-error')).toBeVisible()
  await page.locator('[name=current]').fill(PASSWORD)
  await page.locator('[name=password]').fill('Un parapluie rouge neuf')
  await page.locator('form:has([name=current]) button').click()
  await waitForAddress(page, `/${locale}/admin/account?done=password`)
  await expectAccessible(page)
})
