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

/** Milliseconds after the first failed attempt, the second, …; after the last one the mail has failed. */
const RETRY_DELAYS = [
  1 * MINUTE,
  5 * MINUTE,
  15 * MINUTE,
  1 * HOUR,
  3 * HOUR,
  6 * HOUR,
  6 * HOUR,
] as const
const MAX_ATTEMPTS = RETRY_DELAYS.length + 1

/** In milliseconds: older mail is not sent any more, since its content may be outdated. */
const MAX_QUEUE_AGE = 24 * HOUR

type NewMail = {
  [T in Template]: {
    /** A single address without a display name. */
    recipient: string
    locale: Locale
    template: T
    values: TemplateValues[T]
  }
}[Template]

/**
 * Puts a mail into the outbox in the transaction of the change that it is about. The mail job sends it
 * after the commit, so no request waits for the mail server.
 *
 * @throws Error if the recipient is not a single address or the link leads to another site: a bug,
 *   because callers check both
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
 * Deletes every mail from the outbox that contains a text, such as the name of an erased organisation.
 *
 * @param text a whole value of the template
 */
export async function deleteMail(tx: Transaction, text: string): Promise<void> {
  await tx.outboxMail.deleteMany({ where: { values: { contains: JSON.stringify(text) } } })
}

/**
 * Sends the due mails one after the other. Each is claimed first by a conditional update that also sets
 * the next attempt, so that two processes do not send it twice and an interrupted mail is not lost. If the
 * process crashes after the mail server accepted a mail and before that is stored, the mail is sent again
 * with the same Message-ID. No transaction is open during the conversation with the mail server.
 *
 * @param now current time
 * @param signal stops sending; the mail in progress is tried again later
 * @returns how many were sent
 */
export async function sendDueMail(
  server: MailServer,
  now: () => Date = () => new Date(),
  signal: AbortSignal = new AbortController().signal,
): Promise<number> {
  let sent = 0
  while (!signal.aborted) {
    const due = await reader().outboxMail.findFirst({
      where: {
        ...{ sentAt: null, failedAt: null, nextAttemptAt: { lte: now() } },
        template: { not: RESET_REQUEST_TEMPLATE },
      },
      orderBy: { nextAttemptAt: 'asc' },
    })
    if (due === null) break
    const attempts = due.attempts + 1
    const wait = RETRY_DELAYS[due.attempts] ?? 0
    const claimed = await writer().outboxMail.updateMany({
      where: { id: due.id, attempts: due.attempts, sentAt: null, failedAt: null },
      data: { attempts, nextAttemptAt: new Date(now().getTime() + Math.max(wait, MINUTE)) },
    })
    if (claimed.count === 0) continue
    const outcome = await sendClaimed(server, due, signal)
    if (signal.aborted && !outcome.ok) break
    if (outcome.ok) {
      sent += 1
      await finishMail(due.id, { sentAt: now() })
    } else if (outcome.isPermanent || attempts >= MAX_ATTEMPTS) {
      log.error({ event: 'mailFailedPermanently', reason: outcome.reason, count: attempts })
      await finishMail(due.id, { failedAt: now(), failure: outcome.reason })
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
  const locale = routing.locales.find((code) => code === due.locale)
  if (locale === undefined || !isTemplate(due.template)) {
    return { ok: false, reason: 'unknownText', isPermanent: true } as const
  }
  const values = JSON.parse(due.values) as Record<string, string>
  const { subject, text } = renderMail(due.template, locale, values)
  return sendMail(server, { id: due.id, recipient: due.recipient, subject, text, locale }, signal)
}

/** Clears recipient and content once a mail is sent or has failed: they are not needed any more. */
async function finishMail(
  id: string,
  end: { sentAt: Date } | { failedAt: Date; failure: string },
): Promise<void> {
  await writer().outboxMail.updateMany({
    where: { id },
    data: { failure: null, ...end, recipient: '', values: '{}' },
  })
}

/** Marks mail that has waited too long as failed, and clears recipient and content. */
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
