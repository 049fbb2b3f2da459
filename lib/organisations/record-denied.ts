import { actorName, type Action, type Actor } from '@/lib/permissions/permissions'
import { recordAudit } from '@/lib/audit/record'
import type { Transaction } from '@/lib/database/client'
import { log } from '@/lib/log'

/**
 * Refuses, and leaves a trace that is committed with nothing else: in the audit log for people and
 * mailed links. Strangers must not be able to fill that, and programs are refused by their makers.
 */
export async function recordDenied(
  tx: Transaction,
  actor: Actor,
  act: Action,
  subject: string | null,
): Promise<{ ok: false; reason: 'denied' }> {
  if (actor.kind === 'user' || actor.kind === 'link') {
    await recordAudit(tx, {
      actor: actorName(actor),
      action: 'permissionDenied',
      subject,
      detail: { act },
    })
  } else {
    log.warn({ event: 'permissionDenied', reason: act, name: actorName(actor) })
  }
  return { ok: false, reason: 'denied' }
}
