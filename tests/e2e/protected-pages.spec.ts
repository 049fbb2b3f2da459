import { randomUUID } from 'node:crypto'
import type { Page } from '@playwright/test'
import { become, giveDesk, PROTECTED_PAGES, type Desk } from '@/tests/support/desk'
import { expect, test, violations } from '@/tests/support/test'

let desk: Desk
test.beforeAll(() => {
  desk = giveDesk(`Fictional Pages ${randomUUID().slice(0, 8)}`)
})

for (const { page: name, who, at } of PROTECTED_PAGES) {
  test(`${name}: no violation, nothing wider than a telephone or 200 % zoom leave`, async ({
    page,
    context,
    locale,
    javaScriptEnabled,
  }) => {
    await become(context, desk, who)
    const address = `/${locale}${at(desk)}`
    // 640 px is what 1280 leave at 200 % zoom.
    for (const width of [1280, 640, 360]) {
      await page.setViewportSize({ width, height: 800 })
      const response = await page.goto(address)
      expect(response?.status()).toBe(200)
      expect(page.url().endsWith(address)).toBe(true)
      const overflow = await page.locator('main').evaluate((main) => {
        const root = main.ownerDocument.documentElement
        return root.scrollWidth - root.clientWidth
      })
      expect([width, overflow]).toEqual([width, 0])
      // axe is a script.
      if (javaScriptEnabled === false) continue
      // Who has chosen colours of their own often reads enlarged, too; telephones are dark.
      await page.emulateMedia({
        forcedColors: width === 640 ? 'active' : 'none',
        colorScheme: width === 360 ? 'dark' : 'light',
      })
      expect(await violations(page)).toEqual([])
    }
  })
}

/** Presses Tab until something has the focus, as somebody does who has no mouse. */
async function tabTo(page: Page, selector: string): Promise<void> {
  const target = page.locator(selector).first()
  for (let presses = 0; presses < 150; presses++) {
    if (await target.evaluate((element) => element === element.ownerDocument.activeElement)) return
    await page.keyboard.press('Tab')
  }
  throw new Error(`the keyboard does not reach ${selector}`)
}

test('a profile is written, corrected, listed and hidden by keyboard alone', async ({
  page,
  context,
  locale,
}) => {
  await become(context, desk, 'administrator')
  await page.goto(`/${locale}/admin`)
  await tabTo(page, 'a[href$="/admin/organisations/new"]')
  await page.keyboard.press('Enter')
  await page.waitForURL(/organisations\/new/)

  await tabTo(page, '#name')
  const name = `Fictional Keyboard ${randomUUID().slice(0, 8)}`
  await page.keyboard.type(name)
  await tabTo(page, '#countryName')
  await page.keyboard.type('Atlantis')
  await tabTo(page, 'textarea[name="answers.who.fr.text"]')
  await page.keyboard.type('Nous travaillons avec des femmes.')
  await tabTo(page, 'button[name="intent"][value="list"]')
  await page.keyboard.press('Enter')

  await expect(page.locator('.error-summary')).toBeFocused()
  await tabTo(page, '.error-summary a[href="#countryName"]')
  await page.keyboard.press('Enter')
  await expect(page.locator('#countryName')).toBeFocused()
  await page.keyboard.press('ControlOrMeta+A')
  await page.keyboard.type('Burundi')
  await tabTo(page, 'button[name="intent"][value="list"]')
  await page.keyboard.press('Enter')
  await expect(page.locator('.done')).toBeVisible()

  const status = `/${locale}${new URL(page.url()).pathname.replace(/^\/../, '')}/status`
  await tabTo(page, `a[href="${status}"]`)
  await page.keyboard.press('Enter')
  await page.waitForURL(/\/status/)
  await tabTo(page, 'button[value="hide"]')
  await page.keyboard.press('Enter')
  await expect(page.locator('.done')).toBeVisible()
  expect(
    (
      await page.request.get(`/fr/organisations/${name.toLowerCase().replaceAll(' ', '-')}`)
    ).status(),
  ).toBe(404)
})

test('what the keyboard reaches in the form is never behind its buttons', async ({
  page,
  context,
  locale,
}) => {
  await become(context, desk, 'administrator')
  await page.setViewportSize({ width: 1280, height: 800 })
  await page.goto(`/${locale}/admin/organisations/new`)
  const hidden: string[] = []
  const reached = new Set<string>()
  for (let presses = 0; presses < 80; presses++) {
    await page.keyboard.press('Tab')
    const name = await page.evaluate(() => {
      const element = document.activeElement
      if (!element?.closest('main') || element.closest('.form-actions')) return null
      const { left, top, width, height } = element.getBoundingClientRect()
      const there = document.elementFromPoint(left + width / 2, top + Math.min(height / 2, 20))
      const isBehind = there === null || there.closest('.form-actions') !== null
      return `${isBehind ? 'hidden' : 'seen'} ${element.getAttribute('name') ?? element.localName}`
    })
    if (name?.startsWith('hidden')) hidden.push(name)
    else if (name !== null) reached.add(name)
  }
  expect(hidden).toEqual([])
  expect([...reached]).toContain('seen answers.otherWork.en.text')
})
