import { spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import path from 'node:path'
import { reader } from '@/lib/database/client'
import { commandArguments, env } from '@/lib/env'
import { acquireLease, releaseLeases } from '@/lib/database/lease'
import { fold } from '@/lib/text/fold'

const SEED_PAGE_FILE = path.join(env.seedFolder, '000_70a62e442eda0162.txt')

/** The organisation of the seed page, by folded name and ISO country code. It is a real one. */
export const SEED_PAGE = {
  nameFolded: fold('SOLIDARITE POUR LES DROITS DES TRAVAILLEUSES DE SEXE'),
  country: 'BI',
}

const JOB = 'seed'
/** Longer than the import of one page takes; the lease of a process that died expires. */
const LEASE_MS = 2 * 60_000
const RETRY_INTERVAL_MS = 200

/**
 * Imports the seed page into a database without any organisation. Of several processes that start at
 * once on one database one imports it, and the others wait until it is there.
 *
 * @returns false if the import could not run; true if it ran or was not needed
 */
export async function importSeedPage(): Promise<boolean> {
  const holder = randomUUID()
  while (await isEmpty()) {
    if (await acquireLease(JOB, holder, LEASE_MS)) {
      try {
        // Another process may have finished between the two questions.
        return !(await isEmpty()) || (await runImport())
      } finally {
        await releaseLeases(holder)
      }
    }
    await new Promise((resolve) => setTimeout(resolve, RETRY_INTERVAL_MS))
  }
  return true
}

async function isEmpty(): Promise<boolean> {
  return (await reader().organisation.count()) === 0
}

/** In a process of its own: detecting languages takes memory that a server would not get back. */
function runImport(): Promise<boolean> {
  const child = spawn(process.execPath, [...commandArguments('import'), SEED_PAGE_FILE], {
    cwd: env.root,
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  return new Promise((resolve) => {
    child.once('error', () => resolve(false))
    child.once('exit', (code) => resolve(code === 0))
  })
}
