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

/** Shorter ones can be guessed by whoever has the file. */
const SHORTEST_PASSPHRASE = 12

type Refusal =
  | Extract<CopyOutcome, { ok: false }>['reason']
  /** There is no database to back up. */
  | 'noDatabase'
  /** The folder for the backup is not there. */
  | 'noFolder'
  /** The folder cannot be written. */
  | 'notWritable'
  /** A file of that name is there: nothing is overwritten. */
  | 'exists'
  /** The disk has not enough room. */
  | 'noSpace'
  | 'shortPassphrase'

export type BackupOutcome =
  | {
      ok: true
      file: string
      bytes: number
      /** Of the file, in hexadecimal. */
      sha256: string
      counts: Counts
      isEncrypted: boolean
      /** Null where the database is one of an older program: its chains are not looked at. */
      chains: ChainsState | null
    }
  | { ok: false; reason: Refusal; file: string }

/** What is being done, for whoever waits. */
export type BackupStep = 'copying' | 'checking' | 'encrypting'

type Asked = {
  /** Absolute path of the database. */
  database: string
  migrationsFolder: string
  /** Absolute path: a folder that is there, or a file that is not. */
  to: string
  /** It has to be a folder. */
  isFolder: boolean
  at: Date
  isScheduled: boolean
  /** Encrypts the backup and puts the secrets into it. */
  seal: { passphrase: string; secrets: Secrets } | null
}

/**
 * Makes a checked backup of a database while the site serves. The file gets its name when it is whole
 * and on the disk; stopped at any moment, nothing is left but a draft that the next backup removes.
 *
 * @param onStep told what is done, and how many bytes of how many
 */
export async function makeBackup(
  asked: Asked,
  onStep: (step: BackupStep, done: number, total: number) => void = () => undefined,
): Promise<BackupOutcome> {
  const isFolder =
    asked.isFolder || (statSync(asked.to, { throwIfNoEntry: false })?.isDirectory() ?? false)
  const name = backupName(asked.at, {
    isScheduled: asked.isScheduled,
    isEncrypted: asked.seal !== null,
  })
  const file = isFolder ? path.join(asked.to, name) : asked.to
  const refused = (reason: Refusal) => ({ ok: false, reason, file }) as const
  const obstacle = obstacleTo(asked, file)
  if (obstacle !== null) return refused(obstacle)

  // What is not encrypted does not leave the folder of the database.
  const copy = tempPathFor(asked.seal === null ? file : asked.database)
  const draft = asked.seal === null ? copy : tempPathFor(file)
  try {
    removeStaleTempFiles(path.dirname(file))
    removeStaleTempFiles(path.dirname(asked.database))
    const { size } = statSync(asked.database)
    onStep('copying', 0, size)
    const copied = copyDatabase(asked.database, copy)
    if (!copied.ok) return refused(copied.reason)
    onStep('checking', 0, size)
    const isCurrent = loadMigrations(asked.migrationsFolder).at(-1)?.name === copied.migration
    const chains = isCurrent ? await verifyChains(copy) : null
    if (asked.seal !== null) {
      const total = statSync(copy).size
      const manifest = {
        format: 1 as const,
        madeAt: asked.at.toISOString(),
        sha256: await sha256Of(copy),
      }
      await writeArchive(draft, { ...asked.seal, database: copy, manifest }, (done) =>
        onStep('encrypting', done, total),
      )
    }
    fsyncFile(draft)
    const sha256 = await sha256Of(draft)
    const bytes = statSync(draft).size
    if (!createFile(draft, file)) return refused('exists')
    return {
      ...{ ok: true, file, bytes, sha256, counts: copied.counts, chains },
      isEncrypted: asked.seal !== null,
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

/** The hash of a file as `sha256sum` prints it. */
export async function sha256Of(file: string): Promise<string> {
  const hash = createHash('sha256')
  for await (const bytes of createReadStream(file)) hash.update(bytes as Buffer)
  return hash.digest('hex')
}

function obstacleTo({ database, seal }: Asked, file: string): Refusal | null {
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
