import { actorName, type UserActor } from '@/lib/permissions/permissions'
import type { Transaction } from '@/lib/database/client'
import { loadProposalLink, type LinkActor } from './proposal-links'

/** Somebody who may propose a change: a member, or somebody with an e-mailed link. */
export type Proposer = UserActor | LinkActor

/**
 * The address to which the answer to a proposal is sent.
 *
 * @returns null if the user is disabled, or the link is not valid any more
 */
export async function replyAddressOf(tx: Transaction, actor: Proposer): Promise<string | null> {
  if (actor.kind === 'link') return (await loadProposalLink(tx, actor))?.email ?? null
  const user = await tx.user.findFirst({
    where: { id: actor.id, disabledAt: null },
    select: { email: true },
  })
  return user?.email ?? null
}

/**
 * Condition for the proposals of the same author. Several links that were sent to one address count as
 * one author.
 */
export function authoredBy(actor: Proposer, email: string) {
  return actor.kind === 'link'
    ? { author: { startsWith: 'link:' }, authorEmail: email }
    : { author: actorName(actor) }
}
