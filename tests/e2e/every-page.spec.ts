import { PAGE_TYPES } from '@/tests/support/doors'
import { expect, test } from '@/tests/support/test'

for (const path of PAGE_TYPES) {
  test.describe(`/{l}${path}`, () => {
    // 640 px is what 1280 leave at 200 % zoom.
    for (const width of [360, 640, 1280]) {
      test(`does not scroll sideways at ${width} px`, async ({ page, locale }) => {
        await page.setViewportSize({ width, height: 800 })
        await page.goto(`/${locale}${path}`)
        const overflow = await page.locator('main').evaluate((main) => {
          const root = main.ownerDocument.documentElement
          return root.scrollWidth - root.clientWidth
        })
        expect(overflow).toBeLessThanOrEqual(0)
      })
    }

    test('loads no script and sets no cookie', async ({ page, locale, context }) => {
      const requested: string[] = []
      page.on('request', (request) => requested.push(request.resourceType()))
      await page.goto(`/${locale}${path}`)
      expect(requested).not.toContain('script')
      expect(await context.cookies()).toEqual([])
    })
  })
}

test('on paper there are the words, in both languages side by side, and no navigation', async ({
  page,
  locale,
}) => {
  await page.emulateMedia({ media: 'print' })
  await page.goto(
    `/${locale}/organisations/solidarite-pour-les-droits-des-travailleuses-de-sexe?view=both`,
  )
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
  await expect(page.getByText('We work with female sex workers.')).toBeVisible()
  await expect(page.getByText('Nous travaillons avec des femmes')).toBeVisible()
  for (const navigation of await page.locator('nav').all()) await expect(navigation).toBeHidden()
})

test('the keyboard reaches every link and control of a page, in their order', async ({
  page,
  locale,
}) => {
  await page.goto(`/${locale}/organisations/solidarite-pour-les-droits-des-travailleuses-de-sexe`)
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
