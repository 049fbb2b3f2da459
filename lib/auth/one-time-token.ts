import { createHash, randomBytes } from 'node:crypto'
import type { Transaction } from '@/lib/database/client'

/** A database in which tokens can be looked up: a running transaction, or a client. */
type TokenDatabase = Pick<Transaction, 'oneTimeToken'>

/** What a token is for, and whose it is. */
type NewToken = {
  kind: 'invitation' | 'reset' | 'proposal'
  /** As `actorName` gives it. */
  createdBy: string
  lifetimeMinutes: number
  userId?: string
  organisationId?: string
  email?: string
}

/** The id of a token in the database: the SHA-256 of its secret (hex), so that a stolen copy opens nothing. */
export function hashToken(secret: string): string {
  return createHash('sha256').update(secret).digest('hex')
}

/**
 * Creates a token that can be used once, until it expires.
 *
 * @returns its secret, for the link: 32 random bytes, base64url. It is not stored and cannot be read again.
 */
export async function createToken(
  db: TokenDatabase,
  { lifetimeMinutes, ...token }: NewToken,
): Promise<string> {
  const secret = randomBytes(32).toString('base64url')
  const createdAt = new Date()
  const expiresAt = new Date(createdAt.getTime() + lifetimeMinutes * 60_000)
  await db.oneTimeToken.createMany({
    data: { ...token, id: hashToken(secret), createdAt, expiresAt },
  })
  return secret
}

/** Condition for a token that has neither been used nor expired. */
export function usableToken() {
  return { usedAt: null, expiresAt: { gt: new Date() } }
}

/**
 * Uses a token up. To be called in the transaction of what the token is used for.
 *
 * @param where further conditions, its kind among them
 * @returns false if it has been used or has expired, or does not meet the conditions
 */
export async function consumeToken(
  db: TokenDatabase,
  id: string,
  where: NonNullable<Parameters<TokenDatabase['oneTimeToken']['updateMany']>[0]>['where'],
): Promise<boolean> {
  const { count } = await db.oneTimeToken.updateMany({
    where: { ...where, ...usableToken(), id },
    data: { usedAt: new Date() },
  })
  return count === 1
}
