import { randomBytes } from 'node:crypto'
import {
  closeSync,
  existsSync,
  fsyncSync,
  linkSync,
  openSync,
  readdirSync,
  renameSync,
  rmSync,
  statfsSync,
} from 'node:fs'
import { open } from 'node:fs/promises'
import path from 'node:path'

const TEMP_FILE = /\.(\d+)-[0-9a-f]{8}\.directory-draft(-journal|-wal|-shm)?$/

/** The code that the system or SQLite gave a failure, such as `ENOENT` or `SQLITE_BUSY`; else null. */
export function errorCode(error: unknown): string | null {
  const code = error instanceof Error && 'code' in error ? error.code : null
  return typeof code === 'string' ? code : null
}

/**
 * A name beside a file under which it can be written until it is whole. It says which process writes
 * it, so that what a killed one has left can be told from what is being written.
 */
export function tempPathFor(file: string): string {
  return `${file}.${process.pid}-${randomBytes(4).toString('hex')}.directory-draft`
}

/** Removes from a folder what processes that are gone had begun to write. */
export function removeStaleTempFiles(folder: string): void {
  if (!existsSync(folder)) return
  for (const name of readdirSync(folder)) {
    const pid = Number(TEMP_FILE.exec(name)?.[1] ?? 0)
    if (pid > 0 && !isProcessRunning(pid)) rmSync(path.join(folder, name), { force: true })
  }
}

/** Removes a draft and what SQLite keeps beside one. */
export function removeTempFile(draft: string): void {
  for (const suffix of ['', '-journal', '-wal', '-shm']) rmSync(draft + suffix, { force: true })
}

function isProcessRunning(pid: number): boolean {
  if (pid === process.pid) return true
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return errorCode(error) === 'EPERM'
  }
}

/** Bytes that can still be written on the disk of a folder. */
export function freeBytes(folder: string): number {
  const { bavail, bsize } = statfsSync(folder)
  return bavail * bsize
}

/** Returns when what was written to a file is on the disk. */
export function fsyncFile(file: string): void {
  const descriptor = openSync(file, 'r+')
  try {
    fsyncSync(descriptor)
  } finally {
    closeSync(descriptor)
  }
}

/** Returns when the names in a folder are on the disk, where the system can be asked for it. */
export function fsyncFolder(folder: string): void {
  let descriptor: number | null = null
  try {
    descriptor = openSync(folder, 'r')
    fsyncSync(descriptor)
  } catch (error) {
    // Some systems and some network disks sync no folder.
    if (!['EISDIR', 'EPERM', 'EACCES', 'EINVAL', 'ENOTSUP'].includes(errorCode(error) ?? '')) {
      throw error
    }
  } finally {
    if (descriptor !== null) closeSync(descriptor)
  }
}

/**
 * Gives a draft that is whole and synced its name.
 *
 * @returns false where that name is taken: nothing is ever overwritten, and the draft stays
 */
export function createFile(draft: string, file: string): boolean {
  try {
    linkSync(draft, file)
    rmSync(draft)
  } catch (error) {
    if (errorCode(error) === 'EEXIST') return false
    // A stick with a file system that knows no links.
    if (existsSync(file)) return false
    renameSync(draft, file)
  }
  fsyncFolder(path.dirname(file))
  return true
}

/**
 * Writes a file that only its owner can read, whole or not at all.
 *
 * @param file absolute path; its folder must exist
 * @param overwrite replace a file that is there
 * @param fill writes the content piece by piece; if its result is not `ok`, there will be no file
 * @returns the result of `fill`, or `exists` if the name is taken
 * @throws what `fill` throws, and if the folder or the disk refuses
 */
export async function writeFileWhole<Result extends { ok: boolean }>(
  file: string,
  overwrite: boolean,
  fill: (write: (piece: string) => Promise<void>) => Promise<Result>,
): Promise<Result | { ok: false; reason: 'exists' }> {
  removeStaleTempFiles(path.dirname(file))
  const draft = tempPathFor(file)
  try {
    const handle = await open(draft, 'wx', 0o600)
    let result: Result
    try {
      result = await fill((piece) => handle.appendFile(piece))
    } finally {
      await handle.close()
    }
    if (!result.ok) return result
    fsyncFile(draft)
    if (overwrite) replaceFile(draft, file)
    else if (!createFile(draft, file)) return { ok: false, reason: 'exists' }
    return result
  } finally {
    removeTempFile(draft)
  }
}

/** Puts a draft that is whole and synced in the place of a file: whoever looks sees one or the other. */
export function replaceFile(draft: string, file: string): void {
  renameSync(draft, file)
  fsyncFolder(path.dirname(file))
}
