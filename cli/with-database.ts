import { diskFullError } from '@/lib/database/check-path'
import { closeDatabase } from '@/lib/database/client'
import { openAndMigrate } from '@/lib/database/open'
import { env } from '@/lib/env'
import { startupMessage } from '@/lib/health/startup-message'
import { EXIT_FAILURE } from './run-command'

/**
 * Runs a command on the database of this environment: opens and migrates it, and closes it in any
 * case. If the database cannot be used, the reason goes to stderr.
 *
 * @param options of the command; null if its arguments were not understood: then `usage` goes to stderr
 * @returns the exit code of the command, or 1 if it did not run
 */
export async function withDatabase<Options>(
  options: Options | null,
  usage: string,
  command: (options: Options) => Promise<number>,
): Promise<number> {
  if (options === null) {
    process.stderr.write(`${usage}\n`)
    return EXIT_FAILURE
  }
  const opened = openAndMigrate()
  if (!opened.ok) {
    process.stderr.write(`${startupMessage(opened)}\n`)
    return EXIT_FAILURE
  }
  try {
    return await command(options)
  } catch (error) {
    const full = diskFullError(error, env.databaseFile)
    if (full === null) throw error
    process.stderr.write(`${startupMessage(full)}\n`)
    return EXIT_FAILURE
  } finally {
    await closeDatabase()
  }
}
