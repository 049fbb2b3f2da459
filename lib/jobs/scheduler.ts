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
/** After a failure, such as a database that another process kept locked. */
const RETRY_DELAY = 60_000
const CLEANUP_INTERVAL = 60 * 60 * 1000
const BACKUP_CHECK_INTERVAL = 60 * 60 * 1000
/** Renewed in every round. If a round takes longer, another process may join; mails are claimed one by one. */
const LEASE_MS = 2 * 60 * 1000

/**
 * Starts the jobs: sending mail every five seconds, deleting expired rows every hour, and making backups
 * when they are due. If several processes share one database, a lease lets one of them do each job.
 *
 * @param beforeMail called before mail is sent in each round; if it fails, waiting mail is sent anyway
 * @returns stops the jobs; a mail or backup in progress is aborted and tried again later
 */
export function startScheduler(
  beforeMail: () => Promise<unknown> = () => Promise.resolve(),
): () => Promise<void> {
  const holder = randomUUID()
  const stopping = new AbortController()
  const server = mailServer()
  const backups = backupSchedule()
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
    ...(backups === null
      ? []
      : [
          repeat('backup', BACKUP_CHECK_INTERVAL, () =>
            runDueBackup(backups, new Date(), stopping.signal),
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
      if (!stopping.signal.aborted) schedule(wait)
    }
    const schedule = (wait: number) => {
      timer = setTimeout(() => {
        running = round()
      }, wait).unref()
    }
    schedule(INITIAL_DELAY)
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

/** Only logs, because a failed job must not end the server; the next round tries again. */
function logFailure(error: unknown): void {
  log.error({ event: 'jobFailed', error })
}
