import { randomUUID } from 'node:crypto'
import { env } from '@/lib/env'
import { log } from '@/lib/log'
import { deleteExpired } from './clean-up'
import { backupSchedule, runDueBackup } from './nightly-backup'
import { releaseLeases, acquireLease } from '@/lib/database/lease'
import { sendDueMail } from '@/lib/mail/outbox'
import type { MailServer } from '@/lib/mail/smtp'

const INITIAL_DELAY = 5_000
const MAIL_INTERVAL = 5_000
/** Another process may have been writing for longer than this one waits. */
const RETRY_DELAY = 60_000
const CLEANUP_INTERVAL = 60 * 60 * 1000
const BACKUP_CHECK_INTERVAL = 60 * 60 * 1000
/** Renewed with every round. Should one take longer, a second process joins in: mails are claimed. */
const LEASE_MS = 2 * 60 * 1000

/**
 * Starts the jobs of this process: sending what is in the outbox every five seconds, deleting what has
 * run out every hour, and making a backup when it is time for one. Of several processes on one database one does each.
 *
 * @param beforeMail fills the outbox at the beginning of each round; should it fail, what is in there
 *   already is sent all the same
 * @returns stops them: what is being sent or backed up is broken off and tried again later
 */
export function startScheduler(
  beforeMail: () => Promise<unknown> = () => Promise.resolve(),
): () => Promise<void> {
  const holder = randomUUID()
  const stopping = new AbortController()
  const server = mailServer()
  const schedule = backupSchedule()
  const jobs = [
    ...(server === null
      ? []
      : [
          repeat('mail', MAIL_INTERVAL, async () => {
            await beforeMail().catch(logFailure)
            await sendDueMail(server, undefined, stopping.signal)
          }),
        ]),
    repeat('cleaning', CLEANUP_INTERVAL, () => deleteExpired(new Date())),
    ...(schedule === null
      ? []
      : [
          repeat('backup', BACKUP_CHECK_INTERVAL, () =>
            runDueBackup(schedule, new Date(), stopping.signal),
          ),
        ]),
  ]
  return async () => {
    stopping.abort()
    await Promise.all(jobs.map((stop) => stop()))
    await releaseLeases(holder).catch(logFailure)
  }

  function repeat(job: string, every: number, work: () => Promise<unknown>): () => Promise<void> {
    let running = Promise.resolve()
    let timer: NodeJS.Timeout | undefined
    const round = async () => {
      let wait = every
      try {
        if (await acquireLease(job, holder, Math.max(LEASE_MS, 2 * every))) await work()
      } catch (error) {
        logFailure(error)
        wait = Math.min(every, RETRY_DELAY)
      }
      if (!stopping.signal.aborted) again(wait)
    }
    const again = (wait: number) => {
      timer = setTimeout(() => {
        running = round()
      }, wait).unref()
    }
    again(INITIAL_DELAY)
    return () => {
      clearTimeout(timer)
      return running
    }
  }
}

function mailServer(): MailServer | null {
  if (env.SMTP_URL === null || env.SMTP_FROM === null) return null
  return { url: env.SMTP_URL, from: env.SMTP_FROM }
}

/** A later round tries again: a job must not end the server. */
function logFailure(error: unknown): void {
  log.error({ event: 'jobFailed', error })
}
