import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll } from 'vitest'

// Before any module of the product reads the environment: a database of its own for this worker.
const folder = mkdtempSync(join(tmpdir(), 'directory-test-'))
process.env['DATABASE_URL'] = `file:${join(folder, 'directory.db')}`

afterAll(async () => {
  const { closeDatabase } = await import('@/lib/database/client')
  await closeDatabase()
  rmSync(folder, { recursive: true, force: true })
})
