import { writer } from '@/lib/db/client'
import { truncateLog } from '@/lib/db/truncate-log'
import { giveUpOldMail } from './outbox'

const DAY = 24 * 60 * 60 * 1000
/** What somebody typed and left, and what tells a form that was sent twice. */
const KEPT = 30 * DAY
/** What was typed by a link that somebody had used already: time enough to copy it. */
const DRAFT_OF_USED_LINK = 60 * 60 * 1000

/**
 * Deletes what has run out: links, codes, sessions, counted attempts, forms, and the empty covers of
 * mails; then empties the write-ahead log of it.
 */
export async function cleanUp(now: Date): Promise<void> {
  const old = { lt: new Date(now.getTime() - KEPT) }
  const expired = { expiresAt: { lt: now } }
  await giveUpOldMail(now)
  await writer().accessLink.deleteMany({ where: expired })
  await writer().verification.deleteMany({ where: expired })
  await writer().session.deleteMany({ where: expired })
  await writer().rateLimiterFlexible.deleteMany({ where: { expire: { lt: now } } })
  await writer().receivedForm.deleteMany({ where: { receivedAt: old } })
  await writer().keptForm.deleteMany({ where: { updatedAt: old } })
  await writer().keptForm.deleteMany({
    where: {
      link: { usedAt: { not: null } },
      updatedAt: { lt: new Date(now.getTime() - DRAFT_OF_USED_LINK) },
    },
  })
  await writer().outboxMail.deleteMany({ where: { OR: [{ sentAt: old }, { failedAt: old }] } })
  await truncateLog()
}
