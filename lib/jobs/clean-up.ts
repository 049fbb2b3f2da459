import { writer } from '@/lib/database/client'
import { truncateLog } from '@/lib/database/checkpoint-wal'
import { expireOldMail } from '@/lib/mail/outbox'

const DAY = 24 * 60 * 60 * 1000
/** In milliseconds: how long drafts, idempotency keys and finished mails are stored. */
const RETENTION_MS = 30 * DAY
/** In milliseconds: how long a draft of a used link is stored, so that it can still be copied. */
const USED_LINK_DRAFT_MS = 60 * 60 * 1000

/**
 * Deletes expired rows: links, codes, sessions, counted attempts, drafts, idempotency keys and mails that
 * are sent or have failed. Then truncates the write-ahead log, which still holds the deleted data.
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
  await writer().formDraft.deleteMany({
    where: {
      link: { usedAt: { not: null } },
      updatedAt: { lt: new Date(now.getTime() - USED_LINK_DRAFT_MS) },
    },
  })
  await writer().outboxMail.deleteMany({ where: { OR: [{ sentAt: old }, { failedAt: old }] } })
  await truncateLog()
}
