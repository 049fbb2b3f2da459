import { defineConfig } from '@playwright/test'
import { browserFlags, browserPath } from './tests/support/browser'

/** What holds for every test in a browser; `tests/nightly/playwright.config.ts` builds on it. */
export const shared = defineConfig({
  globalSetup: './tests/support/global-setup.ts',
  forbidOnly: true,
  reporter: 'line',
  fullyParallel: true,
  workers: 2,
  // How long something may take says nothing about whether it comes.
  timeout: 180_000,
  expect: { timeout: 20_000 },
  use: {
    trace: 'off',
    launchOptions: { executablePath: browserPath() ?? '', args: browserFlags },
  },
})

const withoutScripts = { locale: 'fr', javaScriptEnabled: false } as const

// The folder decides where a test runs: all of tests/browser with scripts and in English, and what
// lies in tests/browser/forms once more without scripts and in French.
export default defineConfig(shared, {
  testDir: 'tests/browser',
  outputDir: 'test-results/browser',
  projects: [
    { name: 'browser', use: { locale: 'en' } },
    { name: 'no-script', testDir: 'tests/browser/forms', use: withoutScripts },
  ],
})
