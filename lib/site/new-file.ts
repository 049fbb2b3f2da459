import { randomBytes } from 'node:crypto'
import { link, open, rename, rm, type FileHandle } from 'node:fs/promises'
import path from 'node:path'
import { databaseErrorOf } from '@/lib/database/busy-or-full'

type NotWritten = { ok: false; reason: 'exists' | 'diskFull' | 'cannotWrite' }

/**
 * Writes a file that only its owner can read, whole or not at all: beside its place under another
 * name, out to the disk, and only then under its own.
 *
 * @param file absolute path
 * @param force replace what is there
 * @param fill writes the content, piece by piece; what it refuses leaves nothing
 * @returns what `fill` gave, or why there is no file
 */
export async function writeNewFile<Outcome extends { ok: boolean }>(
  file: string,
  force: boolean,
  fill: (write: (piece: string) => Promise<void>) => Promise<Outcome>,
): Promise<Outcome | NotWritten> {
  const draft = `${file}.${randomBytes(4).toString('hex')}.part`
  let handle: FileHandle | null = null
  try {
    handle = await open(draft, 'wx', 0o600)
    const opened = handle
    const filled = await fill(async (piece) => {
      await opened.appendFile(piece)
    })
    await opened.sync()
    await opened.close()
    handle = null
    if (!filled.ok) return filled
    // A rename would replace what somebody else has put there; a link refuses to.
    await (force ? rename(draft, file) : link(draft, file))
    await syncFolder(path.dirname(file))
    return filled
  } catch (error) {
    if (databaseErrorOf(error) === 'full') return { ok: false, reason: 'diskFull' }
    const code = error instanceof Error && 'code' in error ? String(error.code) : ''
    if (code === 'EEXIST') return { ok: false, reason: 'exists' }
    if (/^(?:ENOENT|EACCES|EPERM|ENOTDIR|EISDIR|EROFS|ENAMETOOLONG|EINVAL|EIO)$/.test(code)) {
      return { ok: false, reason: 'cannotWrite' }
    }
    throw error
  } finally {
    await handle?.close()
    await rm(draft, { force: true })
  }
}

async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}
