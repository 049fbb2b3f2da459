import path from 'node:path'
import { defineConfig } from 'vitest/config'

const secret = Buffer.alloc(32, 'test').toString('base64')
const factorKey = Buffer.alloc(32, 'factor').toString('base64')

const shared = {
  // A command of its own may be running in production mode.
  env: {
    NODE_ENV: 'test' as const,
    // So that no test writes secrets into the working copy.
    SESSION_SECRET: secret,
    FACTOR_KEY: factorKey,
    NEXT_SERVER_ACTIONS_ENCRYPTION_KEY: secret,
  },
  // What works only in one order hides a fault.
  sequence: { shuffle: true },
  restoreMocks: true,
  unstubEnvs: true,
  // A busy machine is no fault of the program.
  testTimeout: 60_000,
  hookTimeout: 60_000,
}

const console = ['tests/support/quiet-console.ts', 'tests/support/property-seed.ts']
const database = [...console, 'tests/support/integration-setup.ts']

/** Tests that set settings of their own before the product reads them. */
const WITH_SETTINGS = 'tests/integration/**/*.settings.test.ts'

export default defineConfig({
  resolve: { alias: { '@': path.resolve(import.meta.dirname) } },
  test: {
    allowOnly: false,
    projects: [
      {
        extends: true,
        test: {
          ...shared,
          name: 'unit',
          // Loading the modules again for each file took longer than the tests.
          isolate: false,
          include: ['tests/unit/**/*.test.{ts,tsx}'],
          setupFiles: console,
        },
      },
      {
        extends: true,
        test: {
          ...shared,
          name: 'integration',
          isolate: false,
          include: ['tests/integration/**/*.test.ts'],
          exclude: [WITH_SETTINGS],
          setupFiles: database,
        },
      },
      {
        extends: true,
        test: {
          ...shared,
          name: 'integration-settings',
          include: [WITH_SETTINGS],
          setupFiles: database,
        },
      },
      {
        extends: true,
        test: {
          ...shared,
          name: 'nightly',
          include: ['tests/nightly/**/*.test.ts'],
          setupFiles: database,
          testTimeout: 300_000,
          hookTimeout: 180_000,
        },
      },
      {
        extends: true,
        test: {
          ...shared,
          // The secrets of the build that is tested, so that what it has sealed can be opened.
          env: { NODE_ENV: 'test' as const },
          name: 'site',
          include: ['tests/site/**/*.test.ts'],
          globalSetup: 'tests/support/shared-site.ts',
          setupFiles: [...console, 'tests/support/site-environment.ts'],
          hookTimeout: 180_000,
        },
      },
      {
        extends: true,
        test: {
          ...shared,
          name: 'deploy',
          // In the order of the file: at the end of it the site is away.
          sequence: { shuffle: false },
          include: ['tests/deploy/**/*.test.ts'],
          hookTimeout: 180_000,
        },
      },
    ],
  },
})
