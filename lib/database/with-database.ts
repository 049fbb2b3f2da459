import { env } from '@/lib/env'
import { closeDatabase } from './client'
import { openAndMigrate, type StartupError } from './open'
import { diskFullError } from './check-path'

/** A command of the command line failed before it began, or was not understood. */
export const COULD_NOT_RUN = 1

type CommandMessages = {
  usage: string
  /** Why the program must not use the database. */
  database: (refused: StartupError) => string
}

/**
 * Runs a command on the database of this environment: opens it, migrated to this program, and closes
 * it whatever happens. What stands against it is said on stderr.
 *
 * @param asked what the command was asked to do; null where that was not understood
 * @returns the exit code of the command, or `COULD_NOT_RUN`
 */
export async function withDatabase<Asked>(
  asked: Asked | null,
  words: CommandMessages,
  command: (asked: Asked) => Promise<number>,
): Promise<number> {
  if (asked === null) {
    process.stderr.write(`${words.usage}\n`)
    return COULD_NOT_RUN
  }
  const prepared = openAndMigrate()
  if (!prepared.ok) {
    process.stderr.write(`${words.database(prepared)}\n`)
    return COULD_NOT_RUN
  }
  try {
    return await command(asked)
  } catch (error) {
    const full = diskFullError(error, env.databaseFile)
    if (full === null) throw error
    process.stderr.write(`${words.database(full)}\n`)
    return COULD_NOT_RUN
  } finally {
    await closeDatabase()
  }
}
