import { createHash } from 'node:crypto'
import { createReadStream, existsSync, statSync } from 'node:fs'
import path from 'node:path'
import { backupName } from '@/lib/database/backup-files'
import { copyDatabase, isWriteFault, type CopyOutcome } from '@/lib/database/online-copy'
import {
  errorCode,
  tempPathFor,
  freeBytes,
  createFile,
  removeTempFile,
  removeStaleTempFiles,
  fsyncFile,
} from '@/lib/database/durable-file'
import type { Counts } from '@/lib/database/integrity-check'
import { loadMigrations } from '@/lib/database/migrate'
import type { Secrets } from '@/lib/env'
import { writeArchive } from './archive'
import { verifyChains, type ChainsState } from './hash-chains'

/** Characters. A shorter one can be guessed by somebody who has the file. */
const SHORTEST_PASSPHRASE = 12

type Refusal =
  | Extract<CopyOutcome, { ok: false }>['reason']
  /** The database does not exist. */
  | 'noDatabase'
  /** The folder for the backup does not exist. */
  | 'noFolder'
  /** The folder cannot be written. */
  | 'notWritable'
  /** A file of that name exists; nothing is overwritten. */
  | 'exists'
  /** There is not enough room on the disk. */
  | 'noSpace'
  | 'shortPassphrase'

export type BackupOutcome =
  | {
      ok: true
      file: string
      bytes: number
      /** SHA-256 of the file, hexadecimal. */
      sha256: string
      counts: Counts
      isEncrypted: boolean
      /** Null if the database is one of an older program: its chains cannot be verified. */
      chains: ChainsState | null
    }
  | { ok: false; reason: Refusal; file: string }

/** What is being done, to report progress. */
export type BackupStep = 'copying' | 'checking' | 'encrypting'

type BackupOptions = {
  /** Absolute path of the database. */
  database: string
  migrationsFolder: string
  /** Absolute path of a folder that exists or a file that does not. */
  to: string
  /** `to` must be a folder. */
  isFolder: boolean
  /** Becomes part of the file name. */
  at: Date
  /** Made by the site itself: retention may delete it later. */
  isScheduled: boolean
  /** If given, the backup is encrypted and holds the secrets too. */
  seal: { passphrase: string; secrets: Secrets } | null
}

/**
 * Makes a checked backup of a database while the site serves. The file gets its name only when it is
 * complete and synced to the disk. If the process is killed, only a draft remains, which the next
 * backup removes.
 *
 * @param onStep called with the current step, the bytes done and the bytes in total
 * @throws on errors that no `Refusal` describes
 */
export async function makeBackup(
  options: BackupOptions,
  onStep: (step: BackupStep, done: number, total: number) => void = () => undefined,
): Promise<BackupOutcome> {
  const isFolder =
    options.isFolder || (statSync(options.to, { throwIfNoEntry: false })?.isDirectory() ?? false)
  const name = backupName(options.at, {
    isScheduled: options.isScheduled,
    isEncrypted: options.seal !== null,
  })
  const file = isFolder ? path.join(options.to, name) : options.to
  const refused = (reason: Refusal) => ({ ok: false, reason, file }) as const
  const obstacle = obstacleTo(options, file)
  if (obstacle !== null) return refused(obstacle)

  // The unencrypted copy stays in the folder of the database.
  const copy = tempPathFor(options.seal === null ? file : options.database)
  const draft = options.seal === null ? copy : tempPathFor(file)
  try {
    removeStaleTempFiles(path.dirname(file))
    removeStaleTempFiles(path.dirname(options.database))
    const { size } = statSync(options.database)
    onStep('copying', 0, size)
    const copied = copyDatabase(options.database, copy)
    if (!copied.ok) return refused(copied.reason)
    onStep('checking', 0, size)
    const isCurrent = loadMigrations(options.migrationsFolder).at(-1)?.name === copied.migration
    const chains = isCurrent ? await verifyChains(copy) : null
    if (options.seal !== null) {
      const total = statSync(copy).size
      const manifest = {
        format: 1 as const,
        madeAt: options.at.toISOString(),
        sha256: await sha256Of(copy),
      }
      await writeArchive(draft, { ...options.seal, database: copy, manifest }, (done) =>
        onStep('encrypting', done, total),
      )
    }
    fsyncFile(draft)
    const sha256 = await sha256Of(draft)
    const bytes = statSync(draft).size
    if (!createFile(draft, file)) return refused('exists')
    return {
      ...{ ok: true, file, bytes, sha256, counts: copied.counts, chains },
      isEncrypted: options.seal !== null,
    }
  } catch (error) {
    if (isWriteFault(error)) return refused('notWritten')
    if (isForbidden(error)) return refused('notWritable')
    throw error
  } finally {
    removeTempFile(copy)
    removeTempFile(draft)
  }
}

/** SHA-256 of a file in hexadecimal, as `sha256sum` prints it. */
export async function sha256Of(file: string): Promise<string> {
  const hash = createHash('sha256')
  for await (const bytes of createReadStream(file)) hash.update(bytes as Buffer)
  return hash.digest('hex')
}

function obstacleTo({ database, seal }: BackupOptions, file: string): Refusal | null {
  if (seal !== null && seal.passphrase.length < SHORTEST_PASSPHRASE) return 'shortPassphrase'
  if (!existsSync(database)) return 'noDatabase'
  const folder = path.dirname(file)
  if (!(statSync(folder, { throwIfNoEntry: false })?.isDirectory() ?? false)) return 'noFolder'
  if (existsSync(file)) return 'exists'
  const { size } = statSync(database)
  const isTight = [folder, path.dirname(database)].some((one) => freeBytes(one) < size)
  return isTight ? 'noSpace' : null
}

function isForbidden(error: unknown): boolean {
  return ['EACCES', 'EPERM', 'EROFS', 'SQLITE_CANTOPEN', 'SQLITE_READONLY'].includes(
    errorCode(error) ?? '',
  )
}
