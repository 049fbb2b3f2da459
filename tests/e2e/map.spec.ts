import { expect, test } from '@/tests/support/test'

const links = '.map figure a'

for (const path of ['/map', '/map/africa', '/map/europe']) {
  test(`/{l}${path}: every country of the map leads to as many organisations as it says`, async ({
    page,
    locale,
  }) => {
    await page.goto(`/${locale}${path}`)
    const places = await page.locator(links).evaluateAll((all) =>
      all.map((link) => ({
        href: link.getAttribute('href') ?? '',
        name: link.querySelector('title')?.textContent ?? '',
      })),
    )
    expect(places.length).toBeGreaterThan(1)
    const rows = await page.locator('.map tbody tr').evaluateAll((all) =>
      all.map((row) => ({
        href: row.querySelector('a')?.getAttribute('href') ?? '',
        name: row.querySelector('a')?.textContent ?? '',
        count: Number(row.querySelector('td')?.textContent),
      })),
    )
    for (const { href, name } of places) {
      // The table says the same as the map.
      const row = rows.find((one) => one.href === href)
      expect(name).toMatch(new RegExp(`^${row?.name}, ${row?.count} organisations?$`))
      await page.goto(href)
      const tally = page.locator('.results > .tally b')
      await expect(tally).toHaveText(String(row?.count))
    }
    expect(rows.length).toBeGreaterThanOrEqual(places.length)
  })
}

test('the parts of the world are plain links', async ({ page, locale }) => {
  await page.goto(`/${locale}/map`)
  await page.locator('.map nav a').nth(1).click()
  await expect(page).toHaveURL(`/${locale}/map/africa`)
  await expect(page.locator('.map nav [aria-current=page]')).toHaveAttribute(
    'href',
    `/${locale}/map/africa`,
  )
  const hrefs = await page
    .locator(links)
    .evaluateAll((all) => all.map((link) => link.getAttribute('href') ?? ''))
  expect(hrefs.length).toBeGreaterThan(0)
  for (const href of hrefs) expect(href).toContain('region=africa')
})

test('an unknown part of the world is not there', async ({ page, locale }) => {
  expect((await page.goto(`/${locale}/map/mars`))?.status()).toBe(404)
})

test('the keyboard walks through the countries that have organisations, and sees where it is', async ({
  page,
  locale,
}) => {
  await page.goto(`/${locale}/map`)
  const all = await page.locator(links).count()
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

test('a screen reader is told country and number', async ({ page, locale }) => {
  await page.goto(`/${locale}/map`)
  const map = page.getByRole('group', { name: locale === 'fr' ? /^Carte/ : /^Map/ })
  await expect(map.getByRole('link', { name: /^Burundi, 1 organisation$/ })).toBeVisible()
  await expect(map.getByRole('link', { name: /^Kenya, \d+ organisations$/ })).toBeVisible()
})

test('on paper the numbers stand on the map', async ({ page, locale }) => {
  await page.setViewportSize({ width: 640, height: 900 })
  await page.goto(`/${locale}/map`)
  const number = page.locator('.map figure text').first()
  await expect(number).toBeHidden()
  await page.emulateMedia({ media: 'print' })
  await expect(number).toBeVisible()
  await expect(page.locator('.map nav')).toBeHidden()
})

test('both languages and the site map know every part', async ({ page, locale }) => {
  await page.goto(`/${locale}/map/latin-america`)
  await expect(page.locator('link[rel=canonical]')).toHaveAttribute(
    'href',
    new RegExp(`/${locale}/map/latin-america$`),
  )
  await expect(page.locator('link[rel=alternate][hreflang]')).toHaveCount(3)
  const map = await (await page.request.get('/sitemap/pages.xml')).text()
  for (const path of ['/map', '/map/africa', '/map/north-america-and-the-caribbean']) {
    expect(map).toContain(`/${locale}${path}</loc>`)
  }
})
