import { createHash, randomBytes } from 'node:crypto'
import type { Actor } from '@/lib/access/rules'
import { reader, type Transaction } from '@/lib/db/client'
import { env } from '@/lib/env'
import { localePath } from '@/lib/i18n/navigation'
import type { Locale } from '@/lib/i18n/routing'

/** How long a link is good by which a change can be proposed without an account. */
export const PROPOSAL_LINK_DAYS = 14

const DAY = 24 * 60 * 60 * 1000

/** Whoever opened a mailed link. */
export type LinkActor = Extract<Actor, { kind: 'link' }>

/** The id that a link has in the database: the SHA-256 of its secret, hex. */
export function linkId(secret: string): string {
  return createHash('sha256').update(secret).digest('hex')
}

/**
 * Makes a link by which a change to one organisation can be proposed, good for one proposal. What is
 * kept is the hash of its secret.
 *
 * @param link.createdBy as `actorName` gives it
 * @returns the secret: 32 random bytes, base64url
 */
export async function makeProposalLink(
  tx: Transaction,
  link: { organisationId: string; email: string; createdBy: string },
): Promise<string> {
  const secret = randomBytes(32).toString('base64url')
  const now = new Date()
  await tx.accessLink.createMany({
    data: {
      ...link,
      id: linkId(secret),
      kind: 'proposal',
      createdAt: now,
      expiresAt: new Date(now.getTime() + PROPOSAL_LINK_DAYS * DAY),
    },
  })
  return secret
}

/** The whole address of a link by which a change can be proposed. */
export function proposalLinkAddress(locale: Locale, secret: string): string {
  return `${env.PUBLIC_ORIGIN}${localePath(locale, `/propose/${secret}`)}`
}

const good = () => ({ kind: 'proposal' as const, usedAt: null, expiresAt: { gt: new Date() } })

/**
 * Who opens a link: an actor of its own for the one organisation. Opening it does not use it up.
 *
 * @returns null where the link was used, is too old or never was: nobody learns which
 */
export async function openProposalLink(secret: string): Promise<LinkActor | null> {
  const link = await reader().accessLink.findFirst({
    where: { ...good(), id: linkId(secret) },
    select: { id: true, organisationId: true },
  })
  if (!link || link.organisationId === null) return null
  return { kind: 'link', id: link.id, organisation: link.organisationId }
}

/** Tells whether a link was ever made, good or not: whoever had it may see again what they typed. */
export async function wasProposalLink(secret: string): Promise<boolean> {
  const link = await reader().accessLink.findFirst({
    where: { id: linkId(secret), kind: 'proposal' },
    select: { id: true },
  })
  return link !== null
}

/** Where a link was sent, while it is good; null where it is not, or is for another organisation. */
export async function readProposalLink(
  tx: Pick<Transaction, 'accessLink'>,
  actor: LinkActor,
): Promise<{ email: string } | null> {
  const link = await tx.accessLink.findFirst({
    where: { ...good(), id: actor.id, organisationId: actor.organisation },
    select: { email: true },
  })
  return link?.email ? { email: link.email } : null
}

/**
 * Uses a link up and deletes its draft, in the transaction of what it is used for.
 *
 * @returns false if it is not good any more
 */
export async function useProposalLink(tx: Transaction, actor: LinkActor): Promise<boolean> {
  const { count } = await tx.accessLink.updateMany({
    where: { ...good(), id: actor.id, organisationId: actor.organisation },
    data: { usedAt: new Date() },
  })
  if (count === 1) await tx.keptForm.deleteMany({ where: { linkId: actor.id } })
  return count === 1
}
