import { spawn } from 'node:child_process'
import path from 'node:path'
import { reader } from '@/lib/database/client'
import { env } from '@/lib/env'
import { fold } from '@/lib/text/fold'

const SEED_PAGE_FILE = path.join(env.root, 'prisma/seed/000_70a62e442eda0162.txt')

/** The organisation of the seed page, by folded name and ISO country code. It is a real one. */
export const SEED_PAGE = {
  nameFolded: fold('SOLIDARITE POUR LES DROITS DES TRAVAILLEUSES DE SEXE'),
  country: 'BI',
}

/**
 * Imports the seed page into a database without any organisation. It runs the import command in a
 * process of its own, because detecting languages takes memory that a server would not get back.
 *
 * @returns false if the import could not run; true if it ran or was not needed
 */
export async function importSeedPage(): Promise<boolean> {
  if ((await reader().organisation.count()) > 0) return true
  const child = spawn(process.execPath, ['--import', 'tsx', 'cli/import.ts', SEED_PAGE_FILE], {
    cwd: env.root,
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  return new Promise((resolve) => {
    child.once('error', () => resolve(false))
    child.once('exit', (code) => resolve(code === 0))
  })
}
