import { spawn } from 'node:child_process'
import { constants, setPriority } from 'node:os'
import { findBackups } from '@/lib/database/backup-files'
import { commandArguments, env } from '@/lib/env'
import { log } from '@/lib/log'

const HOUR = 60 * 60 * 1000
/** In milliseconds: checked once an hour, backups would otherwise drift by an hour a day. */
const TOLERANCE = HOUR / 2
/** Exit codes with which the command has already logged its own outcome. */
const EXPECTED_EXIT_CODES: readonly (number | null)[] = [0, 1, 2]

export type BackupSchedule = {
  /** Absolute path. */
  folder: string
  everyHours: number
  encrypt: boolean
}

/** The schedule of automatic backups from the settings; null if there is none. */
export function backupSchedule(): BackupSchedule | null {
  if (env.BACKUP_DIR === null) return null
  return {
    folder: env.BACKUP_DIR,
    everyHours: env.BACKUP_EVERY_HOURS,
    encrypt: env.BACKUP_PASSPHRASE !== null,
  }
}

/** Tells whether the latest scheduled backup is old, from the future, or missing. */
export function isBackupDue({ folder, everyHours }: BackupSchedule, now: Date): boolean {
  const last = findBackups(folder).findLast(({ isScheduled }) => isScheduled)
  if (last === undefined) return true
  const age = now.getTime() - last.at.getTime()
  return age < -HOUR || age >= everyHours * HOUR - TOLERANCE
}

/**
 * Makes a backup if one is due, in a child process of lower priority, which also removes backups that the
 * retention policy does not keep. A failure is logged as `backupFailed`; older backups stay.
 *
 * @param stopping aborts the backup; the next run removes what is left of it
 * @returns whether a backup was made; null if none is due
 */
export async function runDueBackup(
  schedule: BackupSchedule,
  now: Date,
  stopping: AbortSignal,
): Promise<boolean | null> {
  if (!isBackupDue(schedule, now)) return null
  const child = spawn(
    process.execPath,
    [
      ...[...commandArguments('backup'), schedule.folder, '--scheduled'],
      ...(schedule.encrypt ? ['--encrypt'] : []),
    ],
    { cwd: env.root, stdio: ['ignore', 'ignore', 'inherit'], signal: stopping },
  )
  return new Promise((resolve) => {
    const failed = (error: unknown) => {
      if (!stopping.aborted) log.error({ event: 'backupFailed', error })
      resolve(false)
    }
    child.once('spawn', () => {
      if (child.pid !== undefined) lowerPriority(child.pid)
    })
    child.once('error', failed)
    child.once('exit', (code, signal) => {
      if (!EXPECTED_EXIT_CODES.includes(code)) failed(new Error(`exit ${String(code ?? signal)}`))
      else resolve(code !== 1)
    })
  })
}

function lowerPriority(pid: number): void {
  try {
    setPriority(pid, constants.priority.PRIORITY_BELOW_NORMAL)
  } catch {
    // The process has already ended, or the system has no priorities.
  }
}
