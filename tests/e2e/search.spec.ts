import { expect, test } from '@/tests/support/test'

test('a country that is named is offered as a filter', async ({ page, locale }) => {
  await page.goto(`/${locale}/organisations?q=Angleterre`)
  await expect(page.getByRole('link', { name: 'Fictional English Only' })).toBeVisible()
  const name = locale === 'fr' ? 'Royaume-Uni' : 'United Kingdom'
  await page.locator('.search-notes').getByRole('link', { name }).click()
  await expect(page).toHaveURL(new RegExp(`/${locale}/organisations\\?country=GB$`))
  await expect(page.getByRole('link', { name: 'Fictional English Only' })).toBeVisible()
  await expect(page.locator('.search-notes')).toHaveCount(0)
})

test('a word put right is found at once and can be asked for', async ({ page, locale }) => {
  await page.goto(`/${locale}/organisations?q=Fictiional`)
  await expect(page.getByRole('link', { name: /Fictional/ }).first()).toBeVisible()
  await page.locator('.search-notes').getByRole('link', { name: 'fictional' }).click()
  await expect(page).toHaveURL(/q=fictional$/)
})

test('results that lack a word are said to lack it', async ({ page, locale }) => {
  await page.goto(`/${locale}/organisations?q=fictional+zzzzzzzz`)
  await expect(page.locator('.search-notes strong')).toHaveText(
    locale === 'fr' ? /Aucune organisation ne réunit/ : /No organisation has all/,
  )
  await expect(page.getByRole('link', { name: /Fictional/ }).first()).toBeVisible()
})

test('what was looked for besides is said', async ({ page, locale }) => {
  await page.goto(`/${locale}/organisations?q=VIH`)
  await expect(page.locator('.search-notes')).toContainText('HIV')
})
