import type { UserActor } from '@/lib/permissions/permissions'
import { writer, type Transaction } from '@/lib/database/client'
import type { CommandOk, CommandResult } from './result'

/** How long a form that was received is recognised when it is sent again, in milliseconds. */
const IDEMPOTENCY_TTL = 7 * 24 * 60 * 60 * 1000

/**
 * Finds the result of a form that was received before.
 *
 * @param key as `idempotencyKeyOf` makes it
 * @returns null if this user has not sent the form before
 */
export async function findPreviousResult(actor: UserActor, key: string): Promise<CommandOk | null> {
  const previous = await writer().idempotencyKey.findFirst({ where: { id: key, userId: actor.id } })
  return previous && (JSON.parse(previous.outcome) as CommandOk)
}

/**
 * Runs a command once for each form: if the same form was received before, its result is returned and
 * the command does not run. Only a success is remembered, so a form that failed can be corrected and
 * sent again.
 *
 * @param key as `idempotencyKeyOf` makes it
 * @returns the result of the command; `denied` if somebody else has sent this form
 */
export async function withIdempotency(
  tx: Transaction,
  actor: UserActor,
  key: string,
  run: () => Promise<CommandResult>,
): Promise<CommandResult> {
  const previous = await tx.idempotencyKey.findUnique({ where: { id: key } })
  if (previous) {
    if (previous.userId !== actor.id) return { ok: false, reason: 'denied' }
    return JSON.parse(previous.outcome) as CommandOk
  }
  const result = await run()
  if (!result.ok) return result
  const receivedAt = new Date()
  await tx.idempotencyKey.deleteMany({
    where: { receivedAt: { lt: new Date(receivedAt.getTime() - IDEMPOTENCY_TTL) } },
  })
  await tx.idempotencyKey.createMany({
    data: { id: key, userId: actor.id, outcome: JSON.stringify(result), receivedAt },
  })
  return result
}
