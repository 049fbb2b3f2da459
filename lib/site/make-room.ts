import { writer } from '@/lib/database/client'
import { restartSequence, withoutTriggers } from '@/lib/database/without-triggers'
import { incrementContentVersion } from '@/lib/database/content-version'
import { removeDemoProfiles } from '@/lib/organisations/remove'
import type { Fitting } from './compare'

/** What was invented may be taken away by whoever invents. */
const DEMO = { kind: 'system', name: 'demo' } as const

/**
 * Takes away what gives way to a whole site: organisations invented for demonstration, and the first
 * page as the first start has put it there, with its one audit entry. A history that begins with them
 * could not go on with the one of the file.
 *
 * @returns false where somebody has touched the first page meanwhile: it stays
 */
export async function makeRoom({
  seed,
  fictional,
}: Extract<Fitting, { ok: true }>): Promise<boolean> {
  if (fictional > 0) {
    const removed = await removeDemoProfiles(DEMO)
    if (!removed.ok) throw new Error(removed.reason)
  }
  if (seed === null) return true
  return writer().$transaction(async (tx) => {
    // Asked again, of the rows that go: nobody has touched it meanwhile.
    const isUntouched =
      (await tx.organisation.count({ where: { id: seed, version: 1, fictional: false } })) === 1 &&
      (await tx.revision.count({ where: { organisationId: seed, NOT: { number: 1 } } })) === 0 &&
      (await tx.auditEntry.count({ where: { NOT: { actor: 'system:import', subject: seed } } })) ===
        0
    if (!isUntouched) return false
    await withoutTriggers(
      tx,
      ['Revision_refuses_delete', 'AuditEntry_refuses_delete'],
      async () => {
        await tx.revision.deleteMany({ where: { organisationId: seed } })
        await tx.organisation.deleteMany({ where: { id: seed } })
        await tx.auditEntry.deleteMany({ where: { actor: 'system:import', subject: seed } })
        await restartSequence(tx, 'AuditEntry', 0)
      },
    )
    await incrementContentVersion(tx)
    return true
  })
}
