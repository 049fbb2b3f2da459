import { randomUUID } from 'node:crypto'
import type { Page } from '@playwright/test'
import { expectAccessible } from '@/tests/support/accessibility'
import {
  waitForAddress,
  createTestUser,
  sendPassword,
  setUpFactor,
  signIn,
  type TestUser,
} from '@/tests/support/sign-in'
import { ageReauthentication, personOnSite } from '@/tests/support/site-database'
import { expect, test } from '@/tests/support/test'
import { PASSWORD, totp } from '@/tests/support/totp'

const secret = (page: Page) => page.locator('main [name=secret]')

/** As if password and code had last been asked for a little longer ago than sensitive acts allow. */
function waitElevenMinutes({ id }: { id: string }) {
  expect(ageReauthentication(id, 11)).toBe(1)
}

/** Opens a page that asks again for whoever last gave password or code too long ago, and answers. */
async function openAskedAgain(page: Page, person: TestUser, locale: string, next: string) {
  waitElevenMinutes(person)
  await page.goto(next)
  await expect(page).toHaveURL(`/${locale}/sign-in/again?next=${encodeURIComponent(next)}`)
  await secret(page).fill(PASSWORD)
  await page.locator('main form button').click()
  await waitForAddress(page, next)
}

test('new recovery codes: asked again, by password or by code, and back to what was being done', async ({
  page,
  locale,
}) => {
  const account = `/${locale}/admin/account`
  const renew = page.locator('main form', { hasNot: page.locator('[name]:not([type=hidden])') })
  const person = await signIn(page, 'administrator', { locale })

  // Nothing is asked of whoever has just signed in.
  await renew.locator('button').last().click()
  await expect(page.locator('.codes li')).toHaveCount(10)
  await expectAccessible(page)

  waitElevenMinutes(person)
  await page.goto(account)
  await renew.locator('button').last().click()
  await page.waitForURL(({ pathname }) => pathname === `/${locale}/sign-in/again`)
  await expect(page).toHaveURL(
    `/${locale}/sign-in/again?next=${encodeURIComponent(`${account}?confirm=codes`)}`,
  )
  await secret(page).fill('not the password')
  await page.locator('main form button').click()
  await expect(page.locator('.error-summary')).toBeVisible()
  await expect(secret(page)).toHaveValue('')
  await expectAccessible(page)
  await secret(page).fill(PASSWORD)
  await page.locator('main form button').click()
  await waitForAddress(page, account)
  await renew.locator('button').last().click()
  await expect(page.locator('.codes li')).toHaveCount(10)
  const code = await page.locator('.codes li').first().innerText()

  // A code will do as well, once.
  waitElevenMinutes(person)
  await page.goto(account)
  await renew.locator('button').last().click()
  await page.waitForURL(({ pathname }) => pathname === `/${locale}/sign-in/again`)
  await secret(page).fill('000000')
  await page.locator('main form button').click()
  await expect(page.locator('.error-summary')).toBeVisible()
  await secret(page).fill(totp(person.secret ?? '', 1))
  await page.locator('main form button').click()
  await waitForAddress(page, account)

  // And the codes that were shown last are good.
  await page.locator('form[action$="/sign-in/out"] button').click()
  await waitForAddress(page, `/${locale}/sign-in?done=out`)
  await page.goto(`/${locale}/sign-in?next=${encodeURIComponent(account)}`)
  await sendPassword(page, person)
  await page.waitForURL(({ pathname }) => pathname === `/${locale}/sign-in/code`)
  await expectAccessible(page)
  await page.locator('main [name=code]').fill(code)
  await page.locator('main form button').click()
  await waitForAddress(page, account)
})

