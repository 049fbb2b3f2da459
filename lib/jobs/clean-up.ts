import { writer } from '@/lib/database/client'
import { truncateLog } from '@/lib/database/checkpoint-wal'
import { expireOldMail } from '@/lib/mail/outbox'

const DAY = 24 * 60 * 60 * 1000
/** What somebody typed and left, and what tells a form that was sent twice. */
const RETENTION_MS = 30 * DAY

/**
 * Deletes what has run out: links, codes, sessions, counted attempts, forms, and the empty covers of
 * mails; then empties the write-ahead log of it.
 */
export async function deleteExpired(now: Date): Promise<void> {
  const old = { lt: new Date(now.getTime() - RETENTION_MS) }
  const expired = { expiresAt: { lt: now } }
  await expireOldMail(now)
  await writer().oneTimeToken.deleteMany({ where: expired })
  await writer().verification.deleteMany({ where: expired })
  await writer().session.deleteMany({ where: expired })
  await writer().rateLimiterFlexible.deleteMany({ where: { expire: { lt: now } } })
  await writer().idempotencyKey.deleteMany({ where: { receivedAt: old } })
  await writer().formDraft.deleteMany({ where: { updatedAt: old } })
  await writer().outboxMail.deleteMany({ where: { OR: [{ sentAt: old }, { failedAt: old }] } })
  await truncateLog()
}
