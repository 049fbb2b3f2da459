import { verifyAudit, type AuditVerification } from '@/lib/audit/verify'
import { openCopyReadOnly } from '@/lib/database/client'
import { verifyRevisions, type RevisionVerification } from '@/lib/revisions/verify'

/** Whether both hash chains of a copy verify. */
export type ChainsState = 'intact' | 'broken'

/**
 * Verifies the hash chains of the revisions and of the audit log in a copy of the database.
 *
 * @param file absolute path of a database with this program's migrations
 * @throws if the copy cannot be read
 */
export async function verifyChains(file: string): Promise<ChainsState> {
  const client = openCopyReadOnly(file)
  try {
    const audit: AuditVerification = await verifyAudit(client)
    const revisions: RevisionVerification = await verifyRevisions(client)
    return audit.ok && revisions.ok ? 'intact' : 'broken'
  } finally {
    await client.$disconnect()
  }
}
