import { recordAudit } from '@/lib/audit/record'
import { env } from '@/lib/env'
import { drainResetQueue, queuePasswordReset } from '@/lib/mail/queue-password-reset'
import { consumeAttempt } from './rate-limits'
import { sendPasswordLink } from './password-links'

/** No account has a longer one. */
const MAX_EMAIL_LENGTH = 254

/**
 * Asks for a link by which a forgotten password is replaced. What is done is the same whether there
 * is such an account or not, and so are answer and time: whose it is, is looked up afterwards.
 *
 * @param headers of the request
 * @returns `noMail` where the site sends none: an administrator can make a link; `tooMany`
 */
export async function requestPasswordReset(
  headers: Headers,
  given: string,
): Promise<{ ok: true } | { ok: false; reason: 'tooMany' | 'noMail' }> {
  if (env.SMTP_URL === null) return { ok: false, reason: 'noMail' }
  const email = given.trim().toLowerCase()
  const attempt = await consumeAttempt('link', email, headers)
  if (!attempt.allowed) return { ok: false, reason: 'tooMany' }
  if (email.length <= MAX_EMAIL_LENGTH) await queuePasswordReset(email)
  return { ok: true }
}

/**
 * Mails a link to everybody who has asked for one and has an account; where there is none, nothing
 * is sent. The half hour of a link begins here.
 *
 * @returns how many requests there were
 */
export async function processResetRequests(): Promise<number> {
  return drainResetQueue(async (tx, email) => {
    const person = await tx.user.findFirst({ where: { email, disabledAt: null } })
    if (!person) return
    await sendPasswordLink(tx, person, { kind: 'reset', createdBy: 'nobody' })
    const entry = { actor: 'nobody', action: 'linkCreated', subject: person.id } as const
    await recordAudit(tx, { ...entry, detail: { kind: 'reset' } })
  })
}
