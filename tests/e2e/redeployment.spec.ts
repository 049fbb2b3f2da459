import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { givenOrganisation, press, signInAs, text } from '@/tests/support/desk'
import { makeOtherDeployment } from '@/tests/support/other-deployment'
import { freePort, runSite } from '@/tests/support/site'
import { expect, test } from '@/tests/support/test'

const build = '.next-test'

/** A site of its own beside the one of the other tests, because it is stopped and replaced. */
const site = { folder: '', port: 0, stop: async () => {} }
const others = { baseUrl: '', databaseUrl: '' }
let other = ''
let removeOther = () => {}

const databaseUrl = () => `file:${path.join(site.folder, 'directory.db')}`

async function deploy(folder: string): Promise<void> {
  await site.stop()
  site.stop = await runSite({ build: folder, port: site.port, databaseUrl: databaseUrl() })
}

test.describe.configure({ mode: 'serial', timeout: 240_000 })

test.beforeAll(async () => {
  others.baseUrl = process.env['BASE_URL'] ?? ''
  others.databaseUrl = process.env['DATABASE_URL'] ?? ''
  site.folder = mkdtempSync(path.join(tmpdir(), 'directory-redeployed-'))
  site.port = await freePort()
  process.env['BASE_URL'] = `http://localhost:${site.port}`
  process.env['DATABASE_URL'] = databaseUrl()
  other = `.next-other-${site.port}`
  removeOther = makeOtherDeployment(build, other)
})

test.afterAll(async () => {
  await site.stop()
  removeOther()
  rmSync(site.folder, { recursive: true, force: true })
  process.env['BASE_URL'] = others.baseUrl
  process.env['DATABASE_URL'] = others.databaseUrl
})

test('the form of a profile from before an update of the site saves', async ({
  page,
  context,
  locale,
}) => {
  await deploy(build)
  await signInAs(context, 'administrator')
  const { form } = await givenOrganisation(page, locale)
  await page.goto(form)
  await deploy(other)
  await page.locator(text('who', 'fr')).fill('Tapé avant, enregistré après.')
  await press(page, 'save')
  await expect(page.locator('.done')).toBeVisible()
  await expect(page.locator(text('who', 'fr'))).toHaveValue('Tapé avant, enregistré après.')
})

test('what is wrong with such a form is said, and its text is kept', async ({
  page,
  context,
  locale,
}) => {
  await deploy(build)
  await signInAs(context, 'administrator')
  await page.goto(`/${locale}/admin/organisations/new`)
  await deploy(other)
  await page.locator('#name').fill('Fictional and late')
  await page.locator('#countryName').fill('Atlantis')
  await press(page, 'save')
  await expect(page.locator('.error-summary')).toBeFocused()
  await expect(page.locator('#name')).toHaveValue('Fictional and late')
  await expect(page.locator('#countryName')).toHaveValue('Atlantis')
})
