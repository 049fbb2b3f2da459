import { existsSync, statSync } from 'node:fs'
import { env } from '@/lib/env'
import { latestBackup } from './backup-files'
import { damageOf, faultAtStart } from './integrity-check'
import { migrate, type MigrationResult } from './migrate'
import { diskFullError, checkDatabasePath, type PathError } from './check-path'

/** Why a program must not use a database. */
export type StartupError =
  | Extract<MigrationResult, { ok: false }>
  /** It is not as SQLite left it, or no database at all. */
  | { ok: false; reason: 'damaged' | 'notADatabase' }
  | PathError

/**
 * Creates the database of this environment where there is none, checks it (see `faultAtStart`) and
 * migrates it to this program.
 *
 * @returns what was applied, or why the program must not use this database
 * @throws as `migrate` does
 */
export function openAndMigrate(): Extract<MigrationResult, { ok: true }> | StartupError {
  const unusable = checkDatabasePath(env.databaseFile)
  if (unusable !== null) return unusable
  try {
    const fault = startupCorruption(env.databaseFile)
    if (fault !== null) return { ok: false, reason: fault }
    return migrate(env.databaseFile, env.migrationsFolder)
  } catch (error) {
    const full = diskFullError(error, env.databaseFile)
    if (full !== null) return full
    const reason = damageOf(error)
    if (reason === null) throw error
    return { ok: false, reason }
  }
}

function startupCorruption(file: string): 'damaged' | 'notADatabase' | null {
  if (!existsSync(file)) return null
  if (statSync(file).size === 0) {
    // What a process leaves that was stopped at the very beginning; or all that is left of a database.
    return latestBackup() === null ? null : 'damaged'
  }
  const fault = faultAtStart(file)
  return fault === 'brokenReferences' ? 'damaged' : fault
}
