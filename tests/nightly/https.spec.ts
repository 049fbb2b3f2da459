import { ask } from '@/tests/support/http'
import { waitForAddress, createTestUser, sendPassword } from '@/tests/support/sign-in'
import { expect, test as base } from '@/tests/support/test'
import { startTlsFront, type TlsFront } from '@/tests/support/tls-front'

/** Playwright's test behind what ends https in front of the site. */
const test = base.extend<{ led: void }, { front: TlsFront }>({
  front: [
    async ({}, use) => {
      const front = await startTlsFront()
      await use(front)
      await front.close()
    },
    { scope: 'worker' },
  ],
  siteSettings: [
    async ({ front }, use) => {
      // The exit is of this very origin, because no test asks anybody else for anything.
      await use({ PUBLIC_ORIGIN: front.origin, EXIT_URL: `${front.origin}/icon.svg` })
    },
    { scope: 'worker' },
  ],
  led: [
    async ({ front, site }, use) => {
      front.leadTo(site.baseUrl)
      await use()
    },
    { auto: true },
  ],
  // The certificate is of our own making.
  ignoreHTTPSErrors: true,
})

test.use({ locale: 'fr' })

test('behind a front that ends https: signing in, a form that leads on, signing out', async ({
  page,
  context,
  locale,
  site,
}) => {
  const person = await createTestUser('member')
  const account = `/${locale}/admin/account`
  const before = site.said()
  const first = await page.goto(`/${locale}/sign-in?next=${encodeURIComponent(account)}`)
  expect(await first?.headerValue('strict-transport-security')).toMatch(/^max-age=\d{8}/)
  await sendPassword(page, person)
  await waitForAddress(page, account)
  const cookies = await context.cookies()
  expect(cookies.map(({ name }) => name).sort()).toEqual([
    '__Host-directory.known',
    '__Host-directory.session',
  ])
  for (const cookie of cookies) {
    expect(cookie).toMatchObject({ secure: true, httpOnly: true, sameSite: 'Lax', path: '/' })
    expect(cookie.domain).toBe('localhost')
  }

  // With scripts the framework looks itself at the page that a form leads to.
  await page.locator('[name=current]').fill(person.password)
  await page.locator('[name=password]').fill('Un parapluie rouge neuf')
  await page.locator('form:has([name=current]) button').click()
  await waitForAddress(page, `${account}?done=password`)
  await expect(page.getByRole('status')).toBeVisible()

  await page.locator('form[action$="/sign-in/out"] button').click()
  await waitForAddress(page, `/${locale}/sign-in?done=out`)
  expect(await context.cookies()).toEqual([])
  expect(site.said()).toBe(before)
})

test('leaving at once: the first link of the keyboard, no referrer, no cookie left', async ({
  page,
  context,
  locale,
}) => {
  const person = await createTestUser('member')
  await page.goto(`/${locale}/sign-in`)
  await sendPassword(page, person)
  await waitForAddress(page, `/${locale}/admin`)
  expect(await context.cookies()).not.toEqual([])
  await page.goto(`/${locale}/organisations?q=islande`)
  await page.evaluate(() => localStorage.setItem('kept', 'by the browser'))

  await page.keyboard.press('Tab')
  await page.keyboard.press('Tab')
  await expect(page.locator('.quick-exit a')).toBeFocused()
  const away = page.waitForRequest('**/icon.svg')
  await page.keyboard.press('Enter')
  const asked = await (await away).allHeaders()
  expect(asked['referer']).toBeUndefined()
  await waitForAddress(page, '/icon.svg')
  expect(await context.cookies()).toEqual([])
  await page.goto(`/${locale}`)
  expect(await page.evaluate(() => localStorage.length)).toBe(0)
})

test('a form that comes past the front, from an origin without https, is refused', async ({
  site,
}) => {
  const answer = await ask(site.baseUrl, '/fr/sign-in', {
    method: 'POST',
    headers: { origin: site.baseUrl },
  })
  expect(answer.status).toBe(403)
})
