import { spawn } from 'node:child_process'
import path from 'node:path'
import { reader } from '@/lib/db/client'
import { commandArguments, env } from '@/lib/env'

const PAGE = path.join(env.seedFolder, '000_70a62e442eda0162.txt')

/**
 * Imports the seed page where the database holds no organisation at all, as the import command does:
 * in a process of its own, because telling languages apart takes memory that a server keeps for good.
 *
 * @returns whether there is nothing left to do: false where the import could not run
 */
export async function importSeedPage(): Promise<boolean> {
  if ((await reader().organisation.count()) > 0) return true
  const child = spawn(process.execPath, [...commandArguments('import'), PAGE], {
    cwd: env.root,
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  return new Promise((resolve) => {
    child.once('error', () => resolve(false))
    child.once('exit', (code) => resolve(code === 0))
  })
}
