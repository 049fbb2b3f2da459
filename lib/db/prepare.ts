import { join } from 'node:path'
import { env } from '@/lib/env'
import { migrate, type MigrationOutcome } from './migrate'

/**
 * Creates the database of this environment where there is none, and migrates it to this program.
 *
 * @returns what was applied, or why the program must not use this database
 */
export function prepareDatabase(): MigrationOutcome {
  return migrate(env.databaseFile, join(env.root, 'prisma/migrations'))
}
