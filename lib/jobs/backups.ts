import { spawn } from 'node:child_process'
import { constants, setPriority } from 'node:os'
import { findBackups } from '@/lib/db/backup-files'
import { commandArguments, env } from '@/lib/env'
import { log } from '@/lib/log'

const HOUR = 60 * 60 * 1000
/** Looked at every hour, a backup would otherwise come an hour later every day. */
const SLACK = HOUR / 2
/** Exit codes of the command: it has said in the log itself what there is to say. */
const KNOWN_ENDS: readonly (number | null)[] = [0, 1, 2]

export type BackupSchedule = {
  /** Absolute path. */
  folder: string
  everyHours: number
  encrypt: boolean
}

/** When and where this site is to make backups of itself; null where it is not. */
export function backupSchedule(): BackupSchedule | null {
  if (env.BACKUP_DIR === null) return null
  return {
    folder: env.BACKUP_DIR,
    everyHours: env.BACKUP_EVERY_HOURS,
    encrypt: env.BACKUP_PASSPHRASE !== null,
  }
}

/** Whether it is time: the latest scheduled backup is old, comes from the future, or is not there. */
export function isBackupDue({ folder, everyHours }: BackupSchedule, now: Date): boolean {
  const last = findBackups(folder).findLast(({ isScheduled }) => isScheduled)
  if (last === undefined) return true
  const age = now.getTime() - last.at.getTime()
  return age < -HOUR || age >= everyHours * HOUR - SLACK
}

/**
 * Makes a backup if it is time for one, in a process of its own that gives way to those that serve,
 * and has it remove what the rotation does not need any more. A failure is in the log as
 * `backupFailed`; older backups stay.
 *
 * @param stopping breaks it off; the next run removes what it leaves
 * @returns whether one was made; null where it is not time
 */
export async function makeDueBackup(
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
      if (child.pid !== undefined) yieldTo(child.pid)
    })
    child.once('error', failed)
    child.once('exit', (code, signal) => {
      if (!KNOWN_ENDS.includes(code)) failed(new Error(`exit ${String(code ?? signal)}`))
      else resolve(code !== 1)
    })
  })
}

function yieldTo(pid: number): void {
  try {
    setPriority(pid, constants.priority.PRIORITY_BELOW_NORMAL)
  } catch {
    // It has ended already, or the system knows no such thing.
  }
}
