import type { Page } from '@playwright/test'
import { expectAccessible, overflows } from '@/tests/support/accessibility'
import { givenOrganisation, openForm, press, text } from '@/tests/support/desk-form'
import { sendPassword, signInAs } from '@/tests/support/sign-in'
import { expect, test } from '@/tests/support/test'
import { totp } from '@/tests/support/totp'

/** Nothing wider than a small phone, and nothing wrong for axe where it can run. */
async function expectUsable(page: Page): Promise<void> {
  const size = page.viewportSize()
  expect(await overflows(page, [360])).toEqual([])
  await expectAccessible(page)
  if (size) await page.setViewportSize(size)
}

test('write, list, correct, see the translation behind, translate, preview, hide, list again', async ({
  page,
  context,
  locale,
}) => {
  await signInAs(context, 'administrator')
  const { name, slug, form } = await givenOrganisation(page, locale)

  await page.locator(text('who', 'fr')).fill('Nous travaillons avec des personnes trans.')
  await press(page, 'save')
  await expect(page.locator('.done')).toBeVisible()
  const english = page.locator('.answer-editor', { has: page.locator(text('who', 'en')) })
  await expect(english).toHaveClass(/outdated/)
  await expect(english.locator('del')).toHaveText('femmes')
  await expect(english.locator('ins')).toHaveText('personnes trans')
  await expectUsable(page)
  await page.goto(`/${locale}/admin?attention=behind&q=${encodeURIComponent(name)}`)
  await expect(page.locator('.admin-table tbody tr')).toHaveCount(1)

  await openForm(page, form)
  await page.locator(text('who', 'en')).fill('We work with trans people.')
  await page.locator('input[type="checkbox"][name="answers.who.en.checked"]').check()
  await press(page, 'save')
  await expect(page.locator('.done')).toBeVisible()
  await expect(english).not.toHaveClass(/outdated/)

  for (const [l, words] of [
    ['fr', 'Nous travaillons avec des personnes trans.'],
    ['en', 'We work with trans people.'],
  ] as const) {
    await page.goto(`${form}/preview?l=${l}`)
    await expect(page).toHaveURL(new RegExp(`/${l}/admin/organisations/[0-9a-f-]+/preview`))
    await expect(page.locator('#who .answer').first()).toHaveText(words)
  }

  const publicPage = `/${locale}/organisations/${slug}`
  await page.goto(`${form}/status`)
  await page.locator('button[value="hide"]').click()
  await expect(page.locator('.done')).toBeVisible()
  expect((await page.request.get(publicPage)).status()).toBe(404)
  await page.locator('button[value="list"]').click()
  await expect(page.locator('button[value="hide"]')).toBeVisible()
  expect((await page.request.get(publicPage)).status()).toBe(200)
})

test('a fault keeps every character and leads to its field', async ({
  page,
  context,
  locale,
  javaScriptEnabled,
}) => {
  await signInAs(context, 'administrator')
  await openForm(page, `/${locale}/admin/organisations/new`)
  if (javaScriptEnabled === false) {
    // Nothing is promised that only scripts can do.
    await expect(page.locator('[role=combobox], [role=listbox]')).toHaveCount(0)
    await expect(page.locator('.draft')).toBeEmpty()
  }
  await page.locator('#countryName').fill('Atlantis')
  await page.locator('#aliases').fill('« Œillet »\n  <b>100 %</b>')
  await page.locator('[id="contacts.email.value"]').fill('not an address')
  await page
    .locator(text('challenges', 'fr'))
    .fill('Une ligne\n\nune autre <script>alert(1)</script>')
  await press(page, 'save')
  const summary = page.locator('.error-summary')
  await expect(summary).toBeFocused()
  await expect(summary.locator('a')).toHaveCount(3)
  await expect(page.locator('#countryName')).toHaveValue('Atlantis')
  await expect(page.locator('#aliases')).toHaveValue('« Œillet »\n  <b>100 %</b>')
  await expect(page.locator('[id="contacts.email.value"]')).toHaveValue('not an address')
  await expect(page.locator(text('challenges', 'fr'))).toHaveValue(
    'Une ligne\n\nune autre <script>alert(1)</script>',
  )
  await summary.locator('a[href="#contacts.email.value"]').click()
  await expect(page.locator('[id="contacts.email.value"]')).toBeFocused()
})

