import { actorName, type Action, type Actor } from '@/lib/permissions/permissions'
import { recordAudit } from '@/lib/audit/record'
import type { Transaction } from '@/lib/database/client'
import { log } from '@/lib/log'

/**
 * Records that an action was denied: in the audit log for users and e-mailed links, otherwise in the
 * application log, because strangers must not be able to fill the audit log.
 *
 * @param subject id of the organisation; null if there is none
 * @returns the result that the command hands back; the caller must write nothing else in `tx`
 */
export async function recordDenied(
  tx: Transaction,
  actor: Actor,
  action: Action,
  subject: string | null,
): Promise<{ ok: false; reason: 'denied' }> {
  if (actor.kind === 'user' || actor.kind === 'link') {
    await recordAudit(tx, {
      actor: actorName(actor),
      action: 'permissionDenied',
      subject,
      detail: { act: action },
    })
  } else {
    log.warn({ event: 'permissionDenied', reason: action, name: actorName(actor) })
  }
  return { ok: false, reason: 'denied' }
}
