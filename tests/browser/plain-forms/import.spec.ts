import { randomUUID } from 'node:crypto'
import type { Page } from '@playwright/test'
import { expectAccessible } from '@/tests/support/accessibility'
import { signIn } from '@/tests/support/sign-in'
import { expect, test } from '@/tests/support/test'

/** A process of its own reads the pages: on a busy machine it takes a while. */
const READING = { timeout: 60_000 }

const field = (page: Page, name: string) => page.locator(`main [name="${name}"]`)

test('import: a pasted page, its country given, then written', async ({ page, locale }) => {
  test.slow()
  await signIn(page, 'administrator', { locale, next: '/admin/import' })
  await expectAccessible(page)
  await page.locator('main form button').click()
  await expect(page.locator('.error-summary')).toBeVisible()
  const name = `Association Fictive ${randomUUID().slice(0, 8)}`
  await field(page, 'text').fill(
    `${name}\n\nWho do you work with?\nNous travaillons avec des femmes et des personnes trans.\n\nRegion\nAfrica\n\nCountry\n`,
  )
  await page.locator('main form button').click()
  await expect(page.locator('main form [value=apply]')).toHaveCount(1, READING)
  await expect(page.locator('main')).toContainText(name)
  await expectAccessible(page)
  await field(page, 'page.0.country').selectOption('BI')
  await page.locator('main form [value=apply]').click()
  await expect(page.locator('main form [value=apply]')).toHaveCount(0, READING)
  await expect(page.locator('main .pieces')).toHaveCount(0)
  await expectAccessible(page)
  await page.goto(`/${locale}/organisations?q=${encodeURIComponent(name)}&country=BI`)
  await expect(page.getByRole('link', { name, exact: true })).toBeVisible()
})
