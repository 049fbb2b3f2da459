import { randomUUID } from 'node:crypto'
import { reader, writer, type Transaction } from '@/lib/database/client'

/** Stands in the outbox where a mail has its text: nobody is written to yet. */
export const RESET_REQUEST_TEMPLATE = 'resetRequest'

/**
 * Puts down that a new password was asked for at an address: one row, whoever has that address, so
 * that the time it takes tells nothing. It is answered with the next round of the mails.
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
 * Answers what was put down, each once: of several processes the one that takes it away does, in the
 * same transaction.
 *
 * @returns how many were answered
 */
export async function drainResetQueue(
  answer: (tx: Transaction, email: string) => Promise<void>,
): Promise<number> {
  const waiting = await reader().outboxMail.findMany({
    where: { template: RESET_REQUEST_TEMPLATE, sentAt: null, failedAt: null },
    orderBy: { createdAt: 'asc' },
    select: { id: true, recipient: true },
  })
  let answered = 0
  for (const { id, recipient } of waiting) {
    answered += await writer().$transaction(async (tx) => {
      const { count } = await tx.outboxMail.deleteMany({ where: { id } })
      if (count === 1) await answer(tx, recipient)
      return count
    })
  }
  return answered
}
