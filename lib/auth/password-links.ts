import { createHash, randomBytes } from 'node:crypto'
import { writer, type Transaction } from '@/lib/database/client'
import { env } from '@/lib/env'
import { parseLocale, localePath } from '@/lib/i18n/navigation'
import type { Locale } from '@/lib/i18n/routing'
import { queueMail } from '@/lib/mail/outbox'

/** How long a link is good by which a password is set. */
export const TOKEN_LIFETIME_MINUTES = 30

/** What a link is for by which a password is set. */
export type PasswordTokenKind = 'invitation' | 'reset'

function hashToken(secret: string): string {
  return createHash('sha256').update(secret).digest('hex')
}

/**
 * Makes a link by which a person sets a password, good once and for half an hour; earlier ones of
 * the same person are good no more. What is kept is the hash of its secret.
 *
 * @param createdBy as `actorName` gives it
 * @returns the secret
 */
export async function createPasswordToken(
  tx: Transaction,
  { kind, userId, createdBy }: { kind: PasswordTokenKind; userId: string; createdBy: string },
): Promise<string> {
  const secret = randomBytes(32).toString('base64url')
  const now = new Date()
  await tx.oneTimeToken.updateMany({
    where: { userId, kind: { in: ['invitation', 'reset'] }, usedAt: null },
    data: { usedAt: now },
  })
  await tx.oneTimeToken.create({
    data: {
      ...{ id: hashToken(secret), kind, userId, createdBy, createdAt: now },
      expiresAt: new Date(now.getTime() + TOKEN_LIFETIME_MINUTES * 60_000),
    },
  })
  return secret
}

/** The whole address of a link by which a password is set. */
export function passwordLinkUrl(locale: Locale, secret: string): string {
  return `${env.PUBLIC_ORIGIN}${localePath(locale, `/sign-in/link/${secret}`)}`
}

/**
 * Makes a link and puts it into the outbox, or hands it back where the site sends no mail: whoever
 * made it passes it on.
 *
 * @returns the whole address, or null where it was mailed
 */
export async function sendPasswordLink(
  tx: Transaction,
  person: { id: string; name: string; email: string; locale: string },
  { kind, createdBy }: { kind: PasswordTokenKind; createdBy: string },
): Promise<string | null> {
  const locale = parseLocale(person.locale)
  const secret = await createPasswordToken(tx, { kind, userId: person.id, createdBy })
  const link = passwordLinkUrl(locale, secret)
  if (env.SMTP_URL === null) return link
  const values = { name: person.name, link }
  await queueMail(tx, { recipient: person.email, locale, template: kind, values })
  return null
}

const isUsableToken = (secret: string) => ({
  id: hashToken(secret),
  kind: { in: ['invitation' as const, 'reset' as const] },
  usedAt: null,
  expiresAt: { gt: new Date() },
  user: { disabledAt: null },
})

/** Whose password a link sets, and what it is for; null where it was used, is too old or never was. */
export async function findPasswordToken(
  secret: string,
): Promise<{ kind: PasswordTokenKind; user: { id: string; name: string; email: string } } | null> {
  const link = await writer().oneTimeToken.findFirst({
    where: isUsableToken(secret),
    select: { kind: true, user: { select: { id: true, name: true, email: true } } },
  })
  if (!link?.user || link.kind === 'proposal') return null
  return { kind: link.kind, user: link.user }
}

/** Uses a link up, in the transaction of what it is used for; false where it is not good any more. */
export async function consumePasswordToken(tx: Transaction, secret: string): Promise<boolean> {
  const { count } = await tx.oneTimeToken.updateMany({
    where: isUsableToken(secret),
    data: { usedAt: new Date() },
  })
  return count === 1
}
