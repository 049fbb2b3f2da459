import { defineConfig } from '@playwright/test'
import { browserFlags, browserPath } from './tests/support/browser'

/** Requests without a browser: they have no language of the interface and no scripts. */
const onTheWire = ['**/actions.spec.ts', '**/doors.spec.ts', '**/headers.spec.ts']
/** What the desk does changes the directory that the others read. */
const atTheDesk = ['audit', 'desk', 'forms', 'proposals', 'redeployment', 'sign-in'].map(
  (name) => `**/${name}.spec.ts`,
)
/** axe and the timing of a page are scripts; the bytes of a page are the same without. */
const withScriptsOfTheirOwn = ['**/accessibility.spec.ts', '**/weight.spec.ts']

const readers = ['fr', 'en', 'no-script']
const editors = ['desk-fr', 'desk-en', 'desk-no-script']

export default defineConfig({
  testDir: 'tests/e2e',
  globalSetup: './tests/support/site.ts',
  outputDir: 'test-results',
  forbidOnly: true,
  // A test that passes at the second try has found something.
  retries: 0,
  workers: 2,
  timeout: 90_000,
  // How long something may take says nothing about whether it comes.
  expect: { timeout: 15_000 },
  reporter: 'line',
  use: {
    trace: 'off',
    launchOptions: { executablePath: browserPath() ?? '', args: browserFlags },
  },
  projects: [
    { name: 'fr', use: { locale: 'fr' }, testIgnore: [...onTheWire, ...atTheDesk] },
    { name: 'en', use: { locale: 'en' }, testIgnore: [...onTheWire, ...atTheDesk] },
    {
      name: 'no-script',
      use: { locale: 'fr', javaScriptEnabled: false },
      testIgnore: [...onTheWire, ...atTheDesk, ...withScriptsOfTheirOwn],
    },
    {
      name: 'wire',
      use: { locale: 'en' },
      testMatch: '**/headers.spec.ts',
      dependencies: readers,
    },
    {
      name: 'desk-fr',
      use: { locale: 'fr' },
      testMatch: atTheDesk,
      dependencies: ['wire'],
    },
    {
      name: 'desk-en',
      use: { locale: 'en' },
      testMatch: atTheDesk,
      dependencies: ['wire'],
    },
    {
      name: 'desk-no-script',
      use: { locale: 'fr', javaScriptEnabled: false },
      testMatch: atTheDesk,
      dependencies: ['wire'],
    },
    // By itself, because it looks whether anything at all was changed.
    {
      name: 'actions',
      use: { locale: 'fr' },
      testMatch: '**/actions.spec.ts',
      dependencies: editors,
    },
    // Last and alone, because it hides and lists a profile while nobody else is looking.
    {
      name: 'doors',
      use: { locale: 'en' },
      testMatch: '**/doors.spec.ts',
      dependencies: ['actions'],
    },
  ],
})
