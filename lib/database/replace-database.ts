import { copyFileSync, existsSync, linkSync, renameSync, rmSync } from 'node:fs'
import path from 'node:path'
import Database from 'better-sqlite3'
import { errorCode, replaceFile, fsyncFile, fsyncFolder } from './durable-file'
import { beginsLikeDatabase, damageOf } from './integrity-check'

/** How a database is held by whoever wants to replace it. */
export type Hold =
  /** Nobody else has it open, and what was in its write-ahead log is in its file. */
  | { state: 'alone'; release: () => void }
  /** It cannot be read, so nobody can be using it. */
  | { state: 'damaged'; release: () => void }
  /** Another process has it open. */
  | { state: 'inUse' }

/**
 * Finds out whether any process has a database open, and keeps them all out until it is released.
 * SQLite leaves write-ahead logging only where it is alone; that lock ends with its process, so that
 * nothing stays behind which would have to be cleared away.
 *
 * @param file absolute path of a database that exists
 */
export function holdDatabase(file: string): Hold {
  // Opened, SQLite would clear away the log beside it, which may be all that can be saved.
  if (!beginsLikeDatabase(file)) return { state: 'damaged', release: () => undefined }
  let database: Database.Database | null = null
  try {
    database = new Database(file, { fileMustExist: true, timeout: 1000 })
    database.pragma('locking_mode = EXCLUSIVE')
    database.pragma('journal_mode = DELETE')
    database.exec('BEGIN EXCLUSIVE')
    const held = database
    return { state: 'alone', release: () => held.close() }
  } catch (error) {
    database?.close()
    if (errorCode(error)?.startsWith('SQLITE_BUSY')) return { state: 'inUse' }
    if (damageOf(error) === null) throw error
    return { state: 'damaged', release: () => undefined }
  }
}

/** Has a database written ahead again, as every connection expects it. */
export function writeAhead(file: string): void {
  const database = new Database(file, { fileMustExist: true })
  try {
    database.pragma('journal_mode = WAL')
  } finally {
    database.close()
  }
}

/**
 * Puts a draft in the place of a database that is held, or of none, and keeps the old one beside it.
 * Whoever looks, and whatever happens, sees the old one or the new one.
 *
 * @param draft whole, and without a write-ahead log
 * @param kept where the old one goes; a free name
 */
export function exchangeDatabase(draft: string, file: string, kept: string): void {
  fsyncFile(draft)
  const isThere = existsSync(file)
  // A log that is left of the old database would be taken for one of the new database.
  if (existsSync(`${file}-wal`)) renameSync(`${file}-wal`, `${kept}-wal`)
  rmSync(`${file}-shm`, { force: true })
  if (isThere) keep(file, kept)
  fsyncFolder(path.dirname(file))
  replaceFile(draft, file)
}

function keep(file: string, kept: string): void {
  try {
    linkSync(file, kept)
  } catch (error) {
    if (errorCode(error) === 'EEXIST') throw error
    copyFileSync(file, kept)
    fsyncFile(kept)
  }
}

/**
 * Makes what was restored ready for use: raises the version of the content above both what it was and
 * what it is in the database that it replaces, so that no cache takes one for the other, and ends all
 * sessions, because those that were ended since the backup must not come back.
 *
 * @param replaced version of the content in the database that is replaced; 0 where there is none
 */
export function readyRestored(file: string, replaced: number): void {
  const database = new Database(file, { fileMustExist: true })
  try {
    database.pragma('secure_delete = ON')
    database.exec('DELETE FROM "Session"')
    database
      .prepare('UPDATE "ContentVersion" SET "contentVersion" = max("contentVersion", ?) + 1')
      .run(replaced)
    database.pragma('journal_mode = DELETE')
  } finally {
    database.close()
  }
}
