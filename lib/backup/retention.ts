import { rmSync } from 'node:fs'
import { findBackups, type BackupFile } from '@/lib/database/backup-files'

/** How many scheduled backups are kept: the newest of each of that many days, weeks and months. */
export type RetentionPolicy = { days: number; weeks: number; months: number }

const DAY = 24 * 60 * 60 * 1000

/**
 * Selects the scheduled backups that can be deleted. Kept are the newest, all from the 24 hours before
 * it, and the newest of each of the last days, weeks (from Monday) and months that have one, in UTC.
 * Backups that a person has made are never selected.
 *
 * @param backups in any order
 * @returns newest first
 */
export function expiredBackups(
  backups: readonly BackupFile[],
  policy: RetentionPolicy,
): BackupFile[] {
  const scheduled = backups
    .filter(({ isScheduled }) => isScheduled)
    .sort((a, b) => b.at.getTime() - a.at.getTime())
  const [newest] = scheduled
  if (newest === undefined) return []
  const kept = new Set<BackupFile>(
    scheduled.filter(({ at }) => newest.at.getTime() - at.getTime() < DAY),
  )
  const periods: [number, (at: Date) => string][] = [
    [policy.days, (at) => at.toISOString().slice(0, 10)],
    [policy.weeks, mondayOf],
    [policy.months, (at) => at.toISOString().slice(0, 7)],
  ]
  for (const [count, periodOf] of periods) {
    const seen = new Set<string>()
    for (const backup of scheduled) {
      const period = periodOf(backup.at)
      if (seen.has(period)) continue
      if (seen.size === count) break
      seen.add(period)
      kept.add(backup)
    }
  }
  return scheduled.filter((backup) => !kept.has(backup))
}

/**
 * Deletes the scheduled backups of a folder that the policy does not keep.
 *
 * @param folder absolute path
 * @returns the deleted backups
 */
export function removeExpired(folder: string, policy: RetentionPolicy): BackupFile[] {
  const expired = expiredBackups(findBackups(folder), policy)
  for (const { file } of expired) rmSync(file, { force: true })
  return expired
}

function mondayOf(at: Date): string {
  const daysSinceMonday = (at.getUTCDay() + 6) % 7
  return new Date(at.getTime() - daysSinceMonday * DAY).toISOString().slice(0, 10)
}
