import { setTimeout as wait } from 'node:timers/promises'
import { writer } from './client'

const TRIES = 20
const PAUSE = 100

/**
 * Writes what is in the write-ahead log into the database's file and empties the log: until then it
 * holds pages as they were before. Whoever is reading at that moment is waited for, two seconds at
 * the most.
 *
 * @returns false where readers did not let go: what was deleted is still in the log
 */
export async function truncateLog(): Promise<boolean> {
  for (let tried = 0; tried < TRIES; tried++) {
    if (tried > 0) await wait(PAUSE)
    const [answer] = await writer().$queryRaw<
      { busy: number | bigint }[]
    >`PRAGMA wal_checkpoint(TRUNCATE)`
    if (Number(answer?.busy) === 0) return true
  }
  return false
}
