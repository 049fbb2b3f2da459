import { rmSync } from 'node:fs'
import { findBackups, type BackupFile } from '@/lib/database/backup-files'

/** How many are kept: the newest of each of so many days, weeks and months that have one. */
export type Keep = { days: number; weeks: number; months: number }

const DAY = 24 * 60 * 60 * 1000

/**
 * Chooses the scheduled backups that are not needed any more. Kept are the newest, all of its last
 * 24 hours, and the newest of each of the last days, weeks (from Monday) and months (UTC) that have
 * one. What a person made is never chosen.
 *
 * @param backups in any order
 */
export function expiredBackups(backups: readonly BackupFile[], keep: Keep): BackupFile[] {
  const scheduled = backups
    .filter(({ isScheduled }) => isScheduled)
    .sort((a, b) => b.at.getTime() - a.at.getTime())
  const [newest] = scheduled
  if (newest === undefined) return []
  const kept = new Set<BackupFile>(
    scheduled.filter(({ at }) => newest.at.getTime() - at.getTime() < DAY),
  )
  const periods: [number, (at: Date) => string][] = [
    [keep.days, (at) => at.toISOString().slice(0, 10)],
    [keep.weeks, mondayOf],
    [keep.months, (at) => at.toISOString().slice(0, 7)],
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
 * Removes the scheduled backups of a folder that are not needed any more.
 *
 * @returns what was removed
 */
export function removeExpired(folder: string, keep: Keep): BackupFile[] {
  const expired = expiredBackups(findBackups(folder), keep)
  for (const { file } of expired) rmSync(file, { force: true })
  return expired
}

function mondayOf(at: Date): string {
  const daysSinceMonday = (at.getUTCDay() + 6) % 7
  return new Date(at.getTime() - daysSinceMonday * DAY).toISOString().slice(0, 10)
}
