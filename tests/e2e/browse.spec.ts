import { expect, test } from '@/tests/support/test'

test('a search goes into the address and marks its hits', async ({ page, locale }) => {
  await page.goto(`/${locale}`)
  const search = page.getByRole('searchbox').or(page.locator('input[name=q]')).first()
  await search.fill('JURIDICA')
  await search.press('Enter')
  await expect(page).toHaveURL(new RegExp(`/${locale}/organisations\\?q=JURIDICA`))
  await expect(page.locator('mark')).toHaveText(['jurídica'])
  await expect(page.getByRole('main')).toContainText(locale === 'fr' ? 'espagnol' : 'Spanish')
})

test('filters can be combined and taken back one by one', async ({ page, locale }) => {
  await page.goto(`/${locale}/organisations?region=europe&country=GB&area=stigma`)
  await expect(page.getByRole('link', { name: 'Fictional English Only' })).toBeVisible()
  const removals = page.locator('.active a')
  expect(await removals.count()).toBeGreaterThanOrEqual(3)
  await removals.first().click()
  await expect(page).not.toHaveURL(/region=europe/)
  await expect(page).toHaveURL(/country=GB/)
  await expect(page).toHaveURL(/area=stigma/)
})

test('the form keeps what was chosen and asks by address', async ({ page, locale }) => {
  await page.goto(`/${locale}/organisations?q=fictional&region=africa&area=health&sort=newest`)
  const form = page.locator('form').last()
  await expect(form).toHaveJSProperty('method', 'get')
  await expect(page.locator('form [name=q]').last()).toHaveValue('fictional')
  await expect(page.locator('[name=area][value=health]')).toBeChecked()
  await expect(page.locator('[name=sort]')).toHaveValue('newest')
})

test('what cannot be understood is left out, and the page says so', async ({ page, locale }) => {
  await page.goto(`/${locale}/organisations?region=mars&page=1`)
  await expect(page.getByRole('main')).toContainText('mars')
  await expect(page.getByRole('link', { name: 'Fictional Circle 01' })).toBeVisible()
})

test('pages follow one another without gaps', async ({ page, locale }) => {
  await page.goto(`/${locale}/organisations`)
  const names: string[] = []
  for (let number = 1; ; number++) {
    names.push(...(await page.locator('main h2 a, main h3 a').allTextContents()))
    const next = page.locator('a[rel=next]')
    if ((await next.count()) === 0) break
    await next.first().click()
    await expect(page).toHaveURL(new RegExp(`page=${number + 1}`))
  }
  expect(new Set(names).size).toBe(names.length)
  expect(names.length).toBeGreaterThan(24)
})

test('a page past the end is not there', async ({ page, locale }) => {
  const response = await page.goto(`/${locale}/organisations?page=99`)
  expect(response?.status()).toBe(404)
  await expect(page.getByRole('link', { name: /organisations/i }).first()).toBeVisible()
})

test('nothing found says what to do next', async ({ page, locale }) => {
  await page.goto(`/${locale}/organisations?q=zzzzzz&region=africa`)
  const main = page.getByRole('main')
  await expect(main.locator('a[href*="/organisations"]').first()).toBeVisible()
  await expect(main.locator('mark')).toHaveCount(0)
})

test('the language switch keeps the filters', async ({ page, locale }) => {
  const other = locale === 'fr' ? 'en' : 'fr'
  await page.goto(`/${locale}/organisations?q=fictional&area=health`)
  await page.locator(`header a[hreflang=${other}], header a[lang=${other}]`).first().click()
  await expect(page).toHaveURL(`/${other}/organisations?q=fictional&area=health`)
})

test('the first stop of the keyboard skips to the content', async ({ page, locale }) => {
  await page.goto(`/${locale}/organisations`)
  await page.keyboard.press('Tab')
  const skip = page.locator(':focus')
  await expect(skip).toBeInViewport()
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(/#/)
})
