import { accessSync, constants, existsSync, readFileSync, statSync } from 'node:fs'
import path from 'node:path'
import { databaseErrorOf } from './busy-or-full'
import { errorCode } from './durable-file'
import { isWriteFault } from './online-copy'

/** Why there can be no database where it should be. */
export type PathError = {
  ok: false
  reason:
    | 'folderNotWritable'
    | 'fileNotWritable'
    /** The folder is not there, and nothing can be made in the one above it. */
    | 'folderNotMade'
    | 'isFolder'
    /** A file stands where a folder of the path should be. */
    | 'underFile'
    | 'diskFull'
  /** Absolute path of what stands in the way. */
  place: string
  /** Name, else number, of the account that it belongs to. */
  owner: string
  /** Name, else number, of the account that this process runs as. */
  user: string
}

/**
 * Looks whether a database can be opened for writing, or made, at a path. Changes nothing, and does not
 * know how much room there is: see `diskFullError`.
 *
 * @param file absolute path of the database, there or not
 * @returns what stands against it; null if nothing does
 */
export function checkDatabasePath(file: string): PathError | null {
  const folder = path.dirname(file)
  let nearest = folder
  while (!existsSync(nearest) && nearest !== path.dirname(nearest)) nearest = path.dirname(nearest)
  if (!statSync(nearest).isDirectory()) return unusable('underFile', nearest)
  if (!mayWrite(nearest, constants.X_OK)) {
    return unusable(nearest === folder ? 'folderNotWritable' : 'folderNotMade', nearest)
  }
  if (statSync(file, { throwIfNoEntry: false })?.isDirectory()) return unusable('isFolder', file)
  // SQLite keeps two files beside a database; those that another account has left stop it too.
  const locked = ['', '-wal', '-shm']
    .map((suffix) => file + suffix)
    .find((one) => existsSync(one) && !mayWrite(one, constants.R_OK))
  return locked === undefined ? null : unusable('fileNotWritable', locked)
}

/**
 * Tells a full disk from every other failure.
 *
 * @param error whatever was thrown while a database was made, migrated or written
 * @param file absolute path of that database
 * @returns null where it is something else
 */
export function diskFullError(error: unknown, file: string): PathError | null {
  const isFull = isWriteFault(error) || databaseErrorOf(error) === 'full'
  return isFull && errorCode(error) !== 'SQLITE_READONLY'
    ? unusable('diskFull', path.dirname(file))
    : null
}

function unusable(reason: PathError['reason'], place: string): PathError {
  let nearest = place
  while (!existsSync(nearest)) nearest = path.dirname(nearest)
  return {
    ...{ ok: false, reason, place },
    owner: accountName(statSync(nearest).uid),
    user: accountName(process.getuid?.() ?? -1),
  }
}

function mayWrite(place: string, also: number): boolean {
  try {
    accessSync(place, constants.W_OK | also)
    return true
  } catch {
    return false
  }
}

function accountName(id: number): string {
  const file = '/etc/passwd'
  const lines = existsSync(file) ? readFileSync(file, 'utf8').split('\n') : []
  return (
    lines.map((line) => line.split(':')).find((fields) => fields[2] === String(id))?.[0] ??
    String(id)
  )
}
