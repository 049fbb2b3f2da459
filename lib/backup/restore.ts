import { copyFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { isWriteFault } from '@/lib/db/copy'
import { draftOf, publishOver, removeDraft, removeOldDrafts, syncFile } from '@/lib/db/durable-file'
import { beginsLikeDatabase, examineDatabase, type Counts } from '@/lib/db/examine'
import { exchangeDatabase, holdDatabase, readyRestored, writeAhead } from '@/lib/db/exchange'
import { migrate, type MigrationOutcome } from '@/lib/db/migrate'
import { beginsLikeArchive, readArchive } from './archive'
import { verifyChains, type ChainsState } from './chains'
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
  /** Something was changed past the program; `force` restores it all the same. */
  | 'chainsBroken'
  /** There is a database already, and no `force`. */
  | 'exists'
  /** Another process has the database open. */
  | 'inUse'
  | 'notWritten'

/** What became of the secrets. */
export type SecretsOutcome =
  /** The backup holds none. */
  | 'none'
  /** There were others, which stay. */
  | 'kept'
  | 'same'
  | 'restored'

export type RestoreOutcome =
  | {
      ok: true
      counts: Counts
      /** Absolute path of the database that was there before. */
      keptDatabase: string | null
      secrets: SecretsOutcome
      /** Absolute path of the secrets that were there before. */
      keptSecrets: string | null
      chains: ChainsState
    }
  | { ok: false; reason: Refusal }

/** What is being done, for whoever waits. */
export type RestoreStep = 'reading' | 'checking' | 'replacing'

type Asked = {
  /** Absolute paths. */
  file: string
  database: string
  migrationsFolder: string
  secretsFile: string
  at: Date
  /** Replaces a database that is there, and keeps it under another name. */
  force: boolean
  /** Replaces secrets that are there, and keeps them under another name. */
  withSecrets: boolean
  /** Asked where the backup is encrypted. */
  passphrase: () => Promise<string | null>
}

type Read = { ok: true; secrets: string | null } | { ok: false; reason: Refusal }

/**
 * Restores a backup, plain or encrypted: reads it into a draft beside the database, checks it as every
 * backup is checked, migrates it to this program, and only then puts it in the place of the database.
 * Stopped at any moment, the database is the old one or the new one.
 */
export async function restoreBackup(
  asked: Asked,
  onStep: (step: RestoreStep) => void = () => undefined,
): Promise<RestoreOutcome> {
  const refused = (reason: Refusal) => ({ ok: false, reason }) as const
  if (!existsSync(asked.file)) return refused('notFound')
  if (existsSync(asked.database) && !asked.force) return refused('exists')
  if (isInUse(asked.database)) return refused('inUse')
  const draft = draftOf(asked.database)
  const secretsDraft = draftOf(asked.secretsFile)
  try {
    for (const folder of [asked.database, asked.secretsFile].map((file) => path.dirname(file))) {
      mkdirSync(folder, { recursive: true })
      removeOldDrafts(folder)
    }
    onStep('reading')
    const read = await readInto(draft, asked)
    if (!read.ok) return read
    onStep('checking')
    const checked = await check(draft, asked)
    if (!checked.ok) return checked
    const secrets = secretsPlan(read.secrets, asked)
    if (secrets === 'restored') {
      writeFileSync(secretsDraft, read.secrets ?? '', { mode: 0o600, flag: 'wx' })
      syncFile(secretsDraft)
    }
    onStep('replacing')
    const kept = exchange(draft, asked)
    if (kept === null) return refused('inUse')
    writeAhead(asked.database)
    const keptSecrets = secrets === 'restored' ? exchangeSecrets(secretsDraft, asked) : null
    const { counts, chains } = checked
    return { ok: true, counts, chains, keptDatabase: kept.file, secrets, keptSecrets }
  } catch (error) {
    if (isWriteFault(error)) return refused('notWritten')
    throw error
  } finally {
    removeDraft(draft)
    removeDraft(secretsDraft)
  }
}

async function readInto(draft: string, { file, passphrase }: Asked): Promise<Read> {
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
  // A database that somebody copied by hand has part of it in there.
  if (existsSync(`${file}-wal`)) copyFileSync(`${file}-wal`, `${draft}-wal`)
  return { ok: true, secrets: null }
}

async function check(
  draft: string,
  { database, migrationsFolder, force }: Asked,
): Promise<
  { ok: true; counts: Counts; chains: ChainsState } | Extract<RestoreOutcome, { ok: false }>
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
  readyRestored(draft, contentVersionOf(database))
  return { ok: true, counts: found.counts, chains }
}

function migrateDraft(
  draft: string,
  folder: string,
): MigrationOutcome | { ok: false; reason: 'failed' } {
  try {
    return migrate(draft, folder, false)
  } catch (error) {
    if (isWriteFault(error)) throw error
    return { ok: false, reason: 'failed' }
  }
}

/** 0 where there is none that can be read. */
function contentVersionOf(database: string): number {
  if (!existsSync(database)) return 0
  const found = examineDatabase(database)
  return found.ok ? found.contentVersion : 0
}

function isInUse(database: string): boolean {
  if (!existsSync(database)) return false
  const hold = holdDatabase(database)
  if (hold.state === 'inUse') return true
  hold.release()
  if (hold.state === 'alone') writeAhead(database)
  return false
}

/** @returns null where another process has the database open; else where the old one is, if any */
function exchange(draft: string, { database, at }: Asked): { file: string | null } | null {
  if (!existsSync(database)) {
    exchangeDatabase(draft, database, freeName(database, at))
    return { file: null }
  }
  const hold = holdDatabase(database)
  if (hold.state === 'inUse') return null
  try {
    const kept = freeName(database, at)
    exchangeDatabase(draft, database, kept)
    return { file: kept }
  } finally {
    hold.release()
  }
}

function secretsPlan(given: string | null, { secretsFile, withSecrets }: Asked): SecretsOutcome {
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

function exchangeSecrets(draft: string, { secretsFile, at }: Asked): string | null {
  let kept: string | null = null
  if (existsSync(secretsFile)) {
    kept = freeName(secretsFile, at)
    copyFileSync(secretsFile, kept)
    syncFile(kept)
  }
  publishOver(draft, secretsFile)
  return kept
}

/** `directory.replaced-2026-11-25T041500Z.db`, with a number where that is taken. */
function freeName(file: string, at: Date): string {
  const { dir, name, ext } = path.parse(file)
  const stamp = `${at.toISOString().slice(0, 19).replaceAll(':', '')}Z`
  for (let number = 1; ; number++) {
    const again = number === 1 ? '' : `-${number}`
    const candidate = path.join(dir, `${name}.replaced-${stamp}${again}${ext}`)
    if (!existsSync(candidate)) return candidate
  }
}
