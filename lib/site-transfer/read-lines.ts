import { createHash } from 'node:crypto'
import { open, type FileHandle } from 'node:fs/promises'
import {
  checkStructure,
  LINE_LIMIT,
  parseJson,
  parseRecord,
  type Fault,
  type SiteRecord,
} from './format'

/** Bytes read from the file at once. */
const CHUNK = 1024 * 1024
/** Bytes at the end of the file that are sure to hold the last line, which has about 300. */
const TAIL = 4096

const NEWLINE = 0x0a

export type ReadLine =
  /** `end`: offset in bytes of the next line. */
  | { ok: true; line: number; record: SiteRecord; end: number }
  /** Nothing is read after this. `line` is null if the file as a whole is at fault. */
  | { ok: false; line: number | null; fault: Fault }

/**
 * Opens the file of a site; the caller closes it.
 *
 * @param path absolute
 * @returns null if it is not a regular file or cannot be read
 */
export async function openSiteFile(path: string): Promise<FileHandle | null> {
  let handle: FileHandle | null = null
  try {
    handle = await open(path, 'r')
    if ((await handle.stat()).isFile()) return handle
  } catch {
    // It does not exist, or this user may not read it.
  }
  await handle?.close()
  return null
}

/**
 * Parses a file from its beginning, with one line in memory at a time. Every record is valid by itself;
 * whether records fit together is up to the `Validator`. Right after the first line the end of the file
 * is looked at, so that a file that was cut off is refused at once. The last thing yielded is the `end`
 * record or a fault.
 */
export async function* readSite(handle: FileHandle): AsyncGenerator<ReadLine, void> {
  const sum = createHash('sha256')
  let line = 0
  for await (const bytes of linesOf(handle)) {
    line += 1
    if (bytes === 'tooLong') {
      yield { ok: false, line, fault: { reason: 'lineTooLong' } }
      return
    }
    const read = parseLine(bytes.whole, line === 1)
    if (!read.ok) {
      yield { ...read, line }
      return
    }
    const { record } = read
    if (record.record === 'end' && record.sha256 !== sum.digest('hex')) {
      yield { ok: false, line, fault: { reason: 'wrongSum' } }
      return
    }
    yield { ok: true, line, record, end: bytes.end }
    if (record.record === 'end') {
      if ((await handle.stat()).size > bytes.end) {
        yield { ok: false, line: line + 1, fault: { reason: 'outOfOrder' } }
      }
      return
    }
    sum.update(bytes.whole)
    if (line === 1 && !(await hasEndRecord(handle))) {
      yield { ok: false, line: null, fault: { reason: 'cutOff' } }
      return
    }
  }
  yield { ok: false, line: line === 0 ? null : line, fault: { reason: 'cutOff' } }
}

type LineBytes = {
  /** With its LF, which only the last line of a broken file lacks. */
  whole: Buffer
  /** Offset of the next line. */
  end: number
}

async function* linesOf(handle: FileHandle): AsyncGenerator<LineBytes | 'tooLong', void> {
  const chunk = Buffer.allocUnsafe(CHUNK)
  let begun: Buffer[] = []
  let length = 0
  for (let position = 0; ;) {
    const { bytesRead } = await handle.read(chunk, 0, CHUNK, position)
    if (bytesRead === 0) break
    let from = 0
    for (;;) {
      const found = chunk.subarray(0, bytesRead).indexOf(NEWLINE, from)
      const to = found === -1 ? bytesRead : found + 1
      length += to - from
      if (length > LINE_LIMIT) {
        yield 'tooLong'
        return
      }
      // Copied, because the next read overwrites the chunk.
      begun.push(Buffer.from(chunk.subarray(from, to)))
      from = to
      if (found === -1) break
      yield { whole: Buffer.concat(begun, length), end: position + to }
      begun = []
      length = 0
    }
    position += bytesRead
  }
  if (length > 0) yield { whole: Buffer.concat(begun, length), end: Number.POSITIVE_INFINITY }
}

function parseLine(
  whole: Buffer,
  isFirst: boolean,
): { ok: true; record: SiteRecord } | { ok: false; fault: Fault } {
  const refused = (fault: Fault) => ({ ok: false, fault }) as const
  if (isFirst) {
    if (whole[0] === 0xef && whole[1] === 0xbb) return refused({ reason: 'byteOrderMark' })
    const isWide =
      (whole[0] === 0xff && whole[1] === 0xfe) ||
      (whole[0] === 0xfe && whole[1] === 0xff) ||
      (whole[0] === 0x7b && whole[1] === 0) ||
      (whole[0] === 0 && whole[1] === 0x7b)
    if (isWide) return refused({ reason: 'notUtf8' })
  }
  if (whole.at(-1) !== NEWLINE) return refused({ reason: 'cutOff' })
  const bytes = whole.subarray(0, -1)
  if (bytes.length === 0) return refused({ reason: 'emptyLine' })
  if (bytes.includes(0)) return refused({ reason: 'nul' })
  if (bytes.includes(0x0d)) return refused({ reason: 'carriageReturn' })
  const text = decode(bytes)
  if (text === null) return refused({ reason: 'notUtf8' })
  const structure = checkStructure(text)
  if (structure) return refused(structure)
  const value = parseJson(text)
  return value === undefined ? refused({ reason: 'notJson' }) : parseRecord(value)
}

function decode(bytes: Buffer): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    return null
  }
}

/** Whether the last line of the file is an `end` record. */
async function hasEndRecord(handle: FileHandle): Promise<boolean> {
  const { size } = await handle.stat()
  const length = Math.min(size, TAIL)
  const { buffer } = await handle.read(Buffer.alloc(length), 0, length, size - length)
  if (buffer.at(-1) !== NEWLINE) return false
  const last = buffer.subarray(buffer.lastIndexOf(NEWLINE, length - 2) + 1)
  const value = parseJson(last.toString('utf8'))
  return typeof value === 'object' && value !== null && 'record' in value && value.record === 'end'
}
