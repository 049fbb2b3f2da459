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
}

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
          // A busy machine is no fault of the program.
          testTimeout: 60_000,
          include: ['tests/unit/**/*.test.{ts,tsx}'],
          setupFiles: ['tests/support/quiet-console.ts', 'tests/support/property-seed.ts'],
        },
      },
      {
        extends: true,
        test: {
          ...shared,
          name: 'integration',
          include: ['tests/integration/**/*.test.ts'],
          setupFiles: [
            'tests/support/quiet-console.ts',
            'tests/support/property-seed.ts',
            'tests/support/integration-setup.ts',
          ],
          testTimeout: 60_000,
          hookTimeout: 60_000,
          // As with the browser: tried again where somebody waits for it, and named in the report.
          retry: process.env['CI'] === undefined ? 0 : 1,
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
          testTimeout: 60_000,
          hookTimeout: 180_000,
        },
      },
    ],
  },
})
