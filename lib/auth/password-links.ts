import { writer, type Transaction } from '@/lib/database/client'
import { env } from '@/lib/env'
import { parseLocale, localePath } from '@/lib/i18n/navigation'
import type { Locale } from '@/lib/i18n/routing'
import { queueMail } from '@/lib/mail/outbox'
import { consumeToken, createToken, hashToken, usableToken } from './one-time-token'

/** How long a link for setting a password is valid. */
export const TOKEN_LIFETIME_MINUTES = 30

/** What a link for setting a password is for. */
export type PasswordTokenKind = 'invitation' | 'reset'

const PASSWORD_TOKENS = { kind: { in: ['invitation' as const, 'reset' as const] } }

/**
 * Creates a token for setting a password, and revokes earlier ones of the same user.
 *
 * @param createdBy as `actorName` gives it
 * @returns its secret, for `passwordLinkUrl`
 */
export async function createPasswordToken(
  tx: Transaction,
  { kind, userId, createdBy }: { kind: PasswordTokenKind; userId: string; createdBy: string },
): Promise<string> {
  await tx.oneTimeToken.updateMany({
    where: { ...PASSWORD_TOKENS, userId, usedAt: null },
    data: { usedAt: new Date() },
  })
  return createToken(tx, { kind, userId, createdBy, lifetimeMinutes: TOKEN_LIFETIME_MINUTES })
}

/** The absolute URL of a link for setting a password. */
export function passwordLinkUrl(locale: Locale, secret: string): string {
  return `${env.PUBLIC_ORIGIN}${localePath(locale, `/sign-in/link/${secret}`)}`
}

/**
 * Creates a link for setting a password and queues the mail with it. If the site sends no mail, the link
 * is returned, for the actor to pass on.
 *
 * @returns the absolute URL, or null if it was mailed
 */
export async function sendPasswordLink(
  tx: Transaction,
  user: { id: string; name: string; email: string; locale: string },
  { kind, createdBy }: { kind: PasswordTokenKind; createdBy: string },
): Promise<string | null> {
  const locale = parseLocale(user.locale)
  const secret = await createPasswordToken(tx, { kind, userId: user.id, createdBy })
  const link = passwordLinkUrl(locale, secret)
  if (env.SMTP_URL === null) return link
  const values = { name: user.name, link }
  await queueMail(tx, { recipient: user.email, locale, template: kind, values })
  return null
}

/** A disabled user cannot set a password. */
const OF_ACTIVE_USER = { ...PASSWORD_TOKENS, user: { disabledAt: null } }

/** Finds whose password a link sets, and what it is for; null if it is not valid, for whatever reason. */
export async function findPasswordToken(
  secret: string,
): Promise<{ kind: PasswordTokenKind; user: { id: string; name: string; email: string } } | null> {
  const link = await writer().oneTimeToken.findFirst({
    where: { ...OF_ACTIVE_USER, ...usableToken(), id: hashToken(secret) },
    select: { kind: true, user: { select: { id: true, name: true, email: true } } },
  })
  if (!link?.user || link.kind === 'proposal') return null
  return { kind: link.kind, user: link.user }
}

/** Uses a link up, in the transaction of what it is used for; false if it is not valid any more. */
export async function consumePasswordToken(tx: Transaction, secret: string): Promise<boolean> {
  return consumeToken(tx, hashToken(secret), OF_ACTIVE_USER)
}
