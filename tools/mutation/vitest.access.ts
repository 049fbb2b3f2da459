import path from 'node:path'
import { defineConfig } from 'vitest/config'

const root = path.resolve(import.meta.dirname, '../..')
const key = (of: string) => Buffer.alloc(32, of).toString('base64')
const keys = { SESSION_SECRET: key('test'), FACTOR_KEY: key('factor') }
const shared = {
  // A worker for each mutant is enough: it ends with it.
  isolate: false,
  restoreMocks: true,
  unstubEnvs: true,
  testTimeout: 60_000,
  hookTimeout: 60_000,
}

/** Tests with a database, in a site of these settings: they are read once, with the modules. */
const withDatabase = (
  name: string,
  groupOrder: number,
  files: string,
  settings: Record<string, string> = {},
) => ({
  extends: true as const,
  test: {
    ...shared,
    name,
    sequence: { groupOrder },
    env: { ...keys, ...settings },
    include: [`tests/integration/${files}.test.ts`],
    setupFiles: ['tests/support/quiet-console.ts', 'tools/mutation/database-setup.ts'],
  },
})

/** The tests of lib/auth, lib/permissions and lib/users, those without a database first: the first failure ends a run. */
export default defineConfig({
  root,
  resolve: { alias: { '@': root } },
  test: {
    projects: [
      {
        extends: true,
        test: {
          ...shared,
          name: 'unit',
          sequence: { groupOrder: 0 },
          include: ['tests/unit/{auth,permissions}/*.test.ts'],
          setupFiles: ['tests/support/quiet-console.ts', 'tests/support/property-seed.ts'],
        },
      },
      withDatabase('integration', 1, '{auth,users}/!(*.settings)'),
      withDatabase('mail', 2, 'auth/password-*.settings', {
        SMTP_URL: 'smtp://127.0.0.1:9',
        SMTP_FROM: 'desk@fictional.example',
      }),
      withDatabase('https', 3, 'auth/https.settings', {
        PUBLIC_ORIGIN: 'https://directory.example',
      }),
    ],
  },
})
