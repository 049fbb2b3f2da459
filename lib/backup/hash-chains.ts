import { verifyAudit, type AuditVerification } from '@/lib/audit/verify'
import { openCopyReadOnly } from '@/lib/database/client'
import { verifyRevisions, type RevisionVerification } from '@/lib/revisions/verify'

/** Whether the chains of hashes of a copy hold. */
export type ChainsState = 'intact' | 'broken'

/**
 * Walks the chains of hashes of revisions and of the audit log in a copy of the database.
 *
 * @param file absolute path of a database with this program's migrations
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
