import { spawnSync } from 'node:child_process'
import { expect, test } from 'vitest'
import { env } from '@/lib/env'
import { execute, freshDatabase, rows } from '@/tests/support/database'
import { givenProfile } from '@/tests/support/profiles'

test('the command as it is run makes the documents of search again', async () => {
  await freshDatabase()
  await givenProfile()
  execute('UPDATE "SearchDocument" SET "indexVersion" = 1')
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ['--import', 'tsx', 'cli/reindex.ts'],
    { cwd: env.root, encoding: 'utf8' },
  )
  expect({ status, faults: stderr.replace(/^\d+ .+\n/, '') }).toEqual({ status: 0, faults: '' })
  expect(stdout).toMatch(/^1 /)
  expect(rows('SELECT * FROM "SearchDocument" WHERE "indexVersion" = 1')).toEqual([])
})
