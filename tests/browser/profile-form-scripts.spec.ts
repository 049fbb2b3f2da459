import { randomUUID } from 'node:crypto'
import { expectAccessible } from '@/tests/support/accessibility'
import { givenOrganisation, openForm, press, text } from '@/tests/support/desk-form'
import { signInAs } from '@/tests/support/sign-in'
import { expect, test } from '@/tests/support/test'

test('what is typed is kept as a draft where scripts run, for its author alone', async ({
  page,
  context,
  browser,
  baseURL,
  locale,
}) => {
  await signInAs(context, 'administrator')
  const { form } = await givenOrganisation(page, locale)
  await openForm(page, form)
  await page.locator(text('challenges', 'fr')).fill('Pas encore fini.')
  await expect(page.locator('.draft')).not.toBeEmpty({ timeout: 30_000 })

  const otherContext = await browser.newContext(baseURL === undefined ? {} : { baseURL })
  await signInAs(otherContext, 'administrator')
  const other = await otherContext.newPage()
  await other.goto(`${form}?kept=draft`)
  await expect(other.locator(text('challenges', 'fr'))).toHaveValue('')
  await otherContext.close()

  await openForm(page, form)
  await expect(page.locator(text('challenges', 'fr'))).toHaveValue('')
  await page.locator('a[href*="?kept=draft"]').click()
  await expect(page.locator(text('challenges', 'fr'))).toHaveValue('Pas encore fini.')
  await press(page, 'save')
  await expect(page.locator('.done')).toBeVisible()
  await expect(page.locator(text('challenges', 'fr'))).toHaveValue('Pas encore fini.')
  await expect(page.locator('a[href*="?kept=draft"]')).toHaveCount(0)
})

test('the box for the country suggests countries by their names in any language', async ({
  page,
  context,
  locale,
}) => {
  await signInAs(context, 'administrator')
  await openForm(page, `/${locale}/admin/organisations/new`)
  const name = `Fictional Country ${randomUUID().slice(0, 8)}`
  await page.locator('#name').fill(name)
  await page.locator(text('who', 'fr')).fill('Nous travaillons avec des femmes.')
  const box = page.locator('#countryName')
  await expect(box).toHaveRole('combobox')
  await expect(box).toHaveAttribute('aria-expanded', 'false')
  const options = page.locator('#countryName-list [role=option]')
  await box.pressSequentially('Ivory')
  await expect(options).toHaveText(['Côte d’Ivoire'])
  await expectAccessible(page)
  await box.press('Escape')
  await expect(options).toHaveCount(0)
  await expect(box).toHaveValue('Ivory')
  await box.fill('')
  await box.pressSequentially('Бурунд')
  await expect(options).toHaveText(['Burundi'])
  await expect(page.locator('.combobox [role=status]')).toContainText('1')
  await box.press('ArrowDown')
  await expect(options).toHaveAttribute('aria-selected', 'true')
  const active = await options.getAttribute('id')
  await expect(box).toHaveAttribute('aria-activedescendant', active ?? 'none')
  await box.press('Enter')
  await expect(box).toHaveValue('Burundi')
  await expect(box).toBeFocused()
  await expect(box).toHaveAttribute('aria-expanded', 'false')
  await press(page, 'list')
  await expect(page.locator('.done')).toBeVisible()
  await expect(page.locator('#country')).toHaveValue('BI')
})
