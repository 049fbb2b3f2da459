import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { env } from '@/lib/env'

/** Where the databases of the benchmark are; it goes with the process. */
export const folder = mkdtempSync(path.join(tmpdir(), 'directory-bench-'))
process.once('exit', () => rmSync(folder, { recursive: true, force: true }))

/** Tells how far it is, beside what is measured. */
export const say = (line: string) => process.stderr.write(`${line}\n`)

/** No setting of this working copy may shine through: empty counts as missing. */
export const settings = (database: string) => ({
  ...{ NODE_ENV: 'production', LOG_LEVEL: 'warn', NEXT_DIST_DIR: env.NEXT_DIST_DIR },
  ...{ PUBLIC_ORIGIN: '', SITE_NAME: '', NETWORK_NAME: '', CONTACT_EMAIL: '', EXIT_URL: '' },
  DATABASE_URL: `file:${path.join(folder, database)}`,
})
