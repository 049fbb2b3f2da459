import { randomUUID } from 'node:crypto'
import type { Page } from '@playwright/test'
import Database from 'better-sqlite3'
import { givenOrganisation, openForm, press, text } from '@/tests/support/desk-form'
import { signInAs } from '@/tests/support/sign-in'
import { expect, test } from '@/tests/support/test'

function inDatabase<Row>(query: string, ...parameters: string[]): Row[] {
  const file = (process.env['DATABASE_URL'] ?? '').replace(/^file:/, '')
  const database = new Database(file, { readonly: true })
  try {
    return database.prepare<unknown[], Row>(query).all(...parameters)
  } finally {
    database.close()
  }
}

const countNamed = (name: string) =>
  inDatabase('SELECT "id" FROM "Organisation" WHERE "name" = ?', name).length
const countRevisions = (id: string) =>
  inDatabase('SELECT "number" FROM "Revision" WHERE "organisationId" = ?', id).length

/** Clicks twice before the first click has been answered. */
async function pressTwice(page: Page, intent: string): Promise<void> {
  const button = page.locator(`button[name="intent"][value="${intent}"]`).last()
  await button.scrollIntoViewIfNeeded()
  await button.dblclick({ noWaitAfter: true })
}

test('a new organisation sent twice by a double click is made once', async ({
  page,
  context,
  locale,
}) => {
  await signInAs(context, 'administrator')
  const name = `Fictional Double ${randomUUID().slice(0, 8)}`
  await openForm(page, `/${locale}/admin/organisations/new`)
  await page.locator('#name').fill(name)
  await pressTwice(page, 'save')
  await expect(page.locator('.done')).toBeVisible()
  await expect(page.locator('#name')).toHaveValue(name)
  expect(countNamed(name)).toBe(1)
})

test('the very same form posted twice answers twice the same and makes one record', async ({
  page,
  context,
  locale,
}) => {
  await signInAs(context, 'administrator')
  const name = `Fictional Twice ${randomUUID().slice(0, 8)}`
  await openForm(page, `/${locale}/admin/organisations/new`)
  await page.locator('#name').fill(name)
  // What the browser would send, as it would send it.
  const fields = await page
    .locator('#profile-form')
    .locator('input, textarea, select')
    .evaluateAll((elements) =>
      elements.flatMap((element) => {
        const field = element as HTMLInputElement
        if (field.type === 'checkbox' && !field.checked) return []
        return [[field.name, field.value]]
      }),
    )
  const form = new FormData()
  for (const [field = '', value = ''] of fields) form.append(field, value)
  form.append('intent', 'save')
  const send = () =>
    page.request.post(`/${locale}/admin/organisations/save`, {
      headers: { Origin: new URL(page.url()).origin },
      multipart: form,
      maxRedirects: 0,
    })
  const [first, second] = await Promise.all([send(), send()])
  const where = (answer: typeof first) => (answer.headers()['location'] ?? '').split('&n=')[0]
  expect(where(first)).toMatch(/organisations\/[0-9a-f-]{36}\?done=draft$/)
  expect(where(second)).toBe(where(first))
  expect(countNamed(name)).toBe(1)
})

test('back, and sent again: one organisation', async ({ page, context, locale }) => {
  await signInAs(context, 'administrator')
  const name = `Fictional Back ${randomUUID().slice(0, 8)}`
  await openForm(page, `/${locale}/admin/organisations/new`)
  await page.locator('#name').fill(name)
  await page.locator('#countryName').fill('Burundi')
  await press(page, 'save')
  await expect(page.locator('.done')).toBeVisible()
  const saved = page.url()
  await page.goBack()
  await expect(page).toHaveURL(/organisations\/new/)
  // Whether the browser has kept what was typed is its own affair; its person would type it again.
  await page.locator('#name').fill(name)
  await page.locator('#countryName').fill('Burundi')
  await press(page, 'save')
  await expect(page.locator('.done')).toBeVisible()
  expect(new URL(page.url()).pathname).toBe(new URL(saved).pathname)
  expect(countNamed(name)).toBe(1)
})

