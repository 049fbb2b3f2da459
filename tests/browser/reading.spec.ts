import { readFileSync } from 'node:fs'
import { expect, test } from '@/tests/support/test'

const SEED = '/en/organisations/solidarite-pour-les-droits-des-travailleuses-de-sexe'

/** What the seed answers first, in French and in English. */
const [FRENCH = '', ENGLISH = ''] = readFileSync('prisma/seed/000_70a62e442eda0162.txt', 'utf8')
  .split('\n')
  .filter((line) => line.trim() !== '')
  .slice(2, 4)

test('the other language of an answer is one disclosure away', async ({ page }) => {
  await page.goto(SEED)
  const text = page.locator('[lang=fr]', { hasText: FRENCH }).last()
  await expect(page.locator('[lang=en]', { hasText: ENGLISH }).last()).toBeVisible()
  await expect(text).toBeHidden()
  await page.locator('#who summary').first().click()
  await expect(text).toBeVisible()
})

test('two languages stand side by side, the original on the left', async ({ page }) => {
  await page.goto(`${SEED}?view=both`)
  const [french, english] = await Promise.all(
    [FRENCH, ENGLISH].map((text) => page.getByText(text, { exact: true }).boundingBox()),
  )
  expect(french?.x ?? 0).toBeLessThan(english?.x ?? 0)
  expect(Math.abs((french?.y ?? 0) - (english?.y ?? 99))).toBeLessThan(20)
})

test('on paper there are the words, in both languages side by side, and no navigation', async ({
  page,
}) => {
  await page.emulateMedia({ media: 'print' })
  await page.goto(`${SEED}?view=both`)
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
  await expect(page.getByText('We work with female sex workers.')).toBeVisible()
  await expect(page.getByText('Nous travaillons avec des femmes')).toBeVisible()
  for (const navigation of await page.locator('nav').all()) await expect(navigation).toBeHidden()
})

test('a list on paper has no navigation and says where it comes from', async ({ page }) => {
  await page.goto('/en/organisations/print?area=health')
  await page.emulateMedia({ media: 'print' })
  for (const hidden of await page.locator('nav, .paper .hint').all())
    await expect(hidden).toBeHidden()
  await expect(page.locator('.printed > li').first()).toBeVisible()
  await expect(page.locator('.source')).toBeVisible()
})

test('the map on paper has its numbers, and no navigation', async ({ page }) => {
  await page.setViewportSize({ width: 640, height: 900 })
  await page.goto('/en/map')
  const number = page.locator('.map figure text').first()
  await expect(number).toBeHidden()
  await page.emulateMedia({ media: 'print' })
  await expect(number).toBeVisible()
  await expect(page.locator('.map nav')).toBeHidden()
})

test('the keyboard reaches every link and control of a page, in their order', async ({ page }) => {
  await page.goto(SEED)
  const expected = await page.locator('a[href], summary, input, select, button').count()
  let last = -1
  let reached = 0
  for (let presses = 0; presses < expected; presses++) {
    await page.keyboard.press('Tab')
    const focused = page.locator(':focus')
    await expect(focused).toBeVisible()
    const position = await focused.evaluate((element) =>
      [
        ...element.ownerDocument.querySelectorAll('a[href], summary, input, select, button'),
      ].indexOf(element),
    )
    expect(position).toBeGreaterThan(last)
    last = position
    reached++
  }
  expect(reached).toBe(expected)
})

test('the first stop of the keyboard skips to the content', async ({ page }) => {
  await page.goto('/en/organisations')
  await page.keyboard.press('Tab')
  const skip = page.locator(':focus')
  await expect(skip).toBeInViewport()
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(/#/)
})

test('a search is typed and sent by keyboard', async ({ page }) => {
  await page.goto('/en')
  const search = page.getByRole('searchbox').or(page.locator('input[name=q]')).first()
  await search.fill('JURIDICA')
  await search.press('Enter')
  await expect(page).toHaveURL(/\/en\/organisations\?q=JURIDICA/)
  await expect(page.locator('mark')).toHaveText(['jurídica'])
})

test('the keyboard walks through the countries of the map, and sees where it is', async ({
  page,
}) => {
  await page.goto('/en/map')
  const all = await page.locator('.map figure a').count()
  await page.locator('.map nav a').last().focus()
  for (let stop = 0; stop < all; stop++) {
    await page.keyboard.press('Tab')
    const focused = page.locator(':focus')
    await expect(focused).toHaveAttribute('href', /country=[A-Z]{2}$/)
    expect(
      await focused.evaluate((link) => {
        const mark = link.querySelector('path, circle')
        return mark && link.matches(':focus-visible')
          ? link.ownerDocument.defaultView?.getComputedStyle(mark).strokeWidth
          : null
      }),
    ).toBe('2.5px')
  }
  await page.keyboard.press('Tab')
  expect(await page.locator(':focus').evaluate((one) => one.closest('table') !== null)).toBe(true)
})

test('a screen reader is told country and number', async ({ page }) => {
  await page.goto('/en/map')
  const map = page.getByRole('group', { name: /^Map/ })
  await expect(map.getByRole('link', { name: /^Kenya, \d+ organisations$/ })).toBeVisible()
  await expect(map.getByRole('link', { name: /^United Kingdom, 1 organisation$/ })).toBeVisible()
})
