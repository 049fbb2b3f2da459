import { writeFileSync } from 'node:fs'
import Database from 'better-sqlite3'
import { errorCode, removeTempFile, fsyncFile } from './durable-file'
import {
  countRows,
  damageOf,
  examineDatabase,
  type Counts,
  type Examination,
} from './integrity-check'

export type CopyOutcome =
  | Extract<Examination, { ok: true }>
  | {
      ok: false
      reason:
        | Extract<Examination, { ok: false }>['reason']
        /** The disk is full, or does not take what is written. */
        | 'notWritten'
        /** The copy does not hold what the database holds. */
        | 'incomplete'
    }

/**
 * Writes a consistent copy of a database while others read and write it, and checks the copy: every
 * page, every reference, as many organisations, revisions and people. It holds nothing that was
 * deleted, and is one plain file that can be opened where nothing can be written.
 *
 * @param from absolute path of the database
 * @param draft where to: nothing may be there; it is on the disk when this returns, or gone
 * @throws where the database cannot be read, or the folder of the draft cannot be written
 */
export function copyDatabase(from: string, draft: string): CopyOutcome {
  const outcome = copyAndCheck(from, draft)
  if (!outcome.ok) removeTempFile(draft)
  return outcome
}

function copyAndCheck(from: string, draft: string): CopyOutcome {
  const source = new Database(from, { readonly: true, fileMustExist: true, timeout: 10_000 })
  try {
    const stateBefore = source.pragma('data_version', { simple: true })
    const before = countRows(source)
    // Only its owner may read it, from the first byte.
    writeFileSync(draft, '', { flag: 'wx', mode: 0o600 })
    source.prepare('VACUUM INTO ?').run(draft)
    const isSame = source.pragma('data_version', { simple: true }) === stateBefore
    fsyncFile(draft)
    const copy = examineDatabase(draft)
    if (!copy.ok) return copy
    return isComplete(before, copy.counts, isSame) ? copy : { ok: false, reason: 'incomplete' }
  } catch (error) {
    removeTempFile(draft)
    const damage = damageOf(error)
    if (damage !== null) return { ok: false, reason: damage }
    if (isWriteFault(error)) return { ok: false, reason: 'notWritten' }
    throw error
  } finally {
    source.close()
  }
}

/** Whether a failure says that a disk is full or takes nothing. */
export function isWriteFault(error: unknown): boolean {
  const code = errorCode(error) ?? ''
  return /^SQLITE_(FULL|IOERR)/.test(code) || ['ENOSPC', 'EDQUOT', 'EFBIG', 'EIO'].includes(code)
}

/** @param isSame nobody wrote meanwhile; else there can only be more revisions than before */
function isComplete(before: Counts, copy: Counts, isSame: boolean): boolean {
  if (!isSame) return copy.revisions >= before.revisions
  return (
    copy.organisations === before.organisations &&
    copy.revisions === before.revisions &&
    copy.people === before.people
  )
}
