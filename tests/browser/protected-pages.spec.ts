import { randomUUID } from 'node:crypto'
import type { Page } from '@playwright/test'
import { COLOUR_RULES, overflows, violations, WIDTHS } from '@/tests/support/accessibility'
import { become, PROTECTED_PAGES } from '@/tests/support/desk'
import { expect, test } from '@/tests/support/test'

const VIEWERS = [...new Set(PROTECTED_PAGES.map(({ who }) => who))]

for (const who of VIEWERS) {
  test(`every page that ${who} is shown: no violation, nothing wider than the window`, async ({
    page,
    context,
    desk,
  }) => {
    await become(context, desk, who)
    for (const { page: name, at } of PROTECTED_PAGES.filter((one) => one.who === who)) {
      await page.emulateMedia({ colorScheme: 'light' })
      for (const locale of ['en', 'fr']) {
        const address = `/${locale}${at(desk)}`
        const response = await page.goto(address)
        expect.soft(response?.status(), name).toBe(200)
        expect.soft(page.url().endsWith(address), name).toBe(true)
        expect.soft(await overflows(page, WIDTHS), address).toEqual([])
      }
      expect.soft(await violations(page), name).toEqual([])
      await page.emulateMedia({ colorScheme: 'dark' })
      expect.soft(await violations(page, COLOUR_RULES), `${name} in the dark`).toEqual([])
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
  desk,
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
  desk,
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
