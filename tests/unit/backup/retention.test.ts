import path from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { expiredBackups } from '@/lib/backup/retention'
import { backupName, type BackupFile } from '@/lib/database/backup-files'
import { isBackupDue } from '@/lib/jobs/nightly-backup'

const DAY = 24 * 60 * 60 * 1000
const NOW = new Date('2026-11-25T04:15:00Z')
const KEEP = { days: 7, weeks: 4, months: 12 }

function backup(at: Date, isScheduled = true): BackupFile {
  const name = backupName(at, { isScheduled, isEncrypted: false })
  return { file: path.join('/backups', name), at, isScheduled, isEncrypted: false }
}

const daily = (days: number) =>
  Array.from({ length: days }, (_, age) => backup(new Date(NOW.getTime() - age * DAY)))

describe('the rotation', () => {
  test('keeps seven days, four weeks and twelve months of two years', () => {
    const all = daily(730)
    const expired = new Set(expiredBackups(all, KEEP))
    const kept = all.filter((one) => !expired.has(one))
    expect(kept.map(({ at }) => at.toISOString().slice(0, 10))).toEqual([
      ...['2026-11-25', '2026-11-24', '2026-11-23', '2026-11-22', '2026-11-21', '2026-11-20'],
      // Sundays, the newest of their weeks, and the last days of months.
      ...['2026-11-19', '2026-11-15', '2026-11-08', '2026-10-31', '2026-09-30', '2026-08-31'],
      ...['2026-07-31', '2026-06-30', '2026-05-31', '2026-04-30', '2026-03-31', '2026-02-28'],
      ...['2026-01-31', '2025-12-31'],
    ])
  })

  test('keeps every one of the last day, and whatever a person made', () => {
    const hourly = Array.from({ length: 48 }, (_, age) =>
      backup(new Date(NOW.getTime() - age * 60 * 60 * 1000)),
    )
    const byHand = backup(new Date('2020-01-01T00:00:00Z'), false)
    const expired = expiredBackups([...hourly, byHand], { days: 0, weeks: 0, months: 0 })
    expect(expired).toEqual(hourly.slice(24))
  })

  test('never takes the newest, and taken twice takes nothing more', () => {
    const numbers = fc.nat({ max: 3 })
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.integer({ min: 0, max: 500 * 24 }), { maxLength: 60, minLength: 1 }),
        fc.record({ days: numbers, weeks: numbers, months: numbers }),
        (ages, keep) => {
          const all = ages.map((age) => backup(new Date(NOW.getTime() - age * 60 * 60 * 1000)))
          const newest = all.reduce((a, b) => (a.at > b.at ? a : b))
          const expired = expiredBackups(all, keep)
          expect(expired).not.toContain(newest)
          const left = all.filter((one) => !expired.includes(one))
          expect(expiredBackups(left, keep)).toEqual([])
        },
      ),
    )
  })
})

test('where there is none yet, it is time for a backup', () => {
  expect(isBackupDue({ folder: '/nowhere/at/all', everyHours: 24, encrypt: false }, NOW)).toBe(true)
})
