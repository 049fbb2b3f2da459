import { randomUUID } from 'node:crypto'
import { reader, writer, type Transaction } from '@/lib/database/client'

/** Placeholder template of a request; the mail itself is rendered when the request is processed. */
export const RESET_REQUEST_TEMPLATE = 'resetRequest'

/**
 * Stores a request for a new password. It writes one row whether the address has an account or not, so
 * that the time it takes reveals nothing. The mail job processes it.
 *
 * @param email in lower case
 */
export async function queuePasswordReset(email: string): Promise<void> {
  const now = new Date()
  await writer().outboxMail.createMany({
    data: {
      ...{
        id: randomUUID(),
        template: RESET_REQUEST_TEMPLATE,
        recipient: email,
        locale: '',
        values: '{}',
      },
      ...{ createdAt: now, nextAttemptAt: now },
    },
  })
}

/**
 * Processes the stored requests, each once: the process that deletes the row handles it, in the same
 * transaction.
 *
 * @param handle called with the transaction and the e-mail of each request
 * @returns how many were processed
 */
export async function drainResetQueue(
  handle: (tx: Transaction, email: string) => Promise<void>,
): Promise<number> {
  const waiting = await reader().outboxMail.findMany({
    where: { template: RESET_REQUEST_TEMPLATE, sentAt: null, failedAt: null },
    orderBy: { createdAt: 'asc' },
    select: { id: true, recipient: true },
  })
  let processed = 0
  for (const { id, recipient } of waiting) {
    processed += await writer().$transaction(async (tx) => {
      const { count } = await tx.outboxMail.deleteMany({ where: { id } })
      if (count === 1) await handle(tx, recipient)
      return count
    })
  }
  return processed
}
