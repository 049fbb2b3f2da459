import { useSite } from '@/tests/support/own-site'
import { goTo, createTestUser, sendPassword } from '@/tests/support/sign-in'
import { runSite, type RunningSite } from '@/tests/support/site'
import { expect, test as base } from '@/tests/support/test'
import { startTlsFront } from '@/tests/support/tls-front'
import { ask } from '@/tests/support/http'

const test = base.extend<{ onSite: void }, { site: RunningSite & { origin: string } }>({
  site: [
    async ({}, use) => {
      const front = await startTlsFront()
      const site = await runSite({
        settings: {
          PUBLIC_ORIGIN: front.origin,
          // Of this very origin, because no test asks anybody else for anything.
          EXIT_URL: `${front.origin}/icon.svg`,
        },
      })
      front.leadTo(site.baseUrl)
      await use({ ...site, origin: front.origin })
      await front.close()
      await site.stop()
    },
    { scope: 'worker' },
  ],
  onSite: [({ site }, use) => useSite(site.origin, site.databaseUrl, use), { auto: true }],
  baseURL: async ({ site }, use) => {
    await use(site.origin)
  },
  // The certificate is of our own making.
  ignoreHTTPSErrors: true,
})

test('behind a front that ends https: signing in, a form that leads on, signing out', async ({
  page,
  context,
  locale,
  site,
}) => {
  const person = createTestUser('member')
  const account = `/${locale}/admin/account`
  const before = site.said()
  const first = await page.goto(`/${locale}/sign-in?next=${encodeURIComponent(account)}`)
  expect(await first?.headerValue('strict-transport-security')).toMatch(/^max-age=\d{8}/)
  await sendPassword(page, person)
  await goTo(page, account)
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
  await goTo(page, `${account}?done=password`)
  await expect(page.getByRole('status')).toBeVisible()

  await page.locator('form[action$="/sign-in/out"] button').click()
  await goTo(page, `/${locale}/sign-in?done=out`)
  expect(await context.cookies()).toEqual([])
  expect(site.said()).toBe(before)
})

test('leaving at once: the first link of the keyboard, no referrer, no cookie left', async ({
  page,
  context,
  locale,
}) => {
  const person = createTestUser('member')
  await page.goto(`/${locale}/sign-in`)
  await sendPassword(page, person)
  await goTo(page, `/${locale}/admin`)
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
  await goTo(page, '/icon.svg')
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
