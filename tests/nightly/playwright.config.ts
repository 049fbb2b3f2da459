import { defineConfig } from '@playwright/test'
import { shared, withoutScripts } from '../../playwright.config'

// As in tests/browser: what lies in forms/ runs once more without scripts and in French. And what
// tests/browser runs without scripts alone runs with them here.
export default defineConfig(shared, {
  testDir: '.',
  testMatch: '**/*.spec.ts',
  outputDir: '../../test-results/nightly',
  projects: [
    { name: 'nightly', use: { locale: 'en' } },
    { name: 'nightly-no-script', testDir: 'forms', use: withoutScripts },
    { name: 'plain-forms', testDir: '../browser/plain-forms', use: { locale: 'en' } },
  ],
})