test('an invitation that took longer than ten minutes to type is not lost', async ({
  page,
  locale,
}) => {
  const person = await signIn(page, 'administrator', { locale })
  const next = `/${locale}/admin/people/new`
  await openAskedAgain(page, person, locale, next)

  const email = `guest-${randomUUID()}@fictional.example`
  const form = page.locator('main form:has([name=email])')
  await form.locator('[name=name]').fill('Personne « fictive »')
  await form.locator('[name=email]').fill(email)
  await form.locator('[name=role]').selectOption('translator')
  await form.locator('[name=organisations]').fill('fictional-long-answers')
  await form.locator('[name=languages]').fill('fr en')
  const expectTyped = async () => {
    await expect(form.locator('[name=name]')).toHaveValue('Personne « fictive »')
    await expect(form.locator('[name=email]')).toHaveValue(email)
    await expect(form.locator('[name=role]')).toHaveValue('translator')
    await expect(form.locator('[name=organisations]')).toHaveValue('fictional-long-answers')
    await expect(form.locator('[name=languages]')).toHaveValue('fr en')
    await expect(secret(page)).toHaveValue('')
  }
  waitElevenMinutes(person)
  await form.locator('button').click()
  await expect(page.locator('.error-summary a[href="#secret"]')).toBeVisible()
  await expectTyped()
  await expectAccessible(page)
  await secret(page).fill('not the password')
  await form.locator('button').click()
  await expect(page.locator('.error-summary a[href="#secret"]')).toBeVisible()
  await expectTyped()
  await expectAccessible(page)
  await secret(page).fill(PASSWORD)
  await form.locator('button').click()
  await expect(page.locator('.revealed .codes')).toHaveCount(1)
  await page.goto(`/${locale}/admin/people`)
  await expect(page.getByRole('row').filter({ hasText: email })).toHaveCount(1)
})

test('an organisation is erased only after being asked again, and its name was typed once', async ({
  page,
  locale,
}) => {
  const name = `Collectif Rappel ${randomUUID().slice(0, 8)}`
  const { createHidden } = await import('@/tests/support/create-organisations')
  const id = await createHidden(name)
  const next = `/admin/organisations/${id}/erase`
  const person = await signIn(page, 'administrator', { locale, next })
  await page.locator('main [name=name]').fill(name)
  waitElevenMinutes(person)
  await page.locator('main form:has([name=name]) button').click()
  await expect(page.locator('.error-summary a[href="#secret"]')).toBeVisible()
  await expect(page.locator('main [name=name]')).toHaveValue(name)
  await expectAccessible(page)
  await secret(page).fill(totp(person.secret ?? '', 1))
  await page.locator('main form:has([name=name]) button').click()
  await waitForAddress(page, `/${locale}/admin/audit?subject=${id}`)
})

test('nothing is done to the account of somebody else before being asked again', async ({
  page,
  locale,
}) => {
  const other = await createTestUser('editor', { regions: ['africa'] })
  const path = `/${locale}/admin/people/${other.id}`
  const person = await signIn(page, 'administrator', { locale })
  const asked = (act: string) =>
    `/${locale}/sign-in/again?next=${encodeURIComponent(`${path}?confirm=${act}`)}`
  const main = page.locator('main')
  const buttons: [act: string, button: ReturnType<typeof main.locator>][] = [
    ...['sessionsRevoked', 'twoFactorReset', 'disabled'].map(
      (act): [string, ReturnType<typeof main.locator>] => [act, main.locator(`[value=${act}]`)],
    ),
    // Makes a link by which a password is set.
    ['link', main.locator('form').nth(1).locator('button')],
  ]
  for (const [act, button] of buttons) {
    waitElevenMinutes(person)
    await page.goto(path)
    await button.click()
    await page.waitForURL(({ pathname, search }) => pathname + search === asked(act))
  }
  await page.goto(path)
  const form = page.locator('main form:has([name=name])')
  await form.locator('[name=name]').fill('Renamed')
  await form.locator('button').last().click()
  await expect(page.locator('.error-summary a[href="#secret"]')).toBeVisible()
  await expect(form.locator('[name=name]')).toHaveValue('Renamed')
  expect(personOnSite(other.id)).toEqual({
    ...{ name: 'Fictional editor', disabledAt: null, twoFactorEnabled: 1, sessions: 1, links: 0 },
  })
  await secret(page).fill(PASSWORD)
  await form.locator('button').last().click()
  await waitForAddress(page, `${path}?done=changed`)
  expect(personOnSite(other.id)).toMatchObject({ name: 'Renamed' })
})

test('a second factor is set up only by who has just given the password', async ({
  page,
  locale,
}) => {
  const person = await signIn(page, 'member', { locale })
  const next = `/${locale}/sign-in/factor`
  await openAskedAgain(page, person, locale, next)
  await expectAccessible(page)
  await setUpFactor(page)
  await expectAccessible(page)
})
