import { consumeToken, createToken, hashToken, usableToken } from '@/lib/auth/one-time-token'
import type { Actor } from '@/lib/permissions/permissions'
import { reader, type Transaction } from '@/lib/database/client'
import { env } from '@/lib/env'
import { localePath } from '@/lib/i18n/navigation'
import type { Locale } from '@/lib/i18n/routing'

/** How long a link for proposing a change without an account is valid. */
export const PROPOSAL_LINK_DAYS = 14

const MINUTES_PER_DAY = 24 * 60

/** Somebody who opened an e-mailed link. */
export type LinkActor = Extract<Actor, { kind: 'link' }>

/**
 * Creates a link for proposing one change to one organisation.
 *
 * @param link.createdBy as `actorName` gives it
 * @returns the secret of its token, for `proposalLinkUrl`
 */
export async function createProposalLink(
  tx: Transaction,
  link: { organisationId: string; email: string; createdBy: string },
): Promise<string> {
  const lifetimeMinutes = PROPOSAL_LINK_DAYS * MINUTES_PER_DAY
  return createToken(tx, { ...link, kind: 'proposal', lifetimeMinutes })
}

/** The absolute URL of a link for proposing a change. */
export function proposalLinkUrl(locale: Locale, secret: string): string {
  return `${env.PUBLIC_ORIGIN}${localePath(locale, `/propose/${secret}`)}`
}

/**
 * Finds the actor of a link: one that may act on a single organisation. This does not use the link up.
 *
 * @returns null if the link is not valid, for whatever reason
 */
export async function findLinkActor(secret: string): Promise<LinkActor | null> {
  const link = await reader().oneTimeToken.findFirst({
    where: { ...usableToken(), kind: 'proposal', id: hashToken(secret) },
    select: { id: true, organisationId: true },
  })
  if (!link || link.organisationId === null) return null
  return { kind: 'link', id: link.id, organisation: link.organisationId }
}

/** Tells whether a link ever existed: if so, whoever has it may see again what they typed. */
export async function isKnownToken(secret: string): Promise<boolean> {
  const link = await reader().oneTimeToken.findFirst({
    where: { id: hashToken(secret), kind: 'proposal' },
    select: { id: true },
  })
  return link !== null
}

const linkOf = (actor: LinkActor) => ({
  kind: 'proposal' as const,
  organisationId: actor.organisation,
})

/** The address that a link was sent to; null if the link is not valid any more. */
export async function loadProposalLink(
  db: Pick<Transaction, 'oneTimeToken'>,
  actor: LinkActor,
): Promise<{ email: string } | null> {
  const link = await db.oneTimeToken.findFirst({
    where: { ...linkOf(actor), ...usableToken(), id: actor.id },
    select: { email: true },
  })
  return link?.email ? { email: link.email } : null
}

/**
 * Uses a link up and deletes its draft, in the transaction of what it is used for.
 *
 * @returns false if it is not valid any more
 */
export async function consumeProposalLink(tx: Transaction, actor: LinkActor): Promise<boolean> {
  const isConsumed = await consumeToken(tx, actor.id, linkOf(actor))
  if (isConsumed) await tx.formDraft.deleteMany({ where: { linkId: actor.id } })
  return isConsumed
}
