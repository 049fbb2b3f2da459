import { existsSync, readdirSync, statSync } from 'node:fs'
import path from 'node:path'
import { env } from '@/lib/env'

/** What a backup says of itself by its name. */
export type BackupFile = {
  /** Absolute path. */
  file: string
  at: Date
  /** Made by the site itself: the rotation may remove it. */
  isScheduled: boolean
  isEncrypted: boolean
}

const NAME =
  /^directory-(\d{4})-(\d{2})-(\d{2})T(\d{2})(\d{2})(\d{2})Z(\.scheduled)?(\.db|\.tar\.age)$/

/** The name of a backup that was given no name: `directory-2026-11-25T041500Z.db`. */
export function backupName(
  at: Date,
  { isScheduled, isEncrypted }: Pick<BackupFile, 'isScheduled' | 'isEncrypted'>,
): string {
  const stamp = `${at.toISOString().slice(0, 19).replaceAll(':', '')}Z`
  return `directory-${stamp}${isScheduled ? '.scheduled' : ''}${isEncrypted ? '.tar.age' : '.db'}`
}

/** The backups in a folder that have their name from `backupName`, oldest first. */
export function findBackups(folder: string): BackupFile[] {
  if (!existsSync(folder)) return []
  return readdirSync(folder)
    .flatMap((name) => {
      const [, year, month, day, hours, minutes, seconds, scheduled, kind] = NAME.exec(name) ?? []
      if (year === undefined) return []
      const at = new Date(`${year}-${month}-${day}T${hours}:${minutes}:${seconds}Z`)
      return {
        file: path.join(folder, name),
        at,
        isScheduled: scheduled !== undefined,
        isEncrypted: kind === '.tar.age',
      }
    })
    .sort((a, b) => a.at.getTime() - b.at.getTime())
}

/** The beginning of the names of copies that are made beside a database before it is migrated. */
export function copyBeforeMigration(database: string, migration: string): string {
  return `${database.replace(/\.db$/, '')}.before-${migration}.db`
}

/** The copies beside a database that were made before it was migrated, oldest first. */
export function findCopiesBeforeMigrations(database: string): string[] {
  const folder = path.dirname(database)
  const start = path.basename(copyBeforeMigration(database, '')).replace(/\.db$/, '')
  if (!existsSync(folder)) return []
  return readdirSync(folder)
    .filter((name) => name.startsWith(start) && name.endsWith('.db'))
    .map((name) => path.join(folder, name))
    .map((file) => ({ file, at: statSync(file).mtimeMs }))
    .sort((a, b) => a.at - b.at || (a.file < b.file ? -1 : 1))
    .map(({ file }) => file)
}

/**
 * The latest backup of this environment that can be found without being told where: in `BACKUP_DIR`,
 * beside the database, or the copy from before the last migration.
 *
 * @returns its absolute path, or null
 */
export function latestBackup(): string | null {
  const folder = path.dirname(env.databaseFile)
  const made = [env.BACKUP_DIR, folder]
    .filter((one) => one !== null)
    .flatMap(findBackups)
    .map(({ file, at }) => ({ file, at: at.getTime() }))
  const copies = findCopiesBeforeMigrations(env.databaseFile).map((file) => ({
    file,
    at: statSync(file).mtimeMs,
  }))
  return [...made, ...copies].sort((a, b) => a.at - b.at).at(-1)?.file ?? null
}
