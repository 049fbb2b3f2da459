import { mkdirSync } from 'node:fs'
import path from 'node:path'
import { chromium, type Browser, type Page } from '@playwright/test'
import { browserFlags, browserPath } from '@/tests/support/browser'
import { PAGE_TYPES } from '@/tests/support/doors'
import { startSite } from '@/tests/support/site'

// `npm run screenshots` makes the pictures of the documents. With a folder, `-- FOLDER [PATH…]`, it
// takes every type of page there in both languages, at three widths, light and dark, to be looked at.

const SEED = '/organisations/solidarite-pour-les-droits-des-travailleuses-de-sexe'
const WIDTHS = [360, 768, 1280]

const [folder, ...paths] = process.argv.slice(2)
const stop = await startSite()
const browser = await chromium.launch({ executablePath: browserPath() ?? '', args: browserFlags })
try {
  if (folder === undefined) await takeForDocuments(browser)
  else await takeAll(browser, path.resolve(folder), paths.length > 0 ? paths : PAGE_TYPES)
} finally {
  await browser.close()
  await stop()
}

async function takeForDocuments(browser: Browser): Promise<void> {
  const page = await open(browser, 1280, 'light')
  await page.goto(`${process.env['BASE_URL'] ?? ''}/en${SEED}`)
  await page.screenshot({ path: 'docs/screenshots/profile.png' })
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
