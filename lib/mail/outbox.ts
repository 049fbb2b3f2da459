import { randomUUID } from 'node:crypto'
import { reader, writer, type Transaction } from '@/lib/database/client'
import { routing, type Locale } from '@/lib/i18n/routing'
import { log } from '@/lib/log'
import { RESET_REQUEST_TEMPLATE } from './queue-password-reset'
import { sendMail, type MailServer } from './smtp'
import {
  isSameOriginUrl,
  isTemplate,
  renderMail,
  type TemplateValues,
  type Template,
} from './templates'

const MINUTE = 60_000
const HOUR = 60 * MINUTE

/** After the first attempt, after the second, …: once they are used up, the mail is given up. */
const RETRY_DELAYS = [
  1 * MINUTE,
  5 * MINUTE,
  15 * MINUTE,
  1 * HOUR,
  3 * HOUR,
  6 * HOUR,
  6 * HOUR,
] as const
/** So often a mail is tried at the most. */
const MAX_ATTEMPTS = RETRY_DELAYS.length + 1

/** So long a mail may wait altogether: without a mail server, none is sent days later. */
const MAX_QUEUE_AGE = 24 * HOUR

type NewMail = {
  [T in Template]: {
    /** One address, nothing else. */
    recipient: string
    locale: Locale
    template: T
    values: TemplateValues[T]
  }
}[Template]

/**
 * Puts a mail into the outbox, in the transaction of what it tells of: it is sent when that is
 * committed, by the process that has the job, and nobody waits for the mail server.
 *
 * @throws where the recipient is not one address or the link leads to another site: a fault of the
 *   program, because both were checked before
 */
export async function queueMail(tx: Transaction, mail: NewMail): Promise<void> {
  const { recipient, locale, template, values } = mail
  if (!isSingleAddress(recipient)) throw new Error('a mail goes to one address')
  if ('link' in values && !isSameOriginUrl(values.link))
    throw new Error('a mail links to this site only')
  const now = new Date()
  await tx.outboxMail.createMany({
    data: {
      id: randomUUID(),
      recipient,
      locale,
      template,
      values: JSON.stringify(values),
      createdAt: now,
      nextAttemptAt: now,
    },
  })
}

/**
 * Takes out of the outbox every mail whose values say a text, such as the name of an organisation
 * that is erased.
 */
export async function deleteMail(tx: Transaction, text: string): Promise<void> {
  await tx.outboxMail.deleteMany({ where: { values: { contains: JSON.stringify(text) } } })
}

/**
 * Sends what is due, one mail after the other. Each is claimed first, by one conditional update that
 * also sets when it is tried again: of two processes only one gets it, and what is interrupted is
 * not lost. A crash between the mail server's yes and our noting it sends the mail once more; both
 * carry the same Message-ID. No transaction is open while the mail server is spoken to.
 *
 * @param at what counts as now
 * @param signal ends it: the mail that is being sent is tried again later
 * @returns how many were sent
 */
export async function sendDueMail(
  server: MailServer,
  at: () => Date = () => new Date(),
  signal: AbortSignal = new AbortController().signal,
): Promise<number> {
  let sent = 0
  while (!signal.aborted) {
    const due = await reader().outboxMail.findFirst({
      where: {
        ...{ sentAt: null, failedAt: null, nextAttemptAt: { lte: at() } },
        template: { not: RESET_REQUEST_TEMPLATE },
      },
      orderBy: { nextAttemptAt: 'asc' },
    })
    if (due === null) break
    const attempts = due.attempts + 1
    const wait = RETRY_DELAYS[due.attempts] ?? 0
    const claimed = await writer().outboxMail.updateMany({
      where: { id: due.id, attempts: due.attempts, sentAt: null, failedAt: null },
      data: { attempts, nextAttemptAt: new Date(at().getTime() + Math.max(wait, MINUTE)) },
    })
    if (claimed.count === 0) continue
    const outcome = await sendClaimed(server, due, signal)
    if (signal.aborted && !outcome.ok) break
    if (outcome.ok) {
      sent += 1
      await finishMail(due.id, { sentAt: at() })
    } else if (outcome.isPermanent || attempts >= MAX_ATTEMPTS) {
      log.error({ event: 'mailFailedPermanently', reason: outcome.reason, count: attempts })
      await finishMail(due.id, { failedAt: at(), failure: outcome.reason })
    } else {
      log.warn({ event: 'mailSendFailed', reason: outcome.reason, count: attempts })
      await writer().outboxMail.updateMany({
        where: { id: due.id },
        data: { failure: outcome.reason },
      })
    }
  }
  return sent
}

type DueMail = { id: string; recipient: string; locale: string; template: string; values: string }

async function sendClaimed(server: MailServer, due: DueMail, signal: AbortSignal) {
  const locale = routing.locales.find((one) => one === due.locale)
  if (locale === undefined || !isTemplate(due.template)) {
    return { ok: false, reason: 'unknownText', isPermanent: true } as const
  }
  const values = JSON.parse(due.values) as Record<string, string>
  const { subject, text } = renderMail(due.template, locale, values)
  return sendMail(server, { id: due.id, recipient: due.recipient, subject, text, locale }, signal)
}

/** Whether it was sent or given up: whom it went to and what it said is nobody's business any more. */
async function finishMail(
  id: string,
  end: { sentAt: Date } | { failedAt: Date; failure: string },
): Promise<void> {
  await writer().outboxMail.updateMany({
    where: { id },
    data: { failure: null, ...end, recipient: '', values: '{}' },
  })
}

/** Gives up what has waited for too long, and blanks it. */
export async function expireOldMail(now: Date): Promise<void> {
  await writer().outboxMail.updateMany({
    where: {
      sentAt: null,
      failedAt: null,
      createdAt: { lt: new Date(now.getTime() - MAX_QUEUE_AGE) },
    },
    data: { failedAt: now, failure: 'expired', recipient: '', values: '{}' },
  })
}

function isSingleAddress(text: string): boolean {
  return /^[^\s\p{Cc}<>,;:"()@]+@[^\s\p{Cc}<>,;:"()@]+$/u.test(text) && text.length <= 254
}
