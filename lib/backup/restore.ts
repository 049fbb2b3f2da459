import { copyFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { isWriteFault } from '@/lib/database/online-copy'
import {
  tempPathFor,
  replaceFile,
  removeTempFile,
  removeStaleTempFiles,
  fsyncFile,
} from '@/lib/database/durable-file'
import { beginsLikeDatabase, examineDatabase, type Counts } from '@/lib/database/integrity-check'
import {
  replaceDatabase,
  lockDatabase,
  prepareRestored,
  enableWal,
} from '@/lib/database/replace-database'
import { migrate, type MigrationResult } from '@/lib/database/migrate'
import { beginsLikeArchive, readArchive } from './archive'
import { verifyChains, type ChainsState } from './hash-chains'
import { keepStricter, type KeptBack } from './keep-stricter'
import { sha256Of } from './make'

type Refusal =
  | 'notFound'
  /** Neither a database nor an archive, or the database of something else. */
  | 'notABackup'
  | 'damaged'
  | 'brokenReferences'
  | 'wrongPassphrase'
  | 'noPassphrase'
  /** Its migrations are not those of this program. */
  | 'newer'
  | 'changed'
  /** Its migration failed. */
  | 'notMigrated'
  /** The backup was changed outside this program; `force` restores it anyway. */
  | 'chainsBroken'
  /** A database exists, and `force` was not given. */
  | 'exists'
  /** Another process has the database open. */
  | 'inUse'
  | 'notWritten'

/** What happened to the secrets. */
export type SecretsOutcome =
  /** The backup has none. */
  | 'none'
  /** Others were there and were not replaced. */
  | 'kept'
  | 'same'
  | 'restored'

export type RestoreOutcome =
  | {
      ok: true
      counts: Counts
      /** Absolute path to which the old database was moved; null if there was none. */
      keptDatabase: string | null
      secrets: SecretsOutcome
      /** Absolute path of the copy of the old secrets; null if they were not replaced. */
      keptSecrets: string | null
      chains: ChainsState
      /** What stayed as strict as it was, or is held. */
      keptBack: KeptBack
    }
  | { ok: false; reason: Refusal }

/** What is being done, to report progress. */
export type RestoreStep = 'reading' | 'checking' | 'replacing'

type RestoreOptions = {
  /** Absolute path of the backup; the other paths are absolute too. */
  file: string
  database: string
  migrationsFolder: string
  secretsFile: string
  /** Becomes part of the name of what is replaced. */
  at: Date
  /** Replace an existing database, which is kept under another name. */
  force: boolean
  /** Replace existing secrets, which are kept under another name. */
  withSecrets: boolean
  /**
   * The operator states that nothing came after this backup, so that nothing is held. What a replaced
   * database knows still counts.
   */
  isLatest: boolean
  /** Called if the backup is encrypted; null refuses. */
  passphrase: () => Promise<string | null>
}

type Read = { ok: true; secrets: string | null } | { ok: false; reason: Refusal }

/**
 * Restores a backup, plain or encrypted: reads it into a draft beside the database, checks it, migrates
 * it, makes it at least as strict as what it replaces (see `keepStricter`), and only then replaces the
 * database. If the process is killed, the database is the old one or the new one.
 *
 * @param onStep called at the beginning of each step
 * @throws on errors that no `Refusal` describes
 */
export async function restoreBackup(
  options: RestoreOptions,
  onStep: (step: RestoreStep) => void = () => undefined,
): Promise<RestoreOutcome> {
  const refused = (reason: Refusal) => ({ ok: false, reason }) as const
  if (!existsSync(options.file)) return refused('notFound')
  if (existsSync(options.database) && !options.force) return refused('exists')
  if (isInUse(options.database)) return refused('inUse')
  const draft = tempPathFor(options.database)
  const secretsDraft = tempPathFor(options.secretsFile)
  try {
    for (const folder of [options.database, options.secretsFile].map((file) =>
      path.dirname(file),
    )) {
      mkdirSync(folder, { recursive: true })
      removeStaleTempFiles(folder)
    }
    onStep('reading')
    const read = await readInto(draft, options)
    if (!read.ok) return read
    onStep('checking')
    const checked = await check(draft, options)
    if (!checked.ok) return checked
    const secrets = secretsPlan(read.secrets, options)
    if (secrets === 'restored') {
      writeFileSync(secretsDraft, read.secrets ?? '', { mode: 0o600, flag: 'wx' })
      fsyncFile(secretsDraft)
    }
    onStep('replacing')
    const kept = replaceIfFree(draft, options)
    if (kept === null) return refused('inUse')
    enableWal(options.database)
    const keptSecrets = secrets === 'restored' ? replaceSecrets(secretsDraft, options) : null
    const { counts, chains, keptBack } = checked
    return { ok: true, counts, chains, keptBack, keptDatabase: kept.file, secrets, keptSecrets }
  } catch (error) {
    if (isWriteFault(error)) return refused('notWritten')
    throw error
  } finally {
    removeTempFile(draft)
    removeTempFile(secretsDraft)
  }
}

async function readInto(draft: string, { file, passphrase }: RestoreOptions): Promise<Read> {
  if (beginsLikeArchive(file)) {
    const secret = await passphrase()
    if (secret === null) return { ok: false, reason: 'noPassphrase' }
    const archive = await readArchive(file, secret, draft)
    if (!archive.ok) return archive
    const isWhole = (await sha256Of(draft)) === archive.manifest.sha256
    return isWhole ? { ok: true, secrets: archive.secrets } : { ok: false, reason: 'damaged' }
  }
  if (!beginsLikeDatabase(file)) return { ok: false, reason: 'notABackup' }
  copyFileSync(file, draft)
  // If somebody copied the database by hand, its last changes are in there.
  if (existsSync(`${file}-wal`)) copyFileSync(`${file}-wal`, `${draft}-wal`)
  return { ok: true, secrets: null }
}

async function check(
  draft: string,
  { database, migrationsFolder, force, isLatest }: RestoreOptions,
): Promise<
  | { ok: true; counts: Counts; chains: ChainsState; keptBack: KeptBack }
  | Extract<RestoreOutcome, { ok: false }>
> {
  const refused = (reason: Refusal) => ({ ok: false, reason }) as const
  const found = examineDatabase(draft)
  if (!found.ok) return refused(found.reason === 'notADatabase' ? 'notABackup' : found.reason)
  if (!found.isDirectory) return refused('notABackup')
  const migrated = migrateDraft(draft, migrationsFolder)
  if (!migrated.ok) {
    if (migrated.reason === 'older') return refused('changed')
    const isOfOther = migrated.reason === 'newer' || migrated.reason === 'changed'
    return refused(isOfOther ? migrated.reason : 'notMigrated')
  }
  const chains = await verifyChains(draft)
  if (chains === 'broken' && !force) return refused('chainsBroken')
  const replaced = existsSync(database) ? examineDatabase(database) : null
  const isReadable = replaced?.ok === true
  const keptBack = isReadable
    ? await compareWithReplaced(draft, database, migrationsFolder, isLatest)
    : await keepStricter(draft, null, isLatest)
  prepareRestored(draft, isReadable ? replaced.contentVersion : 0)
  return { ok: true, counts: found.counts, chains, keptBack }
}

/** The replaced database may be of an older program: a copy of it is migrated and read. */
async function compareWithReplaced(
  draft: string,
  database: string,
  migrationsFolder: string,
  isLatest: boolean,
): Promise<KeptBack> {
  const copy = tempPathFor(database)
  try {
    copyFileSync(database, copy)
    const isReadable = migrateDraft(copy, migrationsFolder).ok
    return await keepStricter(draft, isReadable ? copy : null, isLatest)
  } finally {
    removeTempFile(copy)
  }
}

function migrateDraft(
  draft: string,
  folder: string,
): MigrationResult | { ok: false; reason: 'failed' } {
  try {
    return migrate(draft, folder, false)
  } catch (error) {
    if (isWriteFault(error)) throw error
    return { ok: false, reason: 'failed' }
  }
}

function isInUse(database: string): boolean {
  if (!existsSync(database)) return false
  const lock = lockDatabase(database)
  if (lock.state === 'inUse') return true
  lock.release()
  if (lock.state === 'alone') enableWal(database)
  return false
}

/** @returns null if another process has the database open; else the path of the old one, if any */
function replaceIfFree(
  draft: string,
  { database, at }: RestoreOptions,
): { file: string | null } | null {
  if (!existsSync(database)) {
    replaceDatabase(draft, database, freeName(database, at))
    return { file: null }
  }
  const lock = lockDatabase(database)
  if (lock.state === 'inUse') return null
  try {
    const kept = freeName(database, at)
    replaceDatabase(draft, database, kept)
    return { file: kept }
  } finally {
    lock.release()
  }
}

function secretsPlan(
  given: string | null,
  { secretsFile, withSecrets }: RestoreOptions,
): SecretsOutcome {
  if (given === null) return 'none'
  if (!existsSync(secretsFile)) return 'restored'
  if (isSame(given, readFileSync(secretsFile, 'utf8'))) return 'same'
  return withSecrets ? 'restored' : 'kept'
}

function isSame(one: string, other: string): boolean {
  try {
    const sorted = (text: string) =>
      JSON.stringify(Object.entries(JSON.parse(text) as Record<string, unknown>).sort())
    return sorted(one) === sorted(other)
  } catch {
    return false
  }
}

function replaceSecrets(draft: string, { secretsFile, at }: RestoreOptions): string | null {
  let kept: string | null = null
  if (existsSync(secretsFile)) {
    kept = freeName(secretsFile, at)
    copyFileSync(secretsFile, kept)
    fsyncFile(kept)
  }
  replaceFile(draft, secretsFile)
  return kept
}

/** For example `directory.replaced-2026-11-25T041500Z.db`, with a number if that name is taken. */
function freeName(file: string, at: Date): string {
  const { dir, name, ext } = path.parse(file)
  const stamp = `${at.toISOString().slice(0, 19).replaceAll(':', '')}Z`
  for (let number = 1; ; number++) {
    const again = number === 1 ? '' : `-${number}`
    const candidate = path.join(dir, `${name}.replaced-${stamp}${again}${ext}`)
    if (!existsSync(candidate)) return candidate
  }
}
