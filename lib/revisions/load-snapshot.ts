import type { Transaction } from '@/lib/database/client'
import { parseSnapshot, type Snapshot } from './snapshot'

/**
 * Reads the content of one revision of an organisation. The caller has checked that it may be read.
 *
 * @param number of the revision; a number that no revision can have is allowed
 * @returns null if there is no such revision, or its content was erased
 */
export async function loadSnapshot(
  db: Pick<Transaction, 'revision'>,
  organisationId: string,
  number: number,
): Promise<Snapshot | null> {
  // SQLite stores larger integers, but Prisma refuses to look them up.
  if (!Number.isInteger(number) || number < 1 || number >= 2 ** 31) return null
  const row = await db.revision.findUnique({
    where: { organisationId_number: { organisationId, number } },
    select: { format: true, content: true },
  })
  const snapshot = row ? parseSnapshot(row) : 'erased'
  return snapshot === 'erased' ? null : snapshot
}
