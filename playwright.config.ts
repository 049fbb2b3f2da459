import { defineConfig } from '@playwright/test'
import { browserFlags, browserPath } from './tests/support/browser'

/** Requests without a browser: they have no language of the interface and no scripts. */
const onTheWire = ['actions', 'doors', 'headers', 'known-or-not'].map(
  (name) => `**/${name}.spec.ts`,
)
/** What the desk does changes the directory that the others read. */
const atTheDesk = [
  'again',
  'audit',
  'desk',
  'forms',
  'hostile-texts',
  'proposals',
  'protected-pages',
  'redeployment',
  'sign-in',
  'strangers',
].map((name) => `**/${name}.spec.ts`)
/** axe and the timing of a page are scripts; the bytes of a page are the same without. */
const withScriptsOfTheirOwn = ['**/accessibility.spec.ts', '**/weight.spec.ts']
/** The bytes of a public page, and so its shape and its links, are the same without scripts. */
const sameWithoutScripts = ['**/every-page.spec.ts', '**/crawl.spec.ts']
/** Sites of their own, started and stopped: once with scripts and once without says it all. */
const onSitesOfTheirOwn = ['**/mail.spec.ts', '**/https.spec.ts']
/** In both languages, with scripts and without, each time from a fresh start. */
const journey = '**/journey.spec.ts'
/** What depends neither on the language nor on scripts. */
const inOneLanguage = ['**/hostile-texts.spec.ts', '**/strangers.spec.ts']

const readers = ['fr', 'en', 'no-script']
const editors = ['desk-fr', 'desk-en', 'desk-no-script']

export default defineConfig({
  testDir: 'tests/e2e',
  globalSetup: './tests/support/reviewed-site.ts',
  outputDir: 'test-results',
  forbidOnly: true,
  // A test that passes at the second try has found something: it is reported as flaky. At one’s own
  // desk it fails; elsewhere it must not hold up what is right.
  retries: process.env['CI'] === undefined ? 0 : 1,
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
    { name: 'fr', use: { locale: 'fr' }, testIgnore: [...onTheWire, ...atTheDesk, journey] },
    {
      name: 'en',
      use: { locale: 'en' },
      testIgnore: [...onTheWire, ...atTheDesk, ...onSitesOfTheirOwn, journey],
    },
    {
      name: 'no-script',
      use: { locale: 'fr', javaScriptEnabled: false },
      testIgnore: [
        ...[...onTheWire, ...atTheDesk, ...withScriptsOfTheirOwn, ...sameWithoutScripts],
        ...['**/https.spec.ts', journey],
      ],
    },
    { name: 'journey', testMatch: journey },
    {
      name: 'wire',
      use: { locale: 'en' },
      testMatch: ['**/headers.spec.ts', '**/known-or-not.spec.ts'],
      dependencies: readers,
    },
    {
      name: 'desk-fr',
      use: { locale: 'fr' },
      testMatch: atTheDesk,
      // Without scripts they run in French, with scripts in English.
      testIgnore: [
        ...inOneLanguage,
        ...['again', 'desk', 'forms', 'proposals', 'redeployment', 'sign-in'].map(
          (name) => `**/${name}.spec.ts`,
        ),
      ],
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
      testIgnore: [...inOneLanguage, '**/protected-pages.spec.ts'],
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
