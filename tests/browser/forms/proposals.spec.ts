import { randomUUID } from 'node:crypto'
import type { Page } from '@playwright/test'
import { expectAccessible } from '@/tests/support/accessibility'
import { press } from '@/tests/support/desk-form'
import { waitForAddress, signIn } from '@/tests/support/sign-in'
import { expect, test } from '@/tests/support/test'
import { XSS_STRINGS } from '@/tests/support/xss-strings'

async function createHistory(): Promise<{ id: string; slug: string; name: string }> {
  const name = `Collectif Lanterne ${randomUUID().slice(0, 8)}`
  const { createHistory } = await import('@/tests/support/create-organisations')
  return { ...(await createHistory(name)), name }
}

const editor = { regions: ['africa'] }
const field = (page: Page, name: string) => page.locator(`main [name="${name}"]`)

test('history: any two revisions compared, hostile texts shown as text, one field put back', async ({
  page,
  locale,
}) => {
  const { id, slug, name } = await createHistory()
  const history = `/admin/organisations/${id}/history`
  await signIn(page, 'editor', { locale, next: history, ...editor })
  const dialogs: string[] = []
  page.on('dialog', (dialog) => {
    dialogs.push(dialog.message())
    return dialog.dismiss()
  })

  const comparison = page.locator('#comparison')
  await expect(comparison.locator('.diff ins').first()).toHaveText(' bis')
  for (const hostile of XSS_STRINGS) await expect(comparison).toContainText(hostile)
  await expect(page.locator('main script, main iframe, main img, main svg')).toHaveCount(0)
  await expectAccessible(page)
  // Each cell below its heading.
  const startsOf = (cells: string) =>
    page
      .locator(`.revisions ${cells}`)
      .evaluateAll((all) => all.map((cell) => Math.round(cell.getBoundingClientRect().left)))
  const cells = await startsOf('tbody tr:first-child > *')
  expect(cells).toEqual(await startsOf('thead th'))
  await page.locator('.revisions [name=from][value="2"]').check()
  await page.locator('.revisions [name=to][value="1"]').check()
  await page.locator('main form[method=get] button').click()
  await page.waitForURL(({ search }) => search.includes('from=2'))
  await expect(comparison.locator('.diff del').first()).toHaveText(' bis')

  await page.goto(`/${locale}${history}?from=1&to=2`)
  await field(page, 'field').selectOption('name')
  await page.locator('form.restore button').click()
  await expect(page.locator('.error-summary a[href="#reason"]')).toBeVisible()
  await expect(field(page, 'field')).toHaveValue('name')
  await field(page, 'reason').fill('Le nom était juste')
  await page.locator('form.restore button').click()
  await waitForAddress(page, `/${locale}${history}?restored=3`)
  await expect(page.getByRole('status')).toBeVisible()
  await expect(page.locator('.revisions tbody tr').first()).toContainText('Le nom était juste')
  expect(dialogs).toEqual([])

  await page.goto(`/${locale}/organisations/${slug}`)
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(name)
})

