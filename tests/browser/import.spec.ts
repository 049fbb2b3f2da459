import { randomUUID } from 'node:crypto'
import type { Page } from '@playwright/test'
import { expectAccessible } from '@/tests/support/accessibility'
import { signIn } from '@/tests/support/sign-in'
import { expect, test } from '@/tests/support/test'

/** A process of its own reads the pages: on a busy machine it takes a while. */
const READING = { timeout: 60_000 }

const field = (page: Page, name: string) => page.locator(`main [name="${name}"]`)

test('import: several files at once, and one that is no text', async ({ page, locale }) => {
  test.slow()
  await signIn(page, 'administrator', { locale, next: '/admin/import' })
  const names = [1, 2].map((number) => `Association Fichier ${number} ${randomUUID().slice(0, 8)}`)
  const files = names.map((name, index) => ({
    name: `page-${index + 1}.txt`,
    mimeType: 'text/plain',
    buffer: Buffer.from(
      `${name}\n\nWho do you work with?\nWe work with women.\n\nCountry\nBurundi\n`,
    ),
  }))
  const noText = {
    name: 'picture.txt',
    mimeType: 'text/plain',
    // How a PNG begins.
    buffer: Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 0x0d]),
  }
  await page.locator('main [name=files]').setInputFiles([...files, noText])
  await page.locator('main form button').click()
  await expect(page.locator('main form [value=apply]')).toHaveCount(1, READING)
  const noTextFile = { en: 'This is not a text file.', fr: 'Ce n’est pas un fichier texte.' }
  for (const told of [
    ...[...names, 'page-1.txt', 'page-2.txt'],
    ...['picture.txt', noTextFile[locale]],
  ]) {
    await expect(page.locator('main')).toContainText(told)
  }
  await expectAccessible(page)
  await page.locator('main form [value=apply]').click()
  await expect(page.locator('main form [value=apply]')).toHaveCount(0, READING)
  for (const name of names) {
    await page.goto(`/${locale}/admin?q=${encodeURIComponent(name)}`)
    await expect(page.getByRole('link', { name, exact: true })).toBeVisible()
  }
})

test('import: an uncertain piece is put under its language, and an edited field is taken from the page', async ({
  page,
  locale,
}) => {
  test.slow()
  const name = `Association Fictive ${randomUUID().slice(0, 8)}`
  const importing = (french: string) =>
    `${name}\n\nWho do you work with?\n${french}\n\nDukorana n’abakenyezi, abagabo n’abandi bose mu gihugu cacu.\n\nCountry\nBurundi\n`
  await signIn(page, 'administrator', { locale, next: '/admin/import' })
  await plan(importing('Nous travaillons avec des femmes dans tout le pays.'))
  await field(page, 'page.0.language.0').selectOption('rn')
  await expectAccessible(page)
  await page.locator('main form [value=plan]').click()
  // What was chosen is still there, below what was decided.
  await expect(page.locator('main .pieces')).toContainText(
    locale === 'fr' ? 'il est dans celle' : 'it is in the one',
    READING,
  )
  await expect(field(page, 'page.0.language.0')).toHaveValue('rn')
  await apply()
  await expect(page.locator('main .pieces')).toHaveCount(0)

  await page.goto(`/${locale}/admin?q=${encodeURIComponent(name)}`)
  await page.getByRole('link', { name, exact: true }).click()
  await field(page, 'answers.who.fr.text').fill('Nous travaillons avec des femmes. Corrigé.')
  await page.locator('main button[name=intent][value=save]').last().click()
  await expect(page.locator('.done')).toBeVisible()

  await page.goto(`/${locale}/admin/import`)
  const later = 'Nous travaillons avec des femmes et avec des hommes dans tout le pays.'
  await plan(importing(later))
  const choice = page.locator('main .pieces fieldset')
  await expect(choice).toContainText('Nous travaillons avec des femmes. Corrigé.')
  await expect(choice.locator('[value=""]')).toBeChecked()
  await choice.locator('[value=page]').check()
  await expectAccessible(page)
  await page.locator('main form [value=plan]').click()
  await expect(page.locator('main .difference ins').first()).toBeVisible(READING)
  await expect(choice.locator('[value=page]')).toBeChecked()
  await apply()

  await page.goto(`/${locale}/organisations?q=${encodeURIComponent(name)}`)
  await page.getByRole('link', { name, exact: true }).click()
  await expect(page.getByRole('main')).toContainText(later)
  await expect(page.getByRole('main')).not.toContainText('Corrigé')

  async function plan(text: string) {
    await field(page, 'text').fill(text)
    await page.locator('main form button').click()
    await expect(page.locator('main form [value=apply]')).toHaveCount(1, READING)
  }

  async function apply() {
    await page.locator('main form [value=apply]').click()
    await expect(page.locator('main form [value=apply]')).toHaveCount(0, READING)
  }
})
