import { expect, test } from '@/tests/support/test'

test('the home page is there, in the language of its address', async ({ page, locale }) => {
  const answer = await page.goto(`/${locale}`)
  expect(answer?.status()).toBe(200)
  await expect(page.locator('html')).toHaveAttribute('lang', locale)
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
})
