import { randomUUID } from 'node:crypto'
import type { Page } from '@playwright/test'
import { press } from '@/tests/support/desk-form'
import { goTo, runOnSite, signIn } from '@/tests/support/sign-in'
import { expect, test, violations } from '@/tests/support/test'
import { XSS_STRINGS } from '@/tests/support/xss-strings'

/** axe is a script, so that only browsers with scripts can be asked. */
async function expectAccessible(page: Page) {
  if (test.info().project.name === 'desk-no-script') return
  expect(await violations(page)).toEqual([])
}

function giveHistory(): { id: string; slug: string; name: string } {
  const name = `Collectif Lanterne ${randomUUID().slice(0, 8)}`
  const said = runOnSite('tests/support/give-history.ts', [name])
  return { ...(JSON.parse(said) as { id: string; slug: string }), name }
}

/** A process of its own reads the pages: on a busy machine it takes a while. */
const READING = { timeout: 60_000 }

const editor = { regions: ['africa'] }
const field = (page: Page, name: string) => page.locator(`main [name="${name}"]`)

test('history: any two revisions compared, hostile texts shown as text, one field put back', async ({
  page,
  locale,
}) => {
  const { id, slug, name } = giveHistory()
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
  await expectAccessible(page)
  await field(page, 'reason').fill('Le nom était juste')
  await page.locator('form.restore button').click()
  await goTo(page, `/${locale}${history}?restored=3`)
  await expect(page.getByRole('status')).toBeVisible()
  await expect(page.locator('.revisions tbody tr').first()).toContainText('Le nom était juste')
  expect(dialogs).toEqual([])

  await page.goto(`/${locale}/organisations/${slug}`)
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(name)
})

test('a mailed link proposes, an editor accepts one field of it', async ({ page, locale }) => {
  const { id, slug, name } = giveHistory()
  await signIn(page, 'editor', {
    ...{ locale, next: `/admin/organisations/${id}/proposal-link` },
    ...editor,
  })
  await expectAccessible(page)
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
  await goTo(page, `/${locale}/propose/sent`)
  await expectAccessible(page)
  await page.goto(address)
  await expect(page.locator('main form')).toHaveCount(0)
  await expectAccessible(page)

  await page.goto(`/${locale}/admin/proposals`)
  await expectAccessible(page)
  await page.getByRole('link', { name: `${name} bis` }).click()
  await expect(page.locator('blockquote')).toHaveText('Nous avons changé de nom.')
  await expectAccessible(page)
  const nameBox = page.locator('form.review [value="name"]')
  await nameBox.uncheck()
  await page.locator('form.review [value=return]').click()
  await expect(page.locator('.error-summary a[href="#answer"]')).toBeVisible()
  await expect(nameBox).not.toBeChecked()
  await page.locator('form.review [value=accept]').click()
  await goTo(page, `/${locale}/admin/proposals?done=accepted`)

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
  const { id, slug, name } = giveHistory()
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
  await goTo(page, `/${locale}/propose/sent`)
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
  await goTo(page, `/${locale}/admin/proposals?done=accepted`)
  await page.goto(`/${locale}/organisations/${slug}`)
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(`${name} proposed`)
})

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
