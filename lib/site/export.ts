import { createHash } from 'node:crypto'
import { canAdmin, type Actor } from '@/lib/permissions/permissions'
import { reader } from '@/lib/database/client'
import { Checker } from './checker'
import { LINE_LIMIT, lineOf, readRecord, type Counts, type Fault } from './format'
import { recordsOf, type Unchecked } from './records'

/** So much is handed over at once, in characters. */
const PIECE = 1024 * 1024
/** A reader that lags behind holds the write-ahead log for no longer than this. */
const LONGEST = 60 * 60 * 1000

export type Exported =
  | { ok: true; counts: Counts }
  | { ok: false; reason: 'denied' }
  /** The database holds what could not be read back: which record, and what is wrong with it. */
  | { ok: false; reason: 'damaged'; fault: Fault; record: string }

/**
 * Writes the whole site as lines of JSON, as it stands at one moment; the site may go on serving and
 * writing meanwhile. Nothing is changed, not even the audit log: two exports of the same database are
 * the same bytes.
 *
 * @param write takes the next piece of the file; awaited, so that nothing piles up
 * @param onProgress told of the organisations done and of all there are, now and then
 */
export async function exportSite(
  actor: Actor,
  write: (piece: string) => Promise<void>,
  onProgress: (done: number, total: number) => void = () => undefined,
): Promise<Exported> {
  if (!canAdmin(actor, 'transferSite')) return { ok: false, reason: 'denied' }
  return reader().$transaction(
    async (tx): Promise<Exported> => {
      const total = await tx.organisation.count()
      const checker = new Checker(() => {
        const done = checker.counts.organisations
        if (done % 500 === 0 || done === total) onProgress(done, total)
      })
      const sum = createHash('sha256')
      let piece = ''
      const add = async (line: string) => {
        piece += line
        if (piece.length < PIECE) return
        sum.update(piece)
        await write(piece)
        piece = ''
      }
      for await (const unchecked of recordsOf(tx)) {
        const line = checkedLine(checker, unchecked)
        if (typeof line !== 'string') return line
        await add(line)
      }
      sum.update(piece)
      const end = { record: 'end', counts: checker.counts, sha256: sum.digest('hex') } as const
      const fault = checker.take(end)
      if (fault) return { ok: false, reason: 'damaged', fault, record: 'end' }
      await write(piece + lineOf(end))
      return { ok: true, counts: checker.counts }
    },
    { timeout: LONGEST },
  )
}

function checkedLine(
  checker: Checker,
  unchecked: Unchecked,
): string | Extract<Exported, { reason: 'damaged' }> {
  const { record, id, organisation, number } = unchecked
  const damaged = (fault: Fault) => {
    const isName = (part: unknown) => typeof part === 'string' || typeof part === 'number'
    const name = [record, organisation, id ?? number].filter(isName).join(' ')
    return { ok: false, reason: 'damaged', fault, record: name } as const
  }
  // As JSON: dates become what the file says of them.
  const read = readRecord(JSON.parse(JSON.stringify(unchecked)))
  if (!read.ok) return damaged(read.fault)
  const fault = checker.take(read.record)
  if (fault) return damaged(fault)
  const line = lineOf(read.record)
  return Buffer.byteLength(line) > LINE_LIMIT ? damaged({ reason: 'lineTooLong' }) : line
}
