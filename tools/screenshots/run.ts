import { mkdirSync } from 'node:fs'
import path from 'node:path'
import { chromium, type Browser, type Page } from '@playwright/test'
import { browserFlags, browserPath } from '@/tests/support/browser'
import { PAGE_TYPES } from '@/tests/support/doors'
import { signInAs } from '@/tests/support/sign-in'
import { startTestSite } from '@/tests/support/test-site'

// `npm run screenshots` makes the pictures of the documents. With a folder, `-- FOLDER [PATH…]`, it
// takes every type of page there in both languages, at three widths, light and dark, to be looked at.
// `-- --guide` makes the pictures of the guide.

const SEED = '/organisations/solidarite-pour-les-droits-des-travailleuses-de-sexe'
const WIDTHS = [360, 768, 1280]

/** What the guide shows: the name of the picture, the page below the organisation, what stands at its top. */
const GUIDE: readonly { name: string; below: string; top?: string; height: number }[] = [
  { name: 'form', below: '', top: '.answer-editor', height: 700 },
  { name: 'visibility', below: '/status', height: 620 },
]

const [folder, ...paths] = process.argv.slice(2)
const site = await startTestSite()
const browser = await chromium.launch({ executablePath: browserPath() ?? '', args: browserFlags })
try {
  if (folder === undefined) await takeForDocuments(browser)
  else if (folder === '--guide') await takeForGuide(browser)
  else await takeAll(browser, path.resolve(folder), paths.length > 0 ? paths : PAGE_TYPES)
} finally {
  await browser.close()
  const { closeDatabase } = await import('@/lib/database/client')
  await closeDatabase()
  await site.stop()
}

async function takeForDocuments(browser: Browser): Promise<void> {
  const page = await open(browser, 1280, 'light')
  await page.goto(`${process.env['BASE_URL'] ?? ''}/en${SEED}`)
  await page.screenshot({ path: 'docs/screenshots/profile.png' })
}

/** Whoever is signed in is invented, like the organisation: its English translation is behind. */
async function takeForGuide(browser: Browser): Promise<void> {
  const base = process.env['BASE_URL'] ?? ''
  const page = await open(browser, 1280, 'light')
  await signInAs(page.context(), 'administrator')
  for (const locale of ['fr', 'en']) {
    await page.goto(`${base}/${locale}/admin?q=translation+behind`)
    const link = page.locator('.admin-table a[href*="/admin/organisations/"]').first()
    const organisation = (await link.getAttribute('href')) ?? ''
    for (const { name, below, top, height } of GUIDE) {
      await page.setViewportSize({ width: 1280, height })
      await page.goto(`${base}${organisation}${below}`)
      if (top !== undefined) {
        await page
          .locator(top)
          .first()
          .evaluate((element) => {
            const heading = element.closest('section, fieldset') ?? element
            heading.scrollIntoView()
          })
      }
      const path = `docs/screenshots/guide-${name}.${locale}.jpg`
      await page.screenshot({ path, type: 'jpeg', quality: 75 })
    }
  }
}

async function takeAll(browser: Browser, into: string, paths: readonly string[]): Promise<void> {
  mkdirSync(into, { recursive: true })
  for (const width of WIDTHS) {
    for (const scheme of ['light', 'dark'] as const) {
      const page = await open(browser, width, scheme)
      for (const locale of ['fr', 'en']) {
        for (const address of paths) {
          await page.goto(`${process.env['BASE_URL'] ?? ''}/${locale}${address}`)
          const name = `${locale}${address.replaceAll(/[^a-z0-9]+/gi, '-').slice(0, 100)}`
          const file = path.join(into, `${name}.${String(width)}.${scheme}.png`)
          await page.screenshot({ path: file, fullPage: true })
        }
      }
      await page.context().close()
    }
  }
}

async function open(browser: Browser, width: number, colorScheme: 'light' | 'dark'): Promise<Page> {
  const height = width < 500 ? 740 : 900
  return browser.newPage({ viewport: { width, height }, colorScheme })
}
