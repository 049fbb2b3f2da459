import { randomUUID } from 'node:crypto'
import type { Page } from '@playwright/test'
import { expect } from './test'

/** The box of an answer in a language. */
export const text = (question: string, language: string) =>
  `textarea[name="answers.${question}.${language}.text"]`

/** Presses a button of the form by what it asks for. */
export const press = (page: Page, intent: string) =>
  page.locator(`button[name="intent"][value="${intent}"]`).last().click()

/** Makes a listed organisation through the form, in French and English; gives its id and address. */
export async function givenOrganisation(page: Page, locale: string) {
  const name = `Fictional Desk ${randomUUID().slice(0, 8)}`
  await page.goto(`/${locale}/admin/organisations/new`)
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
  const id = /organisations\/([0-9a-f-]{36})/.exec(page.url())?.[1] ?? ''
  const slug = name.toLowerCase().replaceAll(' ', '-')
  return { id, name, slug, form: `/${locale}/admin/organisations/${id}` }
}
