import { createHash } from 'node:crypto'
import { canAdmin, type Actor } from '@/lib/permissions/permissions'
import { reader } from '@/lib/database/client'
import { errorCode, writeFileWhole } from '@/lib/database/durable-file'
import { databaseErrorOf } from '@/lib/database/busy-or-full'
import { LINE_LIMIT, parseRecord, serializeRecord, type Counts, type Fault } from './format'
import { readRecords, type RawRecord } from './records'
import { Validator } from './validate'

/** UTF-16 units that are handed to `write` at once. */
const CHUNK = 1024 * 1024
/** Milliseconds. The database cannot shorten its write-ahead log while it is being read. */
const TRANSACTION_TIMEOUT = 60 * 60 * 1000

type Damaged = { ok: false; reason: 'damaged'; fault: Fault; record: string }

export type Exported =
  | { ok: true; counts: Counts }
  | { ok: false; reason: 'denied' }
  /** The database holds something that could not be imported; `record` names it by kind and ids. */
  | Damaged

export type ExportedToFile =
  | Exported
  /** `exists`: the name is taken. `cannotWrite`: the folder is missing or refuses. */
  | { ok: false; reason: 'exists' | 'diskFull' | 'cannotWrite' }

type OnProgress = (done: number, total: number) => void

/**
 * Writes the whole site as JSON Lines, as it is at one moment; others can read and write meanwhile.
 * Nothing is changed, not even the audit log: two exports of the same database are the same bytes.
 *
 * @param write takes the next piece of the file; awaited, so that nothing piles up in memory
 * @param onProgress called at every 500th organisation and the last
 */
export async function exportSite(
  actor: Actor,
  write: (piece: string) => Promise<void>,
  onProgress: OnProgress = () => undefined,
): Promise<Exported> {
  if (!canAdmin(actor, 'transferSite')) return { ok: false, reason: 'denied' }
  return reader().$transaction(
    async (tx): Promise<Exported> => {
      const total = await tx.organisation.count()
      const validator = new Validator()
      const sum = createHash('sha256')
      let chunk = ''
      for await (const raw of readRecords(tx)) {
        const line = toValidLine(validator, raw)
        if (typeof line !== 'string') return line
        const done = validator.counts.organisations
        if (raw.record === 'organisation' && (done % 500 === 0 || done === total)) {
          onProgress(done, total)
        }
        chunk += line
        if (chunk.length < CHUNK) continue
        sum.update(chunk)
        await write(chunk)
        chunk = ''
      }
      sum.update(chunk)
      const end = { record: 'end', counts: validator.counts, sha256: sum.digest('hex') } as const
      const fault = validator.take(end)
      if (fault !== null) return { ok: false, reason: 'damaged', fault, record: 'end' }
      await write(chunk + serializeRecord(end))
      return { ok: true, counts: validator.counts }
    },
    { timeout: TRANSACTION_TIMEOUT },
  )
}

/**
 * Exports the site to a file that only its owner can read. It gets its name once it is whole.
 *
 * @param file absolute path
 * @param overwrite replace a file that is there
 */
export async function exportToFile(
  actor: Actor,
  file: string,
  overwrite: boolean,
  onProgress?: OnProgress,
): Promise<ExportedToFile> {
  try {
    return await writeFileWhole(file, overwrite, (write) => exportSite(actor, write, onProgress))
  } catch (error) {
    const reason = writeErrorOf(error)
    if (reason === null) throw error
    return { ok: false, reason }
  }
}

const FOLDER_ERRORS = /^(?:ENOENT|EACCES|EPERM|ENOTDIR|EISDIR|EROFS|ENAMETOOLONG|EINVAL|EIO)$/

function writeErrorOf(error: unknown): 'diskFull' | 'cannotWrite' | null {
  const code = errorCode(error) ?? ''
  if (databaseErrorOf(error) === 'full' || code === 'EFBIG') return 'diskFull'
  return FOLDER_ERRORS.test(code) ? 'cannotWrite' : null
}

function toValidLine(validator: Validator, raw: RawRecord): string | Damaged {
  const { record, id, organisation, number } = raw
  const damaged = (fault: Fault): Damaged => {
    const isName = (part: unknown) => typeof part === 'string' || typeof part === 'number'
    const name = [record, organisation, id ?? number].filter(isName).join(' ')
    return { ok: false, reason: 'damaged', fault, record: name }
  }
  // Through JSON, which turns dates into the text that stands in the file.
  const parsed = parseRecord(JSON.parse(JSON.stringify(raw)))
  if (!parsed.ok) return damaged(parsed.fault)
  const fault = validator.take(parsed.record)
  if (fault !== null) return damaged(fault)
  const line = serializeRecord(parsed.record)
  return Buffer.byteLength(line) > LINE_LIMIT ? damaged({ reason: 'lineTooLong' }) : line
}
