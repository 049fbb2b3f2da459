import { expect, type Browser, type Page } from '@playwright/test'
import { openForm, press, text } from './desk-form'
import { DOORS } from './doors'
import { ask } from './http'
import { waitForAddress, runOnSite, sendPassword, setUpFactor } from './sign-in'
import type { SmtpServer } from './smtp'
import { PASSWORD } from './totp'

const NAME = 'SOLIDARITE POUR LES DROITS DES TRAVAILLEUSES DE SEXE'
const SLUG = 'solidarite-pour-les-droits-des-travailleuses-de-sexe'
const EMAIL = 'first@fictional.example'

/** The addresses of the public site that tell of the organisation. */
async function shown(baseURL: string | undefined): Promise<string[]> {
  const addresses = [
    ...Object.values(DOORS).flat(),
    ...['fr', 'en'].map((locale) => `/${locale}/organisations/${SLUG}`),
    `/api/organisations/${SLUG}`,
  ].filter((address) => !address.includes('canarixo'))
  const telling: string[] = []
  for (const address of addresses) {
    const { body, status } = await ask(baseURL, address)
    expect([address, status < 500]).toEqual([address, true])
    // A page that was not found repeats its own address, as for any other.
    if (body.includes(NAME) || (status === 200 && body.includes(SLUG))) telling.push(address)
  }
  return telling
}

type Journey = {
  page: Page
  browser: Browser
  baseURL: string | undefined
  smtp: SmtpServer
  locale: 'fr' | 'en'
  javaScriptEnabled: boolean
}

/**
 * From a site with nothing but its first page to a profile that is corrected, translated, proposed for,
 * hidden and listed, through pages, forms and mail alone.
 */
export async function walkJourney(journey: Journey): Promise<void> {
  const { page, browser, baseURL, smtp, locale, javaScriptEnabled } = journey
  const own = (link: string) => new URL(link).pathname.replace(/^\/(fr|en)\//, `/${locale}/`)
  const said = runOnSite('cli/admin.ts', ['create', '--email', EMAIL, '--name', 'Première'])
  await page.goto(own(said.split('\n').at(-1) ?? ''))
  await page.locator('main [name=password]').fill(PASSWORD)
  await page.locator('main form button').click()
  await waitForAddress(page, `/${locale}/sign-in?done=password`)
  await sendPassword(page, { email: EMAIL, password: PASSWORD })
  await waitForAddress(page, `/${locale}/sign-in/factor`)
  await setUpFactor(page)

  await page.goto(`/${locale}/admin?q=solidarite`)
  const link = page.locator('.admin-table tbody th a, .admin-table tbody td a').first()
  const form = ((await link.getAttribute('href')) ?? '').replace(/[?#].*$/, '')
  expect(form).toMatch(/\/admin\/organisations\/[0-9a-f-]{36}$/)
  const box = (language: string) => page.locator(text('who', language))
  const english = page.locator('.answer-editor', { has: box('en') })
  const save = async () => {
    await press(page, 'save')
    await expect(page.locator('.done')).toBeVisible()
  }

  // The English is a translation of the French, which is corrected: now it is behind.
  await openForm(page, form)
  const provenance = page.locator('[id="answers.who.en.provenance"]')
  await provenance.evaluate((select) => {
    select.closest('details')?.setAttribute('open', '')
  })
  await provenance.selectOption('translation')
  await page.locator('[id="answers.who.en.source"]').selectOption('fr')
  await save()
  await openForm(page, form)
  await box('fr').fill(`${await box('fr').inputValue()} Depuis deux ans aussi à Gitega.`)
  await save()
  await expect(english).toHaveClass(/outdated/)
  await expect(english.locator('ins')).toContainText('Depuis deux ans aussi à Gitega.')

  await openForm(page, form)
  await box('en').fill(`${await box('en').inputValue()} For two years in Gitega, too.`)
  await page.locator('input[type="checkbox"][name="answers.who.en.checked"]').check()
  await save()
  await expect(english).not.toHaveClass(/outdated/)
  expect((await ask(baseURL, `/en/organisations/${SLUG}`)).body).toContain('in Gitega, too.')

  // Somebody of the organisation proposes two changes by a mailed link; one is accepted.
  await page.goto(`${form}/proposal-link`)
  const before = smtp.received.length
  await page.locator('main [name=email]').fill('a.person@fictional.example')
  await page.locator('main form button').click()
  await expect.poll(() => smtp.received.length, { timeout: 60_000 }).toBeGreaterThan(before)
  const mail = smtp.received.at(-1)
  expect(mail?.to).toEqual(['a.person@fictional.example'])
  const visitor = await browser.newContext({ javaScriptEnabled, baseURL: baseURL ?? '' })
  const theirs = await visitor.newPage()
  await theirs.goto(own(/http\S+\/propose\/\S+/.exec(mail?.text ?? '')?.[0] ?? ''))
  const name = await theirs.locator('main [name=name]').inputValue()
  await theirs.locator('main [name=name]').fill(`${name} (proposé)`)
  await theirs.locator(text('otherWork', 'fr')).fill('Nous tenons aussi une permanence.')
  await press(theirs, 'propose')
  await waitForAddress(theirs, `/${locale}/propose/sent`)
  await visitor.close()
  const untouched = await ask(baseURL, `/fr/organisations/${SLUG}`)
  expect(untouched.body).not.toContain('permanence')

  await page.goto(`/${locale}/admin/proposals`)
  await page.getByRole('link', { name }).first().click()
  await page.locator('form.review [value="name"]').uncheck()
  await page.locator('form.review [value=accept]').click()
  await waitForAddress(page, `/${locale}/admin/proposals?done=accepted`)
  const accepted = await ask(baseURL, `/fr/organisations/${SLUG}`)
  expect(accepted.body).toContain('Nous tenons aussi une permanence.')
  expect(accepted.body).not.toContain('(proposé)')

  const status = async (act: 'hide' | 'list') => {
    await page.goto(`${form}/status`)
    await page.locator(`button[name="act"][value="${act}"]`).click()
    await page.waitForURL(({ searchParams }) => searchParams.get('done') === act)
  }
  const everywhere = await shown(baseURL)
  expect(everywhere.length).toBeGreaterThan(12)
  await status('hide')
  await expect.poll(() => shown(baseURL), { timeout: 20_000 }).toEqual([])
  const never = await ask(baseURL, `/${locale}/organisations/never-was`)
  expect((await ask(baseURL, `/${locale}/organisations/${SLUG}`)).status).toBe(never.status)
  await status('list')
  await expect.poll(() => shown(baseURL), { timeout: 20_000 }).toEqual(everywhere)
}
