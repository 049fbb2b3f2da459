import { randomUUID } from 'node:crypto'
import type { Page } from '@playwright/test'
import { expect, test } from './test'

/** The box of an answer in a language. */
export const text = (question: string, language: string) =>
  `textarea[name="answers.${question}.${language}.text"]`

/** Presses a button of the form by what it asks for. */
export const press = (page: Page, intent: string) =>
  page.locator(`button[name="intent"][value="${intent}"]`).last().click()

/** Opens a page with the form of a profile, ready to be filled in. */
export async function openForm(page: Page, address: string): Promise<void> {
  await page.goto(address)
  await formReady(page)
}

/**
 * Waits until scripts, where they run, have taken the form over: what is typed at that very moment
 * may be put before the old text instead of in its place.
 */
async function formReady(page: Page): Promise<void> {
  if (test.info().project.use.javaScriptEnabled === false) return
  await expect(page.locator('#countryName')).toHaveAttribute('role', 'combobox')
}

/** Makes a listed organisation through the form, in French and English; gives its id and address. */
export async function givenOrganisation(page: Page, locale: string) {
  const name = `Fictional Desk ${randomUUID().slice(0, 8)}`
  await openForm(page, `/${locale}/admin/organisations/new`)
  await page.locator('#name').fill(name)
  // The country in a language that is none of ours; the region follows from it.
  await page.locator('#countryName').fill('布隆迪')
  await page.locator(text('who', 'fr')).fill('Nous travaillons avec des femmes.')
  await page.locator(text('who', 'en')).fill('We work with women.')
  await page.locator('[id="answers.who.en.provenance"]').evaluate((select) => {
    select.closest('details')?.setAttribute('open', '')
  })
  await page.locator('[id="answers.who.en.provenance"]').selectOption('translation')
  await page.locator('[id="answers.who.en.source"]').selectOption('fr')
  await press(page, 'list')
  await expect(page.locator('.done')).toBeVisible()
  await formReady(page)
  const id = /organisations\/([0-9a-f-]{36})/.exec(page.url())?.[1] ?? ''
  const slug = name.toLowerCase().replaceAll(' ', '-')
  return { id, name, slug, form: `/${locale}/admin/organisations/${id}` }
}
