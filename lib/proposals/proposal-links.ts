import { createHash, randomBytes } from 'node:crypto'
import type { Actor } from '@/lib/permissions/permissions'
import { reader, type Transaction } from '@/lib/database/client'
import { env } from '@/lib/env'
import { localePath } from '@/lib/i18n/navigation'
import type { Locale } from '@/lib/i18n/routing'

/** How long a link is good by which a change can be proposed without an account. */
export const PROPOSAL_LINK_DAYS = 14

const DAY = 24 * 60 * 60 * 1000

/** Whoever opened a mailed link. */
export type LinkActor = Extract<Actor, { kind: 'link' }>

function hashToken(secret: string): string {
  return createHash('sha256').update(secret).digest('hex')
}

/**
 * Makes a link by which a change to one organisation can be proposed, good for one proposal. What is
 * kept is the hash of its secret.
 *
 * @param link.createdBy as `actorName` gives it
 * @returns the secret: 32 random bytes, base64url
 */
export async function createProposalLink(
  tx: Transaction,
  link: { organisationId: string; email: string; createdBy: string },
): Promise<string> {
  const secret = randomBytes(32).toString('base64url')
  const now = new Date()
  await tx.oneTimeToken.createMany({
    data: {
      ...link,
      id: hashToken(secret),
      kind: 'proposal',
      createdAt: now,
      expiresAt: new Date(now.getTime() + PROPOSAL_LINK_DAYS * DAY),
    },
  })
  return secret
}

/** The whole address of a link by which a change can be proposed. */
export function proposalLinkUrl(locale: Locale, secret: string): string {
  return `${env.PUBLIC_ORIGIN}${localePath(locale, `/propose/${secret}`)}`
}

const validLink = () => ({ kind: 'proposal' as const, usedAt: null, expiresAt: { gt: new Date() } })

/**
 * Who opens a link: an actor of its own for the one organisation. Opening it does not use it up.
 *
 * @returns null where the link was used, is too old or never was: nobody learns which
 */
export async function findLinkActor(secret: string): Promise<LinkActor | null> {
  const link = await reader().oneTimeToken.findFirst({
    where: { ...validLink(), id: hashToken(secret) },
    select: { id: true, organisationId: true },
  })
  if (!link || link.organisationId === null) return null
  return { kind: 'link', id: link.id, organisation: link.organisationId }
}

/** Tells whether a link was ever made, good or not: whoever had it may see again what they typed. */
export async function isKnownToken(secret: string): Promise<boolean> {
  const link = await reader().oneTimeToken.findFirst({
    where: { id: hashToken(secret), kind: 'proposal' },
    select: { id: true },
  })
  return link !== null
}

/** Where a link was sent, while it is good; null where it is not, or is for another organisation. */
export async function loadProposalLink(
  tx: Pick<Transaction, 'oneTimeToken'>,
  actor: LinkActor,
): Promise<{ email: string } | null> {
  const link = await tx.oneTimeToken.findFirst({
    where: { ...validLink(), id: actor.id, organisationId: actor.organisation },
    select: { email: true },
  })
  return link?.email ? { email: link.email } : null
}

/** Uses a link up, in the transaction of what it is used for; false where it is not good any more. */
export async function consumeProposalLink(tx: Transaction, actor: LinkActor): Promise<boolean> {
  const { count } = await tx.oneTimeToken.updateMany({
    where: { ...validLink(), id: actor.id, organisationId: actor.organisation },
    data: { usedAt: new Date() },
  })
  return count === 1
}
