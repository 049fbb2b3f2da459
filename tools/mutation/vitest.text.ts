import path from 'node:path'
import { defineConfig } from 'vitest/config'

const root = path.resolve(import.meta.dirname, '../..')

/** The unit tests of the text modules; nothing of them needs a database. */
export default defineConfig({
  root,
  resolve: { alias: { '@': root } },
  test: {
    isolate: false,
    include: ['tests/unit/{audit,geo,import,revisions,text}/!(hostile-shapes.property).test.ts'],
    setupFiles: [
      'tests/support/quiet-console.ts',
      'tests/support/property-seed.ts',
      'tools/mutation/modules-anew.ts',
    ],
    testTimeout: 60_000,
    restoreMocks: true,
  },
})
