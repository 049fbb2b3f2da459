import { reader, type PrismaClient } from '@/lib/database/client'
import { lastAutoincrement } from '@/lib/database/sql'
import { auditHash } from './record'

/** The first place where a hash chain does not verify. */
export type ChainBreak = {
  /** Number of the wrong or missing entry. */
  number: number
  /** The entry is missing, its content does not match its hash, or its previous hash is not the one before. */
  fault: 'missing' | 'changed' | 'unlinked'
}

export type AuditVerification = { ok: true; checked: number } | { ok: false; broken: ChainBreak }

const BATCH_SIZE = 1000

/**
 * Verifies the hash chain of the whole audit log, 1,000 entries at a time. Entries deleted at the end are
 * detected too, because the database remembers the last number it assigned.
 *
 * @param client to verify a copy instead of the database in use
 * @returns how many entries were checked; or the first break of the chain
 */
export async function verifyAudit(client: PrismaClient = reader()): Promise<AuditVerification> {
  // Read first, so that entries appended meanwhile do not count as missing.
  const lastGiven = await lastAutoincrement(client, 'AuditEntry')
  let number = 0
  let previousHash: string | null = null
  for (;;) {
    const entries = await client.auditEntry.findMany({
      where: { number: { gt: number } },
      orderBy: { number: 'asc' },
      take: BATCH_SIZE,
    })
    for (const entry of entries) {
      const broken = (fault: ChainBreak['fault'], at = entry.number) =>
        ({ ok: false, broken: { number: at, fault } }) as const
      if (entry.number !== number + 1) return broken('missing', number + 1)
      if (entry.previousHash !== previousHash) return broken('unlinked')
      if (entry.hash !== auditHash(entry)) return broken('changed')
      number = entry.number
      previousHash = entry.hash
    }
    if (entries.length < BATCH_SIZE) break
  }
  if (number < lastGiven) return { ok: false, broken: { number: number + 1, fault: 'missing' } }
  return { ok: true, checked: number }
}
