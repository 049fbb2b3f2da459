import { open, stat } from 'node:fs/promises'
import { MAX_FILE_BYTES, decodePage } from './decode'
import type { DecodedPage } from './decode'

/**
 * Reads a file as text. A file that is too large is not read at all.
 *
 * @param path absolute
 * @returns its text, or why there is none; `notFound` for what is no readable file, a folder too
 */
export async function readPage(
  path: string,
): Promise<DecodedPage | { ok: false; reason: 'notFound'; detail: string }> {
  let file
  try {
    // Opening a pipe waits for somebody to write into it.
    if (!(await stat(path)).isFile()) return { ok: false, reason: 'notFound', detail: '' }
    file = await open(path)
  } catch {
    return { ok: false, reason: 'notFound', detail: '' }
  }
  try {
    const { size } = await file.stat()
    if (size > MAX_FILE_BYTES) return { ok: false, reason: 'tooLarge', detail: '' }
    return decodePage(await file.readFile())
  } finally {
    await file.close()
  }
}
