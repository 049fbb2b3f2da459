import { createHash } from 'node:crypto'
import { open, type FileHandle } from 'node:fs/promises'
import {
  faultOfStructure,
  LINE_LIMIT,
  readJson,
  readRecord,
  type Fault,
  type SiteRecord,
} from './format'

const PIECE = 1024 * 1024
/** The last line is some hundred bytes long. */
const TAIL = 4096

const NEWLINE = 0x0a

export type ReadLine =
  | { ok: true; line: number; record: SiteRecord }
  /** Reading ends there. */
  | { ok: false; line: number | null; fault: Fault }

/**
 * Opens the file of a site for reading it as often as needed.
 *
 * @param path absolute
 * @returns null where it is no regular file or cannot be read
 */
export async function openSiteFile(path: string): Promise<FileHandle | null> {
  let handle: FileHandle | null = null
  try {
    handle = await open(path, 'r')
    if ((await handle.stat()).isFile()) return handle
  } catch {
    // Not there, or not for this user.
  }
  await handle?.close()
  return null
}

/**
 * Reads the records of a file from its beginning, one line in memory at a time. Each is read strictly
 * by itself; whether they fit together is for the checker. Whether the file is whole is looked at
 * right after the first line, however long it is. The last thing given is the `end`, or a fault.
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
    const read = readLine(bytes, line === 1)
    if (!read.ok) {
      yield { ...read, line }
      return
    }
    const { record } = read
    if (record.record === 'end' && record.sha256 !== sum.digest('hex')) {
      yield { ok: false, line, fault: { reason: 'wrongSum' } }
      return
    }
    yield { ok: true, line, record }
    if (record.record === 'end') {
      // Whatever follows is no part of what was written.
      if ((await handle.stat()).size > bytes.end) {
        yield { ok: false, line: line + 1, fault: { reason: 'outOfOrder' } }
      }
      return
    }
    sum.update(bytes.whole)
    if (line === 1 && !(await endsWell(handle))) {
      yield { ok: false, line: null, fault: { reason: 'cutOff' } }
      return
    }
  }
  yield { ok: false, line: line === 0 ? null : line, fault: { reason: 'cutOff' } }
}

type LineBytes = {
  /** With its end, where it has one. */
  whole: Buffer
  /** Where the next one begins in the file. */
  end: number
}

async function* linesOf(handle: FileHandle): AsyncGenerator<LineBytes | 'tooLong', void> {
  const piece = Buffer.allocUnsafe(PIECE)
  let begun: Buffer[] = []
  let length = 0
  for (let position = 0; ;) {
    const { bytesRead } = await handle.read(piece, 0, PIECE, position)
    if (bytesRead === 0) break
    let from = 0
    for (;;) {
      const found = piece.subarray(0, bytesRead).indexOf(NEWLINE, from)
      const to = found === -1 ? bytesRead : found + 1
      length += to - from
      if (length > LINE_LIMIT) {
        yield 'tooLong'
        return
      }
      // A copy: the piece is read into again.
      begun.push(Buffer.from(piece.subarray(from, to)))
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

function readLine(
  { whole }: LineBytes,
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
  const structure = faultOfStructure(text)
  if (structure) return refused(structure)
  const value = readJson(text)
  return value === undefined ? refused({ reason: 'notJson' }) : readRecord(value)
}

function decode(bytes: Buffer): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    return null
  }
}

/** Whether the last line of the file is its `end`. */
async function endsWell(handle: FileHandle): Promise<boolean> {
  const { size } = await handle.stat()
  const length = Math.min(size, TAIL)
  const { buffer } = await handle.read(Buffer.alloc(length), 0, length, size - length)
  if (buffer.at(-1) !== NEWLINE) return false
  const last = buffer.subarray(buffer.lastIndexOf(NEWLINE, length - 2) + 1)
  const value = readJson(last.toString('utf8'))
  return typeof value === 'object' && value !== null && 'record' in value && value.record === 'end'
}