test('a saved profile sent twice, back and again, and its answer reloaded: one revision', async ({
  page,
  context,
  locale,
}) => {
  await signInAs(context, 'administrator')
  const { id, form } = await givenOrganisation(page, locale)
  const before = countRevisions(id)
  await openForm(page, form)
  await page.locator(text('who', 'fr')).fill('Une seule fois.')
  await pressTwice(page, 'save')
  await expect(page.locator('.done')).toBeVisible()
  expect(countRevisions(id)).toBe(before + 1)
  await page.reload()
  await expect(page.locator('.done')).toBeVisible()
  await expect(page.locator(text('who', 'fr'))).toHaveValue('Une seule fois.')
  expect(countRevisions(id)).toBe(before + 1)
  await page.goBack()
  await page.locator(text('who', 'fr')).fill('Une seule fois.')
  await press(page, 'save')
  await expect(page.locator('.done')).toBeVisible()
  await expect(page.locator('.conflict')).toHaveCount(0)
  expect(countRevisions(id)).toBe(before + 1)
})

test('two tabs of one person: what was typed in either is there', async ({
  page,
  context,
  locale,
}) => {
  await signInAs(context, 'administrator')
  const { form } = await givenOrganisation(page, locale)
  const other = await context.newPage()
  await openForm(page, form)
  await openForm(other, form)
  await page.locator(text('who', 'fr')).fill('De la première fenêtre.')
  await page.locator('[id="contacts.email.value"]').fill('not an address')
  await press(page, 'save')
  await expect(page.locator('.error-summary')).toBeVisible()
  await other.locator(text('who', 'en')).fill('From the second window.')
  await other.locator('[id="contacts.email.value"]').fill('no address either')
  await press(other, 'save')
  await expect(other.locator('.error-summary')).toBeVisible()
  // Each tab shows its own, after a reload too, and offers the other one's.
  await page.reload()
  await expect(page.locator(text('who', 'fr'))).toHaveValue('De la première fenêtre.')
  await expect(page.locator(text('who', 'en'))).toHaveValue('We work with women.')
  await page.locator('a[href*="?kept=draft"]').click()
  await expect(page.locator(text('who', 'en'))).toHaveValue('From the second window.')
  await page.locator('[id="contacts.email.value"]').fill('')
  await press(page, 'save')
  await expect(page.locator('.done')).toBeVisible()
  await expect(page.locator(text('who', 'en'))).toHaveValue('From the second window.')
  // The other text is still offered, and is merged with what was saved.
  await page.locator('a[href*="?kept=draft"]').click()
  await expect(page.locator(text('who', 'fr'))).toHaveValue('De la première fenêtre.')
  await page.locator('[id="contacts.email.value"]').fill('')
  await press(page, 'save')
  await expect(page.locator('.done')).toBeVisible()
  await expect(page.locator(text('who', 'fr'))).toHaveValue('De la première fenêtre.')
  await expect(page.locator(text('who', 'en'))).toHaveValue('From the second window.')
  await expect(page.locator('a[href*="?kept=draft"]')).toHaveCount(0)
  await other.close()
})

test('still right, from beside the form, as of today and on the public page', async ({
  page,
  context,
  locale,
}) => {
  await signInAs(context, 'administrator')
  const { id, slug, form } = await givenOrganisation(page, locale)
  await context.clearCookies()
  await signInAs(context, 'member', { organisations: [id] })
  await openForm(page, form)
  await page.locator('button[value="confirm"]').click()
  await expect(page).toHaveURL(/confirmed=confirm/)
  await expect(page.locator('.done')).toBeVisible()
  const answer = await page.request.get(`/api/organisations/${slug}`)
  const { confirmedAt } = (await answer.json()) as { confirmedAt: string }
  expect(Math.abs(Date.now() - Date.parse(confirmedAt))).toBeLessThan(24 * 60 * 60 * 1000)
  const shown = await (await page.request.get(`/${locale}/organisations/${slug}`)).text()
  expect(shown).toContain(`<time dateTime="${confirmedAt.slice(0, 10)}`)
})

test('too much at once: the form says so and keeps every character', async ({
  page,
  context,
  locale,
  javaScriptEnabled,
}) => {
  await signInAs(context, 'administrator')
  await openForm(page, `/${locale}/admin/organisations/new`)
  await page.locator('#name').fill('Fictional and far too long')
  await page.locator(text('challenges', 'fr')).fill('é'.repeat(600_000))
  await press(page, 'save')
  if (javaScriptEnabled === false) {
    await expect(page.locator('h1')).toHaveText('L’envoi est trop volumineux')
    await page.goBack()
    await expect(page.locator('#name')).toHaveValue('Fictional and far too long')
    return
  }
  await expect(page.locator('.submit-failed')).toBeFocused()
  await expect(page.locator('#name')).toHaveValue('Fictional and far too long')
  // Mended, it is saved from where it stands.
  await page.locator(text('challenges', 'fr')).fill('Assez court.')
  await press(page, 'save')
  await expect(page.locator('.done')).toBeVisible()
})
