import { mkdirSync, mkdtempSync, rmSync, statfsSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll } from 'vitest'

/** Bytes that the databases of all workers may take at the most, by far. */
const ROOM = 1024 ** 3

/** A file system in memory where there is one with room: a test commits a hundred times a second. */
function databasesFolder(): string {
  try {
    const { bavail, bsize } = statfsSync('/dev/shm')
    if (bavail * bsize > ROOM) return '/dev/shm'
  } catch {
    // Not Linux.
  }
  return tmpdir()
}

// Before any module of the product reads the environment: a database of its own for this worker.
// The files of a worker share its modules, and so the path; each begins with an empty folder.
const worker = globalThis as { databaseFolder?: string }
const folder = (worker.databaseFolder ??= mkdtempSync(join(databasesFolder(), 'directory-test-')))
mkdirSync(folder, { recursive: true })
process.env['DATABASE_URL'] = `file:${join(folder, 'directory.db')}`

afterAll(async () => {
  const { closeDatabase } = await import('@/lib/database/client')
  await closeDatabase()
  rmSync(folder, { recursive: true, force: true })
})