test('what may give somebody away is asked about before it is public, and said beside the answer', async ({
  page,
  context,
  locale,
}) => {
  await signInAs(context, 'administrator')
  const { slug, form } = await givenOrganisation(page, locale)
  await openForm(page, form)
  await expect(page.locator('.warnings')).toHaveCount(0)
  await page.locator(text('who', 'fr')).fill('Appelez le +257 22 12 34 56, rue de la Paix 12.')
  await page.locator(text('involvement', 'en')).fill('Elles décident de tout avec nous.')
  await press(page, 'save')
  const question = page.getByRole('alert').filter({ has: page.locator('[name=asItIs]') })
  await expect(question.locator('mark').first()).toContainText('22 12 34 56')
  await expect(page.locator(text('who', 'fr'))).toHaveValue(/rue de la Paix/)
  await expectUsable(page)
  const publicPage = () => page.request.get(`/fr/organisations/${slug}`)
  expect(await (await publicPage()).text()).not.toContain('22 12 34 56')
  await question.locator('[name=asItIs]').click()
  await expect(page.locator('.done')).toBeVisible()
  expect(await (await publicPage()).text()).toContain('22 12 34 56')
  const warnings = page.locator('.warnings')
  await expect(warnings).toHaveCount(2)
  await expect(warnings.first()).toContainText(locale === 'fr' ? /téléphone/ : /telephone/)
  await expectUsable(page)
  // Answered for once, and not asked again.
  await press(page, 'save')
  await expect(page.locator('.done')).toBeVisible()
  await expect(question).toHaveCount(0)
})

test('two editors: the second sees all three texts, and keeps either', async ({
  page,
  context,
  browser,
  baseURL,
  locale,
  javaScriptEnabled,
}) => {
  await signInAs(context, 'administrator')
  const { form } = await givenOrganisation(page, locale)
  const otherContext = await browser.newContext({
    ...(baseURL === undefined ? {} : { baseURL }),
    ...(javaScriptEnabled === undefined ? {} : { javaScriptEnabled }),
  })
  await signInAs(otherContext, 'administrator')
  const other = await otherContext.newPage()
  await openForm(page, form)
  await openForm(other, form)
  await expect(other.locator('.notice')).toContainText('Fictional administrator')

  await other.locator(text('who', 'fr')).fill('Leurs mots.')
  await other.locator('#name').fill('Their name')
  await press(other, 'save')
  await expect(other.locator('.done')).toBeVisible()
  await otherContext.close()

  await page.locator(text('who', 'fr')).fill('Vos mots.')
  await page.locator(text('otherWork', 'fr')).fill('Une permanence.')
  await press(page, 'save')
  const conflict = page.locator('.conflict')
  await expect(conflict).toHaveCount(1)
  await expect(conflict.locator('dd')).toHaveText([
    'Nous travaillons avec des femmes.',
    'Leurs mots.',
    'Vos mots.',
  ])
  // What only one of them changed is brought together already.
  await expect(page.locator('#name')).toHaveValue('Their name')
  await expect(page.locator(text('otherWork', 'fr'))).toHaveValue('Une permanence.')
  await expectUsable(page)

  await conflict.locator('input[value="theirs"]').check()
  await press(page, 'save')
  await expect(page.locator('.done')).toBeVisible()
  await expect(page.locator(text('who', 'fr'))).toHaveValue('Leurs mots.')
  await expect(page.locator(text('otherWork', 'fr'))).toHaveValue('Une permanence.')
})

test('a session that has ended loses nothing: sign in again, and the text is still there', async ({
  page,
  context,
  locale,
}) => {
  const person = await signInAs(context, 'administrator')
  const { form } = await givenOrganisation(page, locale)
  await openForm(page, form)
  await context.clearCookies()
  await page.locator(text('who', 'fr')).fill('Tapé trop longtemps.')
  await press(page, 'save')
  await page.waitForURL(/\/sign-in\?next=/)
  expect(new URL(page.url()).searchParams.get('next')).toContain('kept=session')
  await sendPassword(page, person)
  await page.waitForURL(({ pathname }) => pathname === `/${locale}/sign-in/code`)
  // The one before was used when the person was made.
  await page.locator('main [name=code]').fill(totp(person.secret ?? '', 1))
  await page.locator('main form button').click()
  await page.waitForURL(({ pathname }) => pathname === form)
  await expect(page.locator(text('who', 'fr'))).toHaveValue('Tapé trop longtemps.')
  await press(page, 'save')
  await expect(page.locator('.done')).toBeVisible()
})

