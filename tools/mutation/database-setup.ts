import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll } from 'vitest'

// All files of a run share one worker and its modules, so they share its database too: each test
// begins with an empty one. The sandbox is taken away after the run, and this with it.
process.env['DATABASE_URL'] ??=
  `file:${join(mkdtempSync(join(tmpdir(), 'directory-mutation-')), 'directory.db')}`

afterAll(async () => {
  const { closeDatabase } = await import('@/lib/database/client')
  await closeDatabase()
})
