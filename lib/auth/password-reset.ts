import { recordAudit } from '@/lib/audit/record'
import { env } from '@/lib/env'
import { drainResetQueue, queuePasswordReset } from '@/lib/mail/queue-password-reset'
import { consumeAttempt } from './rate-limits'
import { sendPasswordLink } from './password-links'

/** The longest e-mail address that an account may have, in UTF-16 units. */
const MAX_EMAIL_LENGTH = 254

/**
 * Requests a link for choosing a new password. The work, the answer and the time taken are the same
 * whether the account exists or not, because the account is looked up later (`processResetRequests`).
 *
 * @param headers of the request
 * @param typed the e-mail address as typed
 * @returns `noMail` if the site sends no mail (an administrator can then create a link); `tooMany` if
 *   this account or network has requested too many
 */
export async function requestPasswordReset(
  headers: Headers,
  typed: string,
): Promise<{ ok: true } | { ok: false; reason: 'tooMany' | 'noMail' }> {
  if (env.SMTP_URL === null) return { ok: false, reason: 'noMail' }
  const email = typed.trim().toLowerCase()
  const attempt = await consumeAttempt('link', email, headers)
  if (!attempt.allowed) return { ok: false, reason: 'tooMany' }
  if (email.length <= MAX_EMAIL_LENGTH) await queuePasswordReset(email)
  return { ok: true }
}

/**
 * Sends the links that were requested. An address without an active account gets nothing. The
 * lifetime of a link begins here.
 *
 * @returns how many requests were processed
 */
export async function processResetRequests(): Promise<number> {
  return drainResetQueue(async (tx, email) => {
    const user = await tx.user.findFirst({ where: { email, disabledAt: null } })
    if (!user) return
    await sendPasswordLink(tx, user, { kind: 'reset', createdBy: 'anonymous' })
    const entry = { actor: 'anonymous', action: 'linkCreated', subject: user.id } as const
    await recordAudit(tx, { ...entry, detail: { kind: 'reset' } })
  })
}