test('a member proposes, and the page stays as it is', async ({ page, context, locale }) => {
  await signInAs(context, 'administrator')
  const { id, slug, form } = await givenOrganisation(page, locale)
  await context.clearCookies()
  await signInAs(context, 'member', { organisations: [id] })
  await openForm(page, form)
  await page.locator(text('who', 'fr')).fill('Ce que nous voudrions dire.')
  await press(page, 'propose')
  await expect(page.locator('.done')).toBeVisible()
  const shown = await (await page.request.get(`/fr/organisations/${slug}`)).text()
  expect(shown).toContain('Nous travaillons avec des femmes.')
  expect(shown).not.toContain('Ce que nous voudrions dire.')
})

test('another language is added below, and several are hidden together', async ({
  page,
  context,
  locale,
}) => {
  await signInAs(context, 'administrator')
  const { name, slug, form } = await givenOrganisation(page, locale)
  await openForm(page, form)
  await page.locator(text('involvement', 'fr')).fill('Pas encore enregistré.')
  await page.locator('#addLanguage').selectOption('rn')
  await press(page, 'addLanguage')
  await expect(page.locator(text('involvement', 'fr'))).toHaveValue('Pas encore enregistré.')
  await page.locator(text('who', 'rn')).fill('Amajambo.')
  await press(page, 'save')
  await expect(page.locator('.done')).toBeVisible()
  await expect(page.locator(text('who', 'rn'))).toHaveValue('Amajambo.')

  await page.goto(`/${locale}/admin?q=${encodeURIComponent(name)}`)
  await page.locator('input[name="id"]').check()
  await page.locator('button[name="act"][value="hide"]').click()
  await expect(page.locator('.named')).toContainText(name)
  await expectUsable(page)
  await page.locator('main form button').click()
  await expect(page.locator('.done')).toBeVisible()
  expect((await page.request.get(`/en/organisations/${slug}`)).status()).toBe(404)

  await page.goto(`/${locale}/admin?q=${encodeURIComponent(name)}`)
  await page.locator('input[name="id"]').check()
  await page.locator('button[name="act"][value="list"]').click()
  await expect(page.locator('.named')).toContainText(name)
  await page.locator('main form button').click()
  await expect(page.locator('.done')).toBeVisible()
  expect((await page.request.get(`/en/organisations/${slug}`)).status()).toBe(200)
})

test('a member hides and lists their own; an editor withdraws, and is told who can undo it', async ({
  page,
  context,
  locale,
}) => {
  await signInAs(context, 'administrator')
  const { id, name, slug } = await givenOrganisation(page, locale)
  const status = `/${locale}/admin/organisations/${id}/status`
  const send = async (act: string) => {
    await page.locator(`button[name="act"][value="${act}"]`).click()
    await page.waitForURL(({ searchParams }) => searchParams.get('done') === act)
    await expect(page.locator('.done')).toBeVisible()
  }
  const answers = async () => (await page.request.get(`/${locale}/organisations/${slug}`)).status()

  await context.clearCookies()
  await signInAs(context, 'member', { organisations: [id] })
  await page.goto(status)
  await send('hide')
  expect(await answers()).toBe(404)
  await send('list')
  expect(await answers()).toBe(200)

  await context.clearCookies()
  await signInAs(context, 'editor', { regions: ['africa'] })
  await page.goto(status)
  await send('withdraw')
  await expect(page.locator('.done')).toContainText(/administrat/)
  expect(await answers()).toBe(404)
  expect((await page.request.get(status)).status()).toBe(404)

  await context.clearCookies()
  await signInAs(context, 'administrator')
  await page.goto(status)
  await expect(page.locator('h1')).toContainText(name)
  await send('list')
  expect(await answers()).toBe(200)
})
