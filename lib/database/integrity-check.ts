import { closeSync, fstatSync, openSync, readSync } from 'node:fs'
import Database from 'better-sqlite3'
import { errorCode } from './durable-file'

/** How much a database holds. */
export type Counts = { organisations: number; revisions: number; people: number }

type Fault =
  /** It is something else, or does not even begin like a database. */
  | 'notADatabase'
  /** Its pages are not as SQLite leaves them. */
  | 'damaged'
  /** Rows point at rows that are not there. */
  | 'brokenReferences'

export type Examination =
  | {
      ok: true
      /** False where it is the database of something else. */
      isDirectory: boolean
      counts: Counts
      contentVersion: number
      /** Name of the last migration that was applied. */
      migration: string | null
    }
  | { ok: false; reason: Fault }

/** The table in which Prisma and `migrate` write down what was applied. */
const HISTORY = '_prisma_migrations'

/** Reading so much takes about a second; a larger database is not read whole at every start. */
const READ_AT_START = 128 * 1024 * 1024

/** What says that a file is not, or no longer, a database; null for every other failure. */
export function damageOf(error: unknown): 'notADatabase' | 'damaged' | null {
  const code = errorCode(error) ?? ''
  if (code === 'SQLITE_NOTADB') return 'notADatabase'
  return code.startsWith('SQLITE_CORRUPT') ? 'damaged' : null
}

/**
 * Reads every page of a database, follows every reference and counts. Writes nothing.
 *
 * @param file absolute path of a database that exists
 * @throws where it cannot be read at all
 */
export function examineDatabase(file: string): Examination {
  if (!beginsLikeDatabase(file)) return { ok: false, reason: 'notADatabase' }
  const database = new Database(file, { readonly: true, fileMustExist: true, timeout: 10_000 })
  try {
    if (database.pragma('integrity_check(1)', { simple: true }) !== 'ok') {
      return { ok: false, reason: 'damaged' }
    }
    if (hasBrokenReferences(database)) return { ok: false, reason: 'brokenReferences' }
    return {
      ok: true,
      isDirectory: ['Organisation', 'ContentVersion', HISTORY].every((name) =>
        hasTable(database, name),
      ),
      counts: countRows(database),
      contentVersion: readContentVersion(database),
      migration: lastMigration(database),
    }
  } catch (error) {
    const reason = damageOf(error)
    if (reason === null) throw error
    return { ok: false, reason }
  } finally {
    database.close()
  }
}

/**
 * The checks of every start. Up to 128 MB all pages are read, which takes about a second;
 * of a larger database only its length is compared with what it says of itself: all of it is read
 * whenever a backup is made, and by the doctor.
 *
 * @param file absolute path of a database that exists and is not empty
 * @returns what is wrong with it; null where nothing was found
 */
export function faultAtStart(file: string, readUpTo = READ_AT_START): Fault | null {
  if (!beginsLikeDatabase(file)) return 'notADatabase'
  const database = new Database(file, { fileMustExist: true, timeout: 10_000 })
  try {
    if (sizeOf(file) > readUpTo) return isCutOff(database, file) ? 'damaged' : null
    if (database.pragma('quick_check(1)', { simple: true }) !== 'ok') return 'damaged'
    return hasBrokenReferences(database) ? 'brokenReferences' : null
  } catch (error) {
    const reason = damageOf(error)
    if (reason === null) throw error
    return reason
  } finally {
    database.close()
  }
}

/** Counts what a database holds; tables that an older program did not have hold nothing. */
export function countRows(database: Database.Database): Counts {
  const count = (table: string) =>
    hasTable(database, table)
      ? Number(database.prepare(`SELECT count(*) FROM "${table}"`).pluck().get())
      : 0
  return {
    organisations: count('Organisation'),
    revisions: count('Revision'),
    people: count('User'),
  }
}

/** The first bytes of a file, fewer where it has fewer. */
export function firstBytes(file: string, count: number): Buffer {
  const descriptor = openSync(file, 'r')
  try {
    const bytes = Buffer.alloc(count)
    return bytes.subarray(0, readSync(descriptor, bytes, 0, count, 0))
  } finally {
    closeSync(descriptor)
  }
}

/** Whether a file begins as every SQLite database does. */
export function beginsLikeDatabase(file: string): boolean {
  return firstBytes(file, 16).toString('latin1') === 'SQLite format 3\0'
}

function sizeOf(file: string): number {
  const descriptor = openSync(file, 'r')
  try {
    return fstatSync(descriptor).size
  } finally {
    closeSync(descriptor)
  }
}

/** What is still in the write-ahead log may lie beyond the end of a file that is whole. */
function isCutOff(database: Database.Database, file: string): boolean {
  const [log] = database.pragma('wal_checkpoint(PASSIVE)') as Record<string, number>[]
  if (log?.['log'] !== log?.['checkpointed']) return false
  const pages = Number(database.pragma('page_count', { simple: true }))
  const pageSize = Number(database.pragma('page_size', { simple: true }))
  return pages * pageSize > sizeOf(file)
}

function hasBrokenReferences(database: Database.Database): boolean {
  const check = database.prepare('SELECT 1 FROM pragma_foreign_key_check LIMIT 1')
  return check.get() !== undefined
}

function hasTable(database: Database.Database, name: string): boolean {
  const tables = database.prepare(`SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = ?`)
  return tables.get(name) !== undefined
}

function readContentVersion(database: Database.Database): number {
  if (!hasTable(database, 'ContentVersion')) return 0
  return Number(
    database.prepare('SELECT "contentVersion" FROM "ContentVersion"').pluck().get() ?? 0,
  )
}

function lastMigration(database: Database.Database): string | null {
  if (!hasTable(database, HISTORY)) return null
  const last = database.prepare<[], string | null>(
    `SELECT max(migration_name) FROM "${HISTORY}" WHERE rolled_back_at IS NULL`,
  )
  return last.pluck().get() ?? null
}
