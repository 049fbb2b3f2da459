import { createHash } from 'node:crypto'
import type { Transaction } from '@/lib/database/client'
import { insert } from '@/lib/database/sql'

/** Version of the snapshots' JSON format. */
export const SNAPSHOT_FORMAT = 1

/** Replaces the content of an erased revision. Triggers allow no other update of a revision. */
export const TOMBSTONE = '{"erased":true}'

type NewRevision = {
  organisationId: string
  /** The organisation's version after the change; from 1. */
  number: number
  /** As `actorName` gives it. */
  actor: string
  /** A code (`import`, `list`, …) or the actor's own words. */
  reason: string
  at: Date
  /** The whole profile after the change; stored as JSON. */
  snapshot: unknown
}

/**
 * Appends a revision in the transaction of the change itself. Each revision's hash covers its own
 * data, the hash of its content and the hash before it, so that the chain still verifies after the
 * content has been erased on request.
 */
export async function recordRevision(tx: Transaction, revision: NewRevision): Promise<void> {
  const { organisationId, number, actor, reason, at } = revision
  const content = JSON.stringify(revision.snapshot)
  const contentHash = contentHashOf(content)
  const previous =
    number === 1
      ? null
      : await tx.revision.findUnique({
          where: { organisationId_number: { organisationId, number: number - 1 } },
          select: { hash: true },
        })
  const previousHash = previous?.hash ?? null
  await insert(tx, 'Revision', [
    {
      organisationId,
      number,
      actor,
      reason,
      createdAt: at,
      format: SNAPSHOT_FORMAT,
      content,
      contentHash,
      previousHash,
      hash: revisionHash({ organisationId, number, actor, at, contentHash, previousHash }),
    },
  ])
}

/**
 * Replaces the content of every revision by a tombstone, and its reason, which may be somebody's own
 * words. Triggers allow this only if the erasure is on record. The hash chain can still be verified.
 *
 * @returns how many revisions there are
 */
export async function eraseRevisions(tx: Transaction, organisationId: string): Promise<number> {
  const { count } = await tx.revision.updateMany({
    where: { organisationId },
    data: { content: TOMBSTONE, reason: 'erased' },
  })
  return count
}

type ChainLink = {
  organisationId: string
  number: number
  actor: string
  at: Date
  contentHash: string
  previousHash: string | null
}

/** The hash of a revision (SHA-256, hex): over its data and the hash of the revision before it. */
export function revisionHash(link: ChainLink): string {
  return sha256(
    JSON.stringify([
      SNAPSHOT_FORMAT,
      link.organisationId,
      link.number,
      link.actor,
      link.at.toISOString(),
      link.contentHash,
      link.previousHash,
    ]),
  )
}

/** The hash of a revision's stored content (SHA-256, hex). */
export function contentHashOf(content: string): string {
  return sha256(content)
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}
