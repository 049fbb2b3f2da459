import { defineConfig } from '@playwright/test'
import { shared } from '../../playwright.config'

// As in tests/browser: what lies in forms/ runs once more without scripts and in French.
export default defineConfig(shared, {
  testDir: '.',
  testMatch: '**/*.spec.ts',
  outputDir: '../../test-results/nightly',
  projects: [
    { name: 'nightly', use: { locale: 'en' } },
    {
      name: 'nightly-no-script',
      testDir: 'forms',
      use: { locale: 'fr', javaScriptEnabled: false },
    },
  ],
})
