import path from 'node:path'
import { defineConfig } from 'vitest/config'

const root = path.resolve(import.meta.dirname, '../..')
const key = (of: string) => Buffer.alloc(32, of).toString('base64')
const keys = { SESSION_SECRET: key('test'), FACTOR_KEY: key('factor'), MUTATION: '1' }
const shared = {
  // A worker for each mutant is enough: it ends with it.
  isolate: false,
  restoreMocks: true,
  unstubEnvs: true,
  testTimeout: 60_000,
  hookTimeout: 60_000,
}

/** The tests of lib/access, those without a database first: the first failure ends a run. */
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
          include: ['tests/unit/access-*.test.ts'],
          setupFiles: ['tests/support/quiet-console.ts', 'tests/support/property-seed.ts'],
        },
      },
      {
        extends: true,
        test: {
          ...shared,
          name: 'integration',
          sequence: { groupOrder: 1 },
          env: keys,
          include: ['tests/integration/{auth,factor,people,session,sign-in}.test.ts'],
          setupFiles: ['tests/support/quiet-console.ts', 'tests/mutation/database-setup.ts'],
        },
      },
      {
        extends: true,
        test: {
          ...shared,
          name: 'https',
          sequence: { groupOrder: 3 },
          env: { ...keys, PUBLIC_ORIGIN: 'https://directory.example' },
          include: ['tests/integration/auth-https.test.ts'],
          setupFiles: ['tests/support/quiet-console.ts', 'tests/mutation/database-setup.ts'],
        },
      },
      {
        extends: true,
        test: {
          ...shared,
          // A site that sends mail: its settings are read once, with the modules.
          name: 'mail',
          sequence: { groupOrder: 2 },
          env: { ...keys, SMTP_URL: 'smtp://127.0.0.1:9', SMTP_FROM: 'desk@fictional.example' },
          include: ['tests/integration/{password-mail,reset}.test.ts'],
          setupFiles: ['tests/support/quiet-console.ts', 'tests/mutation/database-setup.ts'],
        },
      },
    ],
  },
})
