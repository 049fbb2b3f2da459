import { copyFileSync, existsSync, linkSync, renameSync, rmSync } from 'node:fs'
import path from 'node:path'
import Database from 'better-sqlite3'
import { errorCode, replaceFile, fsyncFile, fsyncFolder } from './durable-file'
import { beginsLikeDatabase, damageOf } from './integrity-check'

/** The exclusive lock on a database that is to be replaced. */
export type DatabaseLock =
  /** No other process has it open, and its write-ahead log was merged into its file. */
  | { state: 'alone'; release: () => void }
  /** It is corrupt, so nobody can be using it. */
  | { state: 'damaged'; release: () => void }
  /** Another process has it open. */
  | { state: 'inUse' }

/**
 * Finds out whether another process has a database open and, if not, locks all others out until
 * `release` is called. SQLite leaves WAL mode only if no other connection exists; the lock also ends
 * with this process, so nothing has to be cleaned up after a crash.
 *
 * Locking leaves WAL mode: call `enableWal` after a release if the database is not replaced.
 *
 * @param file absolute path of a database that exists
 * @throws if it cannot be opened for another reason than corruption
 */
export function lockDatabase(file: string): DatabaseLock {
  // If opened, SQLite would delete the write-ahead log, which may be all that can be saved.
  if (!beginsLikeDatabase(file)) return { state: 'damaged', release: () => undefined }
  let database: Database.Database | null = null
  try {
    database = new Database(file, { fileMustExist: true, timeout: 1000 })
    database.pragma('locking_mode = EXCLUSIVE')
    database.pragma('journal_mode = DELETE')
    database.exec('BEGIN EXCLUSIVE')
    const locked = database
    return { state: 'alone', release: () => locked.close() }
  } catch (error) {
    database?.close()
    if (errorCode(error)?.startsWith('SQLITE_BUSY')) return { state: 'inUse' }
    if (damageOf(error) === null) throw error
    return { state: 'damaged', release: () => undefined }
  }
}

/** Switches a database to WAL mode, which every connection of this program expects. */
export function enableWal(file: string): void {
  const database = new Database(file, { fileMustExist: true })
  try {
    database.pragma('journal_mode = WAL')
  } finally {
    database.close()
  }
}

/**
 * Replaces a locked database, or none, by a draft and keeps the old one under another name. At every
 * moment `file` is the old database or the new one. All paths are absolute.
 *
 * @param draft complete, and without a write-ahead log
 * @param kept free name for the old database
 */
export function replaceDatabase(draft: string, file: string, kept: string): void {
  fsyncFile(draft)
  const isThere = existsSync(file)
  // SQLite would apply the write-ahead log of the old database to the new one.
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
 * Prepares a restored database for use: raises its content version above its own and that of the
 * replaced database, so that no cache keeps serving old pages, and deletes all sessions, because those
 * that were ended since the backup must not come back.
 *
 * @param file absolute path of the draft
 * @param replaced content version of the replaced database; 0 if there is none
 */
export function prepareRestored(file: string, replaced: number): void {
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
