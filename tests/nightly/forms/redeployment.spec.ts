import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import english from '@/messages/en.json' with { type: 'json' }
import french from '@/messages/fr.json' with { type: 'json' }
import { violations } from '@/tests/support/accessibility'
import { givenOrganisation, press, text } from '@/tests/support/desk-form'
import { makeOtherDeployment } from '@/tests/support/other-deployment'
import { signInAs } from '@/tests/support/sign-in'
import { freePort, runSite, type RunningSite } from '@/tests/support/site'
import { expect, test as base } from '@/tests/support/test'

const build = '.next-test'

/** The site is stopped and replaced: in the same place, on the same database, by another deployment. */
const deployments = { folder: '', port: 0, current: '', other: '', stop: async () => {} }

const databaseUrl = () => `file:${path.join(deployments.folder, 'directory.db')}`

async function deploy(folder: string): Promise<RunningSite> {
  await deployments.stop()
  deployments.current = folder
  const { port } = deployments
  const running = await runSite({ build: folder, port, databaseUrl: databaseUrl() })
  deployments.stop = running.stop
  return running
}

/** Another deployment than the one that runs, in its place. */
const deployOther = () => deploy(deployments.current === build ? deployments.other : build)

const test = base.extend({
  site: [
    async ({}, use) => {
      deployments.folder = mkdtempSync(path.join(tmpdir(), 'directory-redeployed-'))
      deployments.port = await freePort()
      deployments.other = `.next-other-${deployments.port}`
      const origin = `http://localhost:${deployments.port}`
      Object.assign(process.env, {
        ...{ BASE_URL: origin, PUBLIC_ORIGIN: origin, DATABASE_URL: databaseUrl() },
      })
      const removeOther = makeOtherDeployment(build, deployments.other)
      await use({ ...(await deploy(build)), origin })
      const { closeDatabase } = await import('@/lib/database/client')
      await closeDatabase()
      await deployments.stop()
      removeOther()
      rmSync(deployments.folder, { recursive: true, force: true })
    },
    { scope: 'worker', timeout: 240_000 },
  ],
})

test.describe.configure({ mode: 'serial', timeout: 240_000 })
test.use({ siteStops: true })

test('the form of a profile from before an update of the site saves', async ({
  page,
  context,
  locale,
}) => {
  await signInAs(context, 'administrator')
  const { form } = await givenOrganisation(page, locale)
  await page.goto(form)
  await deployOther()
  await page.locator(text('who', 'fr')).fill('Tapé avant, enregistré après.')
  await press(page, 'save')
  await page.waitForURL(/done=listed/)
  await expect(page.locator('.done')).toBeVisible()
  await expect(page.locator(text('who', 'fr'))).toHaveValue('Tapé avant, enregistré après.')
})

test('what is wrong with such a form is said, and its text is kept', async ({
  page,
  context,
  locale,
}) => {
  await signInAs(context, 'administrator')
  await page.goto(`/${locale}/admin/organisations/new`)
  await deployOther()
  await page.locator('#name').fill('Fictional and late')
  await page.locator('#countryName').fill('Atlantis')
  await press(page, 'save')
  // The first page of a site that has just started takes its time on a busy machine.
  await page.waitForURL(/kept=faults/)
  await expect(page.locator('.error-summary')).toBeFocused()
  await expect(page.locator('#name')).toHaveValue('Fictional and late')
  await expect(page.locator('#countryName')).toHaveValue('Atlantis')
})

test('what was typed by a mailed link before an update of the site is proposed', async ({
  page,
  context,
  locale,
}) => {
  await signInAs(context, 'administrator')
  const { form } = await givenOrganisation(page, locale)
  await page.goto(`${form}/proposal-link`)
  await page.locator('main [name="email"]').fill('a.person@fictional.example')
  await page.locator('main form button').click()
  const link = (await page.locator('main code').innerText()).trim()
  await page.goto(new URL(link).pathname)
  await page.locator(text('who', 'fr')).fill('Tapé avant, proposé après.')
  await page.locator('#countryName').fill('Atlantis')
  await deployOther()
  await press(page, 'propose')
  await page.waitForURL(/kept=faults/)
  await expect(page.locator('.error-summary')).toBeFocused()
  await expect(page.locator(text('who', 'fr'))).toHaveValue('Tapé avant, proposé après.')
  await page.locator('#countryName').fill('')
  await press(page, 'propose')
  await page.waitForURL(/propose\/sent/)
})

test('a form with another address says why it was not taken, and its text is still there', async ({
  page,
  context,
  locale,
  javaScriptEnabled,
}) => {
  await signInAs(context, 'administrator')
  await page.goto(`/${locale}/admin/import`)
  await deployOther()
  await page.locator('#text').fill('Lanterne\n\nWho do you work with?\n\nNobody yet.')
  await page.locator('button[value="plan"]').click()
  if (javaScriptEnabled === false) {
    await expect(page.locator('h1')).toBeVisible()
    await expect(page.locator('h1, h2')).toHaveText([
      'Ce formulaire n’est plus à jour',
      'This form is out of date',
    ])
    await page.goBack()
  } else {
    await expect(page.locator('.error-summary')).toBeFocused()
    expect(await violations(page)).toEqual([])
  }
  await expect(page.locator('#text')).toHaveValue(/^Lanterne\n\nWho do you work with\?/)
})

test('a form of one button leads back to where it can be pressed again', async ({
  browser,
  baseURL,
  locale,
  javaScriptEnabled,
}) => {
  // The framework writes what went wrong into the console, which other tests do not forgive.
  const context = await browser.newContext({
    ...(baseURL === undefined ? {} : { baseURL }),
    ...(javaScriptEnabled === undefined ? {} : { javaScriptEnabled }),
  })
  const page = await context.newPage()
  await signInAs(context, 'administrator')
  const { form } = await givenOrganisation(page, locale)
  await page.goto(`${form}/status`)
  await deployOther()
  await page.locator('button[value="hide"]').click()
  if (javaScriptEnabled === false) {
    await expect(page.locator('h1')).toHaveText('Ce formulaire n’est plus à jour')
    await page.goto(`${form}/status`)
  } else {
    const catalog = locale === 'fr' ? french : english
    await expect(page.locator('h1')).toHaveText(catalog.AdminError.title)
    await expect(page.locator('main [role=alert]')).toHaveText(catalog.AdminError.body)
    expect(await violations(page)).toEqual([])
    await page.getByRole('link', { name: catalog.AdminError.again }).click()
  }
  await page.locator('button[value="hide"]').click()
  await expect(page.locator('.done')).toBeVisible()
  await context.close()
})
