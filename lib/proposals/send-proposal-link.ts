import { z } from 'zod'
import { actorName, can, type Actor } from '@/lib/permissions/permissions'
import { subjectOf } from '@/lib/permissions/subject'
import { recordAudit } from '@/lib/audit/record'
import { writer, type Transaction } from '@/lib/database/client'
import type { Locale } from '@/lib/i18n/routing'
import { queueMail } from '@/lib/mail/outbox'
import { createProposalLink, proposalLinkUrl } from './proposal-links'
import { findReviewable, type Denied } from './result'

/** How many links may be sent for one organisation within a day. */
export const MAX_LINKS_PER_DAY = 5
const DAY_MS = 24 * 60 * 60 * 1000

const emailSchema = z.email().max(254)

export type SendLinkError =
  | Denied
  /**
   * `notAnEmail`: the address is not valid; `withdrawn`: nothing can be proposed for this organisation;
   * `tooMany`: `MAX_LINKS_PER_DAY` were sent for it today.
   */
  | { ok: false; reason: 'notAnEmail' | 'withdrawn' | 'tooMany' }

/**
 * E-mails somebody without an account a link for proposing a change to one organisation: once, within
 * two weeks.
 *
 * @param request.locale language of the mail and of the page that the link opens
 * @returns the absolute URL, for the actor to pass on if the site sends no mail
 */
export async function sendProposalLink(
  actor: Actor,
  request: { id: string; email: string; locale: Locale },
): Promise<{ ok: true; link: string } | SendLinkError> {
  const { id, locale } = request
  return writer().$transaction(async (tx) => {
    const reviewable = await findReviewable(tx, actor, id)
    if (!reviewable.ok) return reviewable
    const { profile } = reviewable
    const email = emailSchema.safeParse(request.email.trim().toLowerCase())
    if (!email.success) return { ok: false, reason: 'notAnEmail' }
    // Do not send a link that could propose nothing.
    const recipient = { kind: 'link', id: '', organisation: id } as const
    if (!can(recipient, 'propose', subjectOf(profile))) return { ok: false, reason: 'withdrawn' }
    const sent = await tx.oneTimeToken.count({
      where: {
        organisationId: id,
        kind: 'proposal',
        createdAt: { gt: new Date(Date.now() - DAY_MS) },
      },
    })
    if (sent >= MAX_LINKS_PER_DAY) return { ok: false, reason: 'tooMany' }
    const link = await issueLink(tx, actor, id, email.data, locale)
    await queueMail(tx, {
      recipient: email.data,
      locale,
      template: 'proposalLink',
      values: { organisation: profile.name, link },
    })
    return { ok: true, link }
  })
}

/**
 * Creates a link for proposing a change and records it in the audit log. The caller has checked
 * permissions and sends the mail.
 *
 * @returns its absolute URL
 */
export async function issueLink(
  tx: Transaction,
  actor: Actor,
  organisationId: string,
  email: string,
  locale: Locale,
): Promise<string> {
  const createdBy = actorName(actor)
  const secret = await createProposalLink(tx, { organisationId, email, createdBy })
  await recordAudit(tx, {
    actor: createdBy,
    action: 'linkCreated',
    subject: organisationId,
    detail: { kind: 'proposal' },
  })
  return proposalLinkUrl(locale, secret)
}