test('a mailed link proposes, an editor accepts one field of it', async ({ page, locale }) => {
  const { id, slug, name } = await createHistory()
  await signIn(page, 'editor', {
    ...{ locale, next: `/admin/organisations/${id}/proposal-link` },
    ...editor,
  })
  await field(page, 'email').fill('no address')
  await field(page, 'email').evaluate((input) =>
    input.closest('form')?.setAttribute('novalidate', ''),
  )
  await page.locator('main form button').click()
  await expect(page.locator('.error-summary a[href="#email"]')).toBeVisible()
  await expect(field(page, 'email')).toHaveValue('no address')
  await field(page, 'email').fill('a.person@fictional.example')
  await page.locator('main form button').click()
  const link = (await page.locator('main code').innerText()).trim()
  const address = new URL(link).pathname.replace(/^\/(en|fr)\//, `/${locale}/`)

  await page.goto(address)
  await expectAccessible(page)
  // Which profile it is stands in the link; what the network has confirmed is not for everyone.
  for (const unknown of ['id', 'slug', 'keeper', 'form', 'regionConfirmed']) {
    await expect(field(page, unknown)).toHaveCount(0)
  }
  await field(page, 'name').fill(`${name} ter`)
  await field(page, 'answers.who.fr.text').fill('Nous travaillons avec tout le monde.')
  await field(page, 'contacts.email.value').fill('no address')
  await field(page, 'addLanguage').selectOption('sw')
  await press(page, 'addLanguage')
  await field(page, 'answers.who.sw.text').fill('Tunafanya kazi na wote.')
  await expect(field(page, 'contacts.email.value')).toHaveValue('no address')
  await press(page, 'propose')
  await expect(page.locator('.error-summary a[href="#contacts.email.value"]')).toBeVisible()
  await expect(page.locator('.error-summary')).toBeFocused()
  await expect(field(page, 'answers.who.sw.text')).toHaveValue('Tunafanya kazi na wote.')
  await expect(field(page, 'answers.who.fr.text')).toHaveValue(
    'Nous travaillons avec tout le monde.',
  )
  await expectAccessible(page)
  await field(page, 'contacts.email.value').fill('')
  await field(page, 'message').fill('Nous avons changé de nom.')
  await press(page, 'propose')
  await waitForAddress(page, `/${locale}/propose/sent`)
  await expectAccessible(page)
  await page.goto(address)
  await expect(page.locator('main form')).toHaveCount(0)
  await expectAccessible(page)

  await page.goto(`/${locale}/admin/proposals`)
  await page.getByRole('link', { name: `${name} bis` }).click()
  await expect(page.locator('blockquote')).toHaveText('Nous avons changé de nom.')
  await expectAccessible(page)
  const nameBox = page.locator('form.review [value="name"]')
  await nameBox.uncheck()
  await page.locator('form.review [value=return]').click()
  await expect(page.locator('.error-summary a[href="#answer"]')).toBeVisible()
  await expect(nameBox).not.toBeChecked()
  await page.locator('form.review [value=accept]').click()
  await waitForAddress(page, `/${locale}/admin/proposals?done=accepted`)

  await page.goto(`/${locale}/organisations/${slug}?view=both`)
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(`${name} bis`)
  await expect(page.getByRole('main')).toContainText('Nous travaillons avec tout le monde.')
  await expect(page.getByRole('main')).toContainText('Tunafanya kazi na wote.')
})

test('what was changed on both sides is accepted by choice alone', async ({
  page,
  context,
  locale,
}) => {
  const { id, slug, name } = await createHistory()
  await signIn(page, 'editor', {
    ...{ locale, next: `/admin/organisations/${id}/proposal-link` },
    ...editor,
  })
  await field(page, 'email').fill('a.person@fictional.example')
  await page.locator('main form button').click()
  const link = (await page.locator('main code').innerText()).trim()
  const address = new URL(link).pathname.replace(/^\/(en|fr)\//, `/${locale}/`)
  const late = await context.newPage()
  await late.goto(address)
  await page.goto(address)
  await field(page, 'name').fill(`${name} proposed`)
  await field(page, 'answers.who.fr.text').fill('Nous travaillons avec tout le monde.')
  await press(page, 'propose')
  await waitForAddress(page, `/${locale}/propose/sent`)
  // Whoever still had the form open when the link was used sees what they typed, and why it is not taken.
  await field(late, 'name').fill('Tapé trop tard')
  await press(late, 'propose')
  await expect(late.locator('.error-summary')).toBeVisible()
  await expect(field(late, 'name')).toHaveValue('Tapé trop tard')
  await expectAccessible(late)
  await late.close()
  await page.goto(address)
  await expect(page.locator('main form')).toHaveCount(0)

  await page.goto(`/${locale}/admin/organisations/${id}`)
  await field(page, 'name').fill(`${name} meanwhile`)
  await press(page, 'save')
  await expect(page.locator('.done')).toBeVisible()

  await page.goto(`/${locale}/admin/proposals`)
  await page.getByRole('link', { name: `${name} meanwhile` }).click()
  const versions = page.locator('form.review .conflict dd')
  await expect(versions).toHaveText([`${name} bis`, `${name} meanwhile`, `${name} proposed`])
  await expectAccessible(page)
  await page.locator('form.review [value=accept]').click()
  await expect(page.locator('.error-summary a[href="#choice.name"]')).toBeVisible()
  await expectAccessible(page)
  await page.locator('form.review [name="choice.name"][value=proposed]').check()
  await page.locator('form.review [value=accept]').click()
  await waitForAddress(page, `/${locale}/admin/proposals?done=accepted`)
  await page.goto(`/${locale}/organisations/${slug}`)
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(`${name} proposed`)
})
