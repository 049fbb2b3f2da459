import path from 'node:path'
import { defineConfig } from '@playwright/test'
import { browserFlags, browserPath } from './tests/support/browser'

/** What holds for every test in a browser; `tests/nightly/playwright.config.ts` builds on it. */
export const shared = defineConfig({
  // Absolute, because another configuration in another folder builds on this one.
  globalSetup: path.join(import.meta.dirname, 'tests/support/global-setup.ts'),
  forbidOnly: true,
  reporter: 'line',
  fullyParallel: true,
  // One browser and the site under test keep two cores busy: two of each take half as long again.
  workers: 1,
  // How long something may take says nothing about whether it comes.
  timeout: 180_000,
  expect: { timeout: 20_000 },
  use: {
    trace: 'off',
    launchOptions: { executablePath: browserPath() ?? '', args: browserFlags },
  },
})

/** As visitors and members come whose browser runs no scripts. */
export const withoutScripts = { locale: 'fr', javaScriptEnabled: false } as const

// The folder decides how a test runs: tests/browser with scripts and in English, forms/ once more
// without scripts and in French. What lies in plain-forms/ gains little by scripts: here it runs
// without them, and with them every night.
export default defineConfig(shared, {
  testDir: 'tests/browser',
  outputDir: 'test-results/browser',
  projects: [
    { name: 'browser', testIgnore: 'plain-forms/**', use: { locale: 'en' } },
    { name: 'no-script', testMatch: '{forms,plain-forms}/**', use: withoutScripts },
  ],
})
