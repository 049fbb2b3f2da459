import { reader, type PrismaClient } from '@/lib/database/client'
import { TOMBSTONE, contentHashOf, revisionHash } from './record'

/** The first revision at which the hash chain of an organisation is broken. */
export type RevisionChainBreak = {
  organisationId: string
  number: number
  /**
   * `missing`: there is no such revision. `changed`, `contentChanged`: data or content do not match their
   * hash. `unlinked`: it does not follow the revision before it. `erasedWithoutRecord`: its content was
   * erased but no erasure is on record.
   */
  fault: 'missing' | 'changed' | 'unlinked' | 'contentChanged' | 'erasedWithoutRecord'
}

export type RevisionVerification =
  { ok: true; checked: number; organisations: number } | { ok: false; broken: RevisionChainBreak }

/** Rows held in memory at once; a revision contains a whole profile. */
const BATCH_SIZE = 200

/**
 * Verifies the hash chains of the revisions of all organisations, and reports the first break.
 *
 * @param client to verify a copy instead of this environment's database
 */
export async function verifyRevisions(
  client: PrismaClient = reader(),
): Promise<RevisionVerification> {
  let checked = 0
  let organisations = 0
  for (let after = ''; ;) {
    const found = await client.organisation.findMany({
      where: { id: { gt: after } },
      orderBy: { id: 'asc' },
      select: { id: true, version: true },
      take: BATCH_SIZE,
    })
    for (const { id, version } of found) {
      const chain = await verifyChain(client, id, version)
      if (!chain.ok) return chain
      checked += chain.checked
      organisations += 1
      after = id
    }
    if (found.length < BATCH_SIZE) return { ok: true, checked, organisations }
  }
}

/** @param version the organisation's when it was read; later revisions may have been added since */
async function verifyChain(
  client: PrismaClient,
  organisationId: string,
  version: number,
): Promise<Extract<RevisionVerification, { ok: false }> | { ok: true; checked: number }> {
  let number = 0
  let previousHash: string | null = null
  let isErased: boolean | null = null
  const broken = (fault: RevisionChainBreak['fault'], at: number) =>
    ({ ok: false, broken: { organisationId, number: at, fault } }) as const
  for (;;) {
    const revisions = await client.revision.findMany({
      where: { organisationId, number: { gt: number } },
      orderBy: { number: 'asc' },
      take: BATCH_SIZE,
    })
    for (const revision of revisions) {
      if (revision.number !== number + 1) return broken('missing', number + 1)
      if (revision.previousHash !== previousHash) return broken('unlinked', revision.number)
      if (revision.hash !== revisionHash({ ...revision, at: revision.createdAt })) {
        return broken('changed', revision.number)
      }
      if (revision.contentHash !== contentHashOf(revision.content)) {
        if (revision.content !== TOMBSTONE) return broken('contentChanged', revision.number)
        isErased ??= (await client.erasure.count({ where: { organisationId } })) > 0
        if (!isErased) return broken('erasedWithoutRecord', revision.number)
      }
      number = revision.number
      previousHash = revision.hash
    }
    if (revisions.length < BATCH_SIZE) break
  }
  return number < version ? broken('missing', number + 1) : { ok: true, checked: number }
}
