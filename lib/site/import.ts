import type { FileHandle } from 'node:fs/promises'
import { canAdmin, type Actor } from '@/lib/permissions/permissions'
import { writer, type Transaction } from '@/lib/database/client'
import { databaseErrorOf } from '@/lib/database/busy-or-full'
import { Checker } from './checker'
import { Comparison, type Fitting, type Present, type PresentReason } from './compare'
import type { Counts, Fault, RecordKind, RecordOf } from './format'
import { makeRoom } from './make-room'
import { readSite, type ReadLine } from './read'
import { OrganisationWriter, writeAuditEntries, writePeople } from './write'

/**
 * So many organisations are written in one transaction: some hundred milliseconds in which nobody
 * else can write. An organisation is never there by half.
 */
const ORGANISATIONS = 25
const SMALL = 500
/** A history may be long. */
const LONGEST = 10 * 60 * 1000

export type Imported =
  | {
      ok: true
      counts: Counts
      created: number
      unchanged: number
      /** Gave way: so many invented organisations, and the first page. */
      fictional: number
      seed: boolean
    }
  | { ok: false; reason: 'denied' }
  /** The file is not what it should be; nothing was written. */
  | { ok: false; reason: 'file'; fault: Fault; line: number | null; created: number }
  | { ok: false; reason: PresentReason; detail: string }
  /**
   * So many organisations were written, each of them whole; called again, it goes on. Somebody else
   * wrote meanwhile; or the disk is full.
   */
  | { ok: false; reason: 'changedMeanwhile' | 'diskFull'; created: number }

type Refused = Extract<Imported, { ok: false }>

type Options = {
  /** Check, compare, and write nothing. */
  dryRun: boolean
  /** What the database holds. */
  present: Present
  /** Told of the organisations checked, then of those written and of all in the file. */
  onProgress?: (done: number, total: number | null) => void
}

/**
 * Takes the whole of a site in from a file that `exportSite` has written: everything with its own ids,
 * numbers, times and hashes, statuses as they were. The whole file is checked before anything is
 * written. Stopped at any moment and called again, it goes on where it stopped; what is there already
 * and equal stays. Those who read meanwhile are not kept waiting.
 */
export async function importSite(
  actor: Actor,
  file: FileHandle,
  { dryRun, present, onProgress = () => undefined }: Options,
): Promise<Imported> {
  if (!canAdmin(actor, 'transferSite')) return { ok: false, reason: 'denied' }
  const checked = await check(file, present, (done) => onProgress(done, null))
  if (!checked.ok) return checked
  const { counts, fitting } = checked
  const unchanged = fitting.known.size
  const created = counts.organisations - unchanged
  const outcome: Imported = {
    ok: true,
    ...{ counts, created, unchanged },
    ...{ fictional: fitting.fictional, seed: fitting.seed !== null },
  }
  if (dryRun) return outcome
  const progress = { created: 0 }
  const onWritten = (done: number) => onProgress(done, counts.organisations)
  try {
    if (!(await makeRoom(fitting))) return { ok: false, reason: 'changedMeanwhile', created: 0 }
    return (await writeAll(file, fitting, progress, onWritten)) ?? outcome
  } catch (error) {
    if (databaseErrorOf(error) === 'full')
      return { ok: false, reason: 'diskFull', created: progress.created }
    throw error
  }
}

async function check(
  file: FileHandle,
  present: Present,
  onChecked: (done: number) => void,
): Promise<{ ok: true; counts: Counts; fitting: Extract<Fitting, { ok: true }> } | Refused> {
  const comparison = new Comparison(present)
  const checker = new Checker((seen) => {
    comparison.takeOrganisation(seen)
    const done = checker.counts.organisations
    if (done % 1000 === 0) onChecked(done)
  })
  for await (const read of readSite(file)) {
    if (!read.ok) return { ok: false, reason: 'file', ...faultOf(read), created: 0 }
    const { record, line } = read
    const fault = checker.take(record)
    if (fault) return { ok: false, reason: 'file', fault, line, created: 0 }
    if (record.record === 'person') comparison.takePerson(record)
    if (record.record === 'auditEntry') comparison.takeAuditEntry(record)
  }
  const fitting = await comparison.result()
  return fitting.ok ? { ok: true, counts: checker.counts, fitting } : fitting
}

