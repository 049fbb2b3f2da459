import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import type { Messages } from '@/lib/i18n/catalogs'
import { expectAccessible } from '@/tests/support/accessibility'
import { signInAs } from '@/tests/support/sign-in'
import { expect, test } from '@/tests/support/test'

test('an organisation is taken along, erased after its name was typed, and the log says so', async ({
  page,
  context,
  locale,
}) => {
  const name = `Collectif Oubli ${randomUUID().slice(0, 8)}`
  const { createHidden } = await import('@/tests/support/create-organisations')
  const organisation = await createHidden(name)
  await signInAs(context, 'administrator')
  const words = JSON.parse(readFileSync(`messages/${locale}.json`, 'utf8')) as Messages
  const base = `/${locale}/admin/organisations/${organisation}`

  const data = await page.request.get(`${base}/data.json`)
  expect(data.headers()['cache-control']).toBe('no-store')
  expect(data.headers()['content-disposition']).toMatch(/^attachment; filename=/)
  expect(await data.json()).toMatchObject({ profile: { name }, revisions: [{}, {}] })

  await page.goto(`${base}/status`)
  await expect(page.getByRole('link', { name: words.Erasure.downloadAll })).toHaveAttribute(
    'href',
    `${base}/data.json`,
  )
  await page.getByRole('link', { name: words.Erasure.toErasure }).click()
  await expect(page).toHaveURL(`${base}/erase`)
  await page.getByLabel(words.Erasure.name).fill('Another one')
  await page.getByRole('button', { name: words.Erasure.submit }).click()
  await expect(page.locator('.error-summary')).toContainText(words.Erasure.otherName)
  await expect(page.getByLabel(words.Erasure.name)).toHaveValue('Another one')
  await expectAccessible(page)

  await page.getByLabel(words.Erasure.name).fill(name)
  await page.getByRole('button', { name: words.Erasure.submit }).click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(words.Audit.title)
  const rows = page.locator('tbody tr')
  await expect(rows).toHaveCount(4)
  await expect(rows.first()).toContainText(words.Audit.actions.profileErased)
  await expect(rows.nth(1)).toContainText(words.Audit.actions.exported)
  await expect(page.locator('main')).not.toContainText(name)
  await expectAccessible(page)
  expect((await page.request.get(`${base}/data.json`)).status()).toBe(404)

  await page.getByLabel(words.Audit.action).selectOption('profileHidden')
  await page.getByRole('button', { name: words.Audit.show }).click()
  await expect(rows).toHaveCount(1)
  expect(page.url()).toContain('act=profileHidden')

  const download = page.waitForEvent('download')
  await page.getByRole('link', { name: words.Audit.export }).click()
  const file = await (await download).path()
  const table = readFileSync(file, 'utf8')
  expect(table.startsWith(`\uFEFF${words.Audit.columns.number},`)).toBe(true)
  expect(table.split('\r\n')).toHaveLength(3)
})
