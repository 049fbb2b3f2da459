import type { FileHandle } from 'node:fs/promises'
import { canAdmin, type Actor } from '@/lib/permissions/permissions'
import { reader, writer, type Transaction } from '@/lib/database/client'
import { databaseErrorOf } from '@/lib/database/busy-or-full'
import { holdAllProfiles } from '@/lib/organisations/hold'
import { SEED_PAGE } from '@/lib/import/seed'
import type { Counts, Fault } from './format'
import { Inserter } from './insert'
import { readSite } from './read-lines'
import { Validator } from './validate'
import { withoutTriggers } from './without-triggers'

/** Milliseconds; the database ends a transaction that takes longer. */
const TRANSACTION_TIMEOUT = 24 * 60 * 60 * 1000

/** How many rows of each kind a database holds. */
type ExistingData = { organisations: number; people: number; auditEntries: number }

const EMPTY: ExistingData = { organisations: 0, people: 0, auditEntries: 0 }

export type Imported =
  /**
   * `replacesSeed`: the unchanged seed page was, or in a dry run would be, replaced. `held`: profiles that
   * only an administrator may list, because nobody can tell what came after the export.
   */
  | { ok: true; counts: Counts; replacesSeed: boolean; held: number }
  | { ok: false; reason: 'denied' }
  /** The database holds more than what a first start puts there. */
  | ({ ok: false; reason: 'notEmpty' } & ExistingData)
  /** The file is invalid; `line` is null if no single line is to blame. */
  | { ok: false; reason: 'file'; fault: Fault; line: number | null }
  | { ok: false; reason: 'diskFull' }

type Options = {
  /** Validate everything, write nothing. */
  dryRun: boolean
  /** The operator states that nothing came after the export, so that nothing is held. */
  isLatest: boolean
  /** False if the database does not exist yet; only for a dry run. */
  hasDatabase?: boolean
  /** Called when another whole percent of the file's bytes has been read. */
  onProgress?: (percent: number, organisations: number) => void
}

/** Thrown inside the transaction to undo it. */
class Rollback extends Error {
  constructor(readonly outcome: Extract<Imported, { ok: false }>) {
    super(outcome.reason)
  }
}

/**
 * Imports a file that `exportSite` has written into an empty database: every record keeps its id,
 * number, times and hashes. Everything happens in one transaction: an invalid file, a full disk or a
 * killed process leaves the database as it was. Unless `isLatest`, what the file lists is hidden and
 * held. Other connections can read meanwhile, but not write.
 *
 * @param file from `openSiteFile`; read once
 */
export async function importSite(
  actor: Actor,
  file: FileHandle,
  { dryRun, isLatest, hasDatabase = true, onProgress = () => undefined }: Options,
): Promise<Imported> {
  if (!canAdmin(actor, 'transferSite')) return { ok: false, reason: 'denied' }
  if (dryRun) return validateAndInsert(file, hasDatabase ? reader() : null, null, onProgress)
  try {
    return await writer().$transaction(
      async (tx) => {
        const outcome = await validateAndInsert(file, tx, tx, onProgress)
        if (!outcome.ok) throw new Rollback(outcome)
        return isLatest ? outcome : { ...outcome, held: await holdAllProfiles(tx, actor) }
      },
      { timeout: TRANSACTION_TIMEOUT },
    )
  } catch (error) {
    if (error instanceof Rollback) return error.outcome
    if (databaseErrorOf(error) === 'full') return { ok: false, reason: 'diskFull' }
    throw error
  }
}

/**
 * @param existing the database to look at; null if there is none
 * @param target the transaction to write in; null to write nothing
 */
async function validateAndInsert(
  file: FileHandle,
  existing: Transaction | null,
  target: Transaction | null,
  onProgress: (percent: number, organisations: number) => void,
): Promise<Imported> {
  const found = existing === null ? EMPTY : await countExisting(existing)
  const seed = existing === null ? null : await findUnchangedSeed(existing, found)
  const isEmpty = Object.values(found).every((count) => count === 0)
  if (!isEmpty && seed === null) return { ok: false, reason: 'notEmpty', ...found }
  if (target !== null && seed !== null) await deleteSeed(target, seed)

  const inserter = target === null ? null : new Inserter(target)
  const validator = new Validator()
  const { size } = await file.stat()
  let percent = 0
  for await (const read of readSite(file)) {
    if (!read.ok) return { ok: false, reason: 'file', fault: read.fault, line: read.line }
    const { record, line, end } = read
    const fault = validator.take(record)
    if (fault !== null) return { ok: false, reason: 'file', fault, line }
    await inserter?.add(record)
    const reached = Math.floor((100 * end) / size)
    if (reached > percent) onProgress(reached, validator.counts.organisations)
    percent = reached
  }
  await inserter?.end()
  return { ok: true, counts: validator.counts, replacesSeed: seed !== null, held: 0 }
}

async function countExisting(tx: Transaction): Promise<ExistingData> {
  return {
    organisations: await tx.organisation.count(),
    people: await tx.user.count(),
    auditEntries: await tx.auditEntry.count(),
  }
}

/** The id of the seed page if it is all there is, as the first start has imported it; else null. */
async function findUnchangedSeed(tx: Transaction, found: ExistingData): Promise<string | null> {
  if (found.organisations !== 1 || found.people !== 0) return null
  const importer = 'system:import'
  const seed = await tx.organisation.findFirst({
    where: {
      ...SEED_PAGE,
      version: 1,
      fictional: false,
      proposals: { none: {} },
      revisions: { every: { number: 1, actor: importer } },
    },
    select: { id: true },
  })
  if (seed === null) return null
  const entries = await tx.auditEntry.count({ where: { actor: importer, subject: seed.id } })
  return entries === found.auditEntries ? seed.id : null
}

/** Its revision and its audit entry go too: the history of the file could not continue from them. */
async function deleteSeed(tx: Transaction, id: string): Promise<void> {
  const triggers = ['Revision_refuses_delete', 'AuditEntry_refuses_delete']
  await withoutTriggers(tx, triggers, async () => {
    await tx.revision.deleteMany({ where: { organisationId: id } })
    await tx.organisation.deleteMany({ where: { id } })
    await tx.auditEntry.deleteMany({ where: { subject: id } })
    // The audit log is numbered from 1 again; its sequence would go on from the deleted entry.
    await tx.$executeRaw`UPDATE "sqlite_sequence" SET "seq" = 0 WHERE "name" = 'AuditEntry'`
  })
}
