import { reader, type PrismaClient } from '@/lib/database/client'
import { lastAutoincrement } from '@/lib/database/sql'
import { auditHash } from './record'

/** The first place where a chain is not what was written. */
export type ChainBreak = {
  /** Number of the entry that is wrong, or missing. */
  number: number
  /** It is not there; or it does not hold what its hash was made of; or it follows another entry. */
  fault: 'missing' | 'changed' | 'unlinked'
}

export type AuditVerification = { ok: true; checked: number } | { ok: false; broken: ChainBreak }

const BATCH_SIZE = 1000

/**
 * Walks the whole audit log, a thousand entries at a time, and says which entry is the first that is
 * missing, was changed or follows another one than it says. Entries taken away at the end are noticed
 * too: the database remembers the last number it gave.
 *
 * @param client reads a copy, where it is not this environment's database that is meant
 */
export async function verifyAudit(client: PrismaClient = reader()): Promise<AuditVerification> {
  // Read first: what is appended meanwhile is no fault.
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
