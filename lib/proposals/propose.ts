import { randomUUID } from 'node:crypto'
import { actorName, can } from '@/lib/permissions/permissions'
import { subjectOf } from '@/lib/permissions/subject'
import { recordAudit } from '@/lib/audit/record'
import { writer, type Transaction } from '@/lib/database/client'
import { parseLocale } from '@/lib/i18n/navigation'
import type { Locale } from '@/lib/i18n/routing'
import { queueMail } from '@/lib/mail/outbox'
import { changedFields } from '@/lib/organisations/changed-fields'
import { loadRevisionContent } from '@/lib/organisations/load-content'
import { invalidInput, type InvalidInput } from '@/lib/organisations/result'
import { profileContentSchema } from '@/lib/organisations/schema'
import { loadStoredProfile, type StoredProfile } from '@/lib/organisations/stored'
import { messageSchema } from './message'
import { consumeProposalLink } from './proposal-links'
import { authoredBy, replyAddressOf, type Proposer } from './proposer'
import { deny, pageUrl, type Denied } from './result'

export type ProposalInput = {
  /** Id of the organisation. */
  id: string
  /** The profile's version that the proposal was made from. */
  baseVersion: number
  /** The whole proposed content, in the shape of `profileContentSchema`; anything else is refused. */
  content: unknown
  /** To the reviewers; may be empty. */
  message: string
  /** Language of the mails that answer the proposal. */
  locale: Locale
}

export type ProposeError =
  | Denied
  | InvalidInput
  /** There is no such version of the profile any more: the form has to be opened again. */
  | { ok: false; reason: 'stale'; version: number }
  /** Nothing differs from the base version. */
  | { ok: false; reason: 'unchanged' }
  /** The link has been used in the meantime, or has expired. */
  | { ok: false; reason: 'linkUsed' }

/**
 * Proposes a change. The profile stays as it is until a reviewer accepts it. A proposal of the same
 * author for the same organisation that is not decided yet is replaced, and kept as an earlier version of
 * the new one. An e-mailed link is used up. The answer goes to the stored address of the user or link,
 * never to one from a form.
 *
 * Reviewers get a mail unless the replaced proposal was already waiting for them.
 */
export async function propose(
  actor: Proposer,
  input: ProposalInput,
): Promise<{ ok: true; proposalId: string } | ProposeError> {
  const content = profileContentSchema.safeParse(input.content)
  const message = messageSchema.safeParse(input.message)
  return writer().$transaction(async (tx) => {
    const profile = await loadStoredProfile(tx, input.id)
    const email = await replyAddressOf(tx, actor)
    // An invalid link must not tell whether there is such a profile.
    if (email === null && actor.kind === 'link') return { ok: false, reason: 'linkUsed' }
    if (!profile || !can(actor, 'propose', subjectOf(profile)) || email === null) {
      return deny(tx, actor, 'propose', profile)
    }
    if (!content.success) return invalidInput(content.error)
    if (!message.success) return invalidInput(message.error, ['message'])
    const base = await loadRevisionContent(tx, profile.id, input.baseVersion)
    if (base === null) return { ok: false, reason: 'stale', version: profile.version }
    const changes = changedFields(base, content.data)
    if (changes.length === 0) return { ok: false, reason: 'unchanged' }
    if (!can(actor, 'propose', subjectOf(profile), changes)) {
      return deny(tx, actor, 'propose', profile)
    }
    if (actor.kind === 'link' && !(await consumeProposalLink(tx, actor))) {
      return { ok: false, reason: 'linkUsed' }
    }
    const { proposalId, wasWaiting } = await saveProposal(tx, actor, email, profile.id, {
      baseVersion: input.baseVersion,
      content: JSON.stringify(content.data),
      authorLocale: input.locale,
      message: message.data,
    })
    await recordAudit(tx, {
      actor: actorName(actor),
      action: 'proposalCreated',
      subject: profile.id,
      detail: { fields: changes.length },
    })
    if (!wasWaiting) await notifyReviewers(tx, profile, proposalId)
    return { ok: true, proposalId }
  })
}

/** Replaces the author's undecided proposal for the organisation, or inserts a new one. */
async function saveProposal(
  tx: Transaction,
  actor: Proposer,
  email: string,
  organisationId: string,
  proposal: { baseVersion: number; content: string; authorLocale: string; message: string },
): Promise<{ proposalId: string; wasWaiting: boolean }> {
  const now = new Date()
  const row = {
    ...proposal,
    author: actorName(actor),
    authorEmail: email,
    status: 'waiting' as const,
    updatedAt: now,
    // A question that was asked is answered by this, and stays with the version that it was about.
    ...{ answer: null, decidedAt: null, decidedBy: null },
  }
  const undecided = await tx.proposal.findFirst({
    where: {
      organisationId,
      status: { in: ['waiting', 'returned'] },
      ...authoredBy(actor, email),
    },
    include: { _count: { select: { versions: true } } },
  })
  if (undecided) {
    const { baseVersion, content, message, answer } = undecided
    const isSentTwice =
      undecided.status === 'waiting' && content === row.content && message === row.message
    if (isSentTwice) return { proposalId: undecided.id, wasWaiting: true }
    const number = undecided._count.versions + 1
    await tx.proposalVersion.createMany({
      data: {
        ...{ proposalId: undecided.id, number, baseVersion, content, message, answer },
        createdAt: now,
      },
    })
    await tx.proposal.updateMany({ where: { id: undecided.id }, data: row })
    return { proposalId: undecided.id, wasWaiting: undecided.status === 'waiting' }
  }
  const id = randomUUID()
  await tx.proposal.createMany({ data: { ...row, id, organisationId, createdAt: now } })
  return { proposalId: id, wasWaiting: false }
}

/** Mails the editors of the region or, if it has none, the administrators. */
async function notifyReviewers(
  tx: Transaction,
  profile: StoredProfile,
  proposalId: string,
): Promise<void> {
  const select = { email: true, locale: true } as const
  const { region } = profile
  const editors =
    region === null || profile.status === 'withdrawn'
      ? []
      : await tx.user.findMany({
          where: { role: 'editor', disabledAt: null, regions: { some: { region } } },
          select,
        })
  const reviewers =
    editors.length > 0
      ? editors
      : await tx.user.findMany({ where: { role: 'administrator', disabledAt: null }, select })
  for (const reviewer of reviewers) {
    const locale = parseLocale(reviewer.locale)
    await queueMail(tx, {
      recipient: reviewer.email,
      locale,
      template: 'proposalReceived',
      values: {
        organisation: profile.name,
        link: pageUrl(locale, `/admin/proposals/${proposalId}`),
      },
    })
  }
}
