import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'

/** Where everything of this run is; it goes with the process. */
export const folder = mkdtempSync(path.join(tmpdir(), 'directory-soak-'))
process.once('exit', () => rmSync(folder, { recursive: true, force: true }))
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.once(signal, () => process.exit(1))
}

// Before any module of the product reads them: a database and secrets of its own.
const secret = Buffer.alloc(32, 'soak').toString('base64')
Object.assign(process.env, {
  DATABASE_URL: `file:${path.join(folder, 'directory.db')}`,
  SESSION_SECRET: secret,
  FACTOR_KEY: secret,
  NEXT_SERVER_ACTIONS_ENCRYPTION_KEY: secret,
})