function faultOf({ fault, line }: Extract<ReadLine, { ok: false }>) {
  return { fault, line }
}

/** The records of a file, with a look at the next one. */
class Records {
  readonly #lines: AsyncGenerator<ReadLine, void>
  #next: ReadLine | null = null

  constructor(file: FileHandle) {
    this.#lines = readSite(file)
  }

  /** The next line, which stays the next. */
  async peek(): Promise<ReadLine> {
    this.#next ??= (await this.#lines.next()).value ?? null
    return this.#next ?? { ok: false, line: null, fault: { reason: 'cutOff' } }
  }

  /** The next record if it is of that kind; null leaves it where it is. */
  async take<Kind extends RecordKind>(...kinds: Kind[]): Promise<RecordOf<Kind> | null> {
    const next = await this.peek()
    if (!next.ok || !kinds.some((kind) => kind === next.record.record)) return null
    this.#next = null
    return next.record as RecordOf<Kind>
  }
}

const PARTS = ['revision', 'importedPage', 'proposal'] as const

async function writeAll(
  file: FileHandle,
  fitting: Extract<Fitting, { ok: true }>,
  progress: { created: number },
  onWritten: (done: number) => void,
): Promise<Refused | null> {
  const records = new Records(file)
  await records.take('site')
  await copyAudit(records, fitting.knownAudit)
  let expected = await writer().organisation.count()
  let unchanged = 0
  for (;;) {
    const next = await records.peek()
    if (!next.ok || next.record.record !== 'organisation') break
    if (fitting.known.has(next.record.id)) {
      await records.take('organisation')
      while (await records.take(...PARTS));
      unchanged += 1
      continue
    }
    const written = await writer().$transaction(
      (tx) => writeSome(tx, records, fitting.known, expected),
      { timeout: LONGEST },
    )
    if (written === 'changedMeanwhile') {
      return { ok: false, reason: 'changedMeanwhile', created: progress.created }
    }
    progress.created += written
    expected += written
    onWritten(progress.created + unchanged)
  }
  await copyPeople(records, fitting.knownPeople)
  if (await records.take('end')) return null
  // It was whole when it was checked.
  const last = await records.peek()
  const fault: Fault = last.ok ? { reason: 'outOfOrder' } : last.fault
  return { ok: false, reason: 'file', fault, line: last.line, created: progress.created }
}

async function writeSome(
  tx: Transaction,
  records: Records,
  known: ReadonlySet<string>,
  expected: number,
): Promise<number | 'changedMeanwhile'> {
  if ((await tx.organisation.count()) !== expected) return 'changedMeanwhile'
  const organisations = new OrganisationWriter(tx)
  let count = 0
  while (count < ORGANISATIONS) {
    const next = await records.peek()
    if (!next.ok || next.record.record !== 'organisation' || known.has(next.record.id)) break
    await records.take('organisation')
    await organisations.takeOrganisation(next.record)
    for (let part = await records.take(...PARTS); part; part = await records.take(...PARTS)) {
      await organisations.takePart(part)
    }
    count += 1
  }
  await organisations.end()
  return count
}

async function copyAudit(records: Records, known: number): Promise<void> {
  for (;;) {
    const some: RecordOf<'auditEntry'>[] = []
    while (some.length < SMALL) {
      const entry = await records.take('auditEntry')
      if (!entry) break
      if (entry.number > known) some.push(entry)
    }
    if (some.length === 0) return
    await writer().$transaction((tx) => writeAuditEntries(tx, some))
  }
}

async function copyPeople(records: Records, known: ReadonlySet<string>): Promise<void> {
  for (;;) {
    const some: RecordOf<'person'>[] = []
    while (some.length < SMALL) {
      const person = await records.take('person')
      if (!person) break
      if (!known.has(person.id)) some.push(person)
    }
    if (some.length === 0) return
    await writer().$transaction((tx) => writePeople(tx, some))
  }
}
