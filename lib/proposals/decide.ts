import { actorName, type Actor } from '@/lib/permissions/permissions'
import { recordAudit } from '@/lib/audit/record'
import { writer, type Transaction } from '@/lib/database/client'
import { parseLocale } from '@/lib/i18n/navigation'
import type { Locale } from '@/lib/i18n/routing'
import { queueMail } from '@/lib/mail/outbox'
import { changedFields, type FieldChange } from '@/lib/organisations/changed-fields'
import { loadRevisionContent } from '@/lib/organisations/load-content'
import {
  invalidInput,
  type CommandError,
  type CommandOk,
  type InvalidInput,
} from '@/lib/organisations/result'
import { saveProfileInTransaction } from '@/lib/organisations/save'
import type { StoredProfile } from '@/lib/organisations/stored'
import { fieldKey } from '@/lib/revisions/diff'
import { mergedContent, parseProposedContent, proposedFields, type ProposalBase } from './accept'
import { messageSchema } from './message'
import { findReviewable, pageUrl, type Denied } from './result'
import { issueLink } from './send-proposal-link'

export type Decision = {
  proposalId: string
  /** `updatedAt` of the proposal that the reviewer has seen: a later version was not reviewed. */
  reviewedAt: Date
  /** To the proposer. */
  answer: string
}

/** Which version of a field to keep if both profile and proposal changed it. */
export type ConflictChoice = 'now' | 'proposed'

export type DecideError =
  | Denied
  | InvalidInput
  /** Somebody else has decided it in the meantime. */
  | { ok: false; reason: 'decided' }
  /** Its author has replaced it since it was read. */
  | { ok: false; reason: 'replaced' }

export type AcceptInput = Decision & {
  /** The profile's version that the reviewer has seen. */
  version: number
  /** `all`, or keys of fields (`country`, `answers.who.fr`); fields with a conflict are ignored here. */
  fields: 'all' | readonly string[]
  /** Which version to keep, by key of each field with a conflict. */
  choices?: ReadonlyMap<string, ConflictChoice>
  /** Hashes of the passages that the reviewer was shown and publishes as they are. */
  asItIs?: readonly string[] | undefined
}

export type AcceptError =
  | DecideError
  | CommandError
  /** None of the chosen fields is part of the proposal. */
  | { ok: false; reason: 'nothingChosen' }
  /** `fields`: keys of the fields with a conflict for which nothing was chosen. */
  | { ok: false; reason: 'undecided'; fields: string[] }

/**
 * Accepts a proposal, or some fields of it: merges it with what has changed in the profile since, saves
 * the result as a revision with the reason `proposal`, and mails the proposer, in one transaction. If
 * profile and proposal changed the same field differently, the reviewer has to choose one of the two, so
 * that nothing is overwritten unseen.
 *
 * @returns the profile's new version, or why nothing was written
 */
export async function acceptProposal(
  actor: Actor,
  input: AcceptInput,
): Promise<CommandOk | AcceptError> {
  const { version } = input
  return writer().$transaction(async (tx) => {
    const pending = await findPending(tx, actor, input)
    if (!pending.ok) return pending
    const { profile, proposal, answer } = pending
    const content = await loadRevisionContent(tx, profile.id, proposal.baseVersion)
    if (content === null) return { ok: false, reason: 'nothingChosen' }
    if (profile.version !== version) return { ok: false, reason: 'stale', version: profile.version }
    const proposed = parseProposedContent(proposal.content)
    const base = { content, revision: proposal.baseVersion }
    const chosen = chooseFields(base, profile, proposed, input)
    if (!chosen.ok) return chosen
    const saved = await saveProfileInTransaction(tx, actor, {
      profile: { id: profile.id, version },
      content: mergedContent(base, profile, proposed, chosen.changes),
      reason: 'proposal',
      asItIs: input.asItIs,
    })
    if (!saved.ok) return saved
    await closeProposal(tx, actor, proposal, 'accepted', answer, { fields: chosen.changes.length })
    const locale = parseLocale(proposal.authorLocale)
    await queueMail(tx, {
      recipient: proposal.authorEmail,
      locale,
      template: 'proposalAccepted',
      values: {
        organisation: profile.name,
        message: answer,
        link: pageUrl(locale, authorPath(proposal, saved)),
      },
    })
    return saved
  })
}

/** The changes of a proposal that the reviewer wants, or why that cannot be told. */
function chooseFields(
  base: ProposalBase,
  profile: StoredProfile,
  proposed: ReturnType<typeof parseProposedContent>,
  { fields, choices }: AcceptInput,
):
  | { ok: true; changes: FieldChange[] }
  | Extract<AcceptError, { reason: 'nothingChosen' | 'undecided' }> {
  const inConflict = proposedFields(base, profile, proposed).flatMap(({ key, conflicts }) =>
    conflicts.length > 0 ? [key] : [],
  )
  const undecided = inConflict.filter((key) => !choices?.has(key))
  if (undecided.length > 0) return { ok: false, reason: 'undecided', fields: undecided }
  const changes = changedFields(base.content, proposed).filter((change) => {
    const key = fieldKey(change)
    if (inConflict.includes(key)) return choices?.get(key) === 'proposed'
    return fields === 'all' || fields.includes(key)
  })
  return changes.length > 0 ? { ok: true, changes } : { ok: false, reason: 'nothingChosen' }
}

/**
 * Asks the proposer a question: they get it by mail and can change their proposal, by a new link if they
 * have no account.
 *
 * @returns `invalid` with the path `answer` if there is no question
 */
export function returnProposal(
  actor: Actor,
  decision: Decision,
): Promise<{ ok: true } | DecideError> {
  return rejectProposal(actor, decision, 'returned')
}

/** Declines a proposal; the profile stays as it is. The message to the proposer may be empty. */
export function declineProposal(
  actor: Actor,
  decision: Decision,
): Promise<{ ok: true } | DecideError> {
  return rejectProposal(actor, decision, 'declined')
}

async function rejectProposal(
  actor: Actor,
  decision: Decision,
  status: 'returned' | 'declined',
): Promise<{ ok: true } | DecideError> {
  return writer().$transaction(async (tx) => {
    const pending = await findPending(tx, actor, decision)
    if (!pending.ok) return pending
    const { profile, proposal, answer } = pending
    const isReturned = status === 'returned'
    if (isReturned && answer === '') {
      return { ok: false, reason: 'invalid', issues: [{ path: 'answer', code: 'missing' }] }
    }
    await closeProposal(tx, actor, proposal, status, answer)
    const locale = parseLocale(proposal.authorLocale)
    const values = { organisation: profile.name, message: answer }
    const recipient = proposal.authorEmail
    if (isReturned) {
      const link = await answerLink(tx, actor, proposal, locale)
      await queueMail(tx, {
        ...{ recipient, locale, template: 'proposalReturned' },
        values: { ...values, link },
      })
    } else {
      await queueMail(tx, { recipient, locale, template: 'proposalDeclined', values })
    }
    return { ok: true }
  })
}

type PendingProposal = {
  id: string
  organisationId: string
  baseVersion: number
  content: string
  author: string
  authorEmail: string
  authorLocale: string
}

/** Loads a proposal that is waiting for a decision, if the actor may decide it. */
async function findPending(
  tx: Transaction,
  actor: Actor,
  { proposalId, reviewedAt, answer }: Decision,
): Promise<
  { ok: true; profile: StoredProfile; proposal: PendingProposal; answer: string } | DecideError
> {
  const proposal = await tx.proposal.findUnique({ where: { id: proposalId } })
  const reviewable = await findReviewable(tx, actor, proposal?.organisationId ?? null)
  if (!reviewable.ok) return reviewable
  if (!proposal) return { ok: false, reason: 'notFound' }
  if (proposal.status !== 'waiting') return { ok: false, reason: 'decided' }
  if (proposal.updatedAt.getTime() !== reviewedAt.getTime()) {
    return { ok: false, reason: 'replaced' }
  }
  const message = messageSchema.safeParse(answer)
  if (!message.success) return invalidInput(message.error, ['answer'])
  return { ok: true, profile: reviewable.profile, proposal, answer: message.data }
}

async function closeProposal(
  tx: Transaction,
  actor: Actor,
  proposal: PendingProposal,
  status: 'accepted' | 'returned' | 'declined',
  answer: string,
  detail: { fields?: number } = {},
): Promise<void> {
  const now = new Date()
  await tx.proposal.updateMany({
    where: { id: proposal.id },
    data: { status, answer, decidedAt: now, decidedBy: actorName(actor), updatedAt: now },
  })
  await recordAudit(tx, {
    actor: actorName(actor),
    action: 'proposalDecided',
    subject: proposal.organisationId,
    detail: { outcome: status, ...detail },
  })
}

/** Where the proposer can change a proposal that was returned to them (absolute URL). */
async function answerLink(
  tx: Transaction,
  actor: Actor,
  { author, authorEmail, organisationId }: PendingProposal,
  locale: Locale,
): Promise<string> {
  return author.startsWith('link:')
    ? issueLink(tx, actor, organisationId, authorEmail, locale)
    : pageUrl(locale, `/admin/organisations/${organisationId}`)
}

/** Where the proposer sees the result of an accepted proposal. */
function authorPath({ author }: PendingProposal, { id, slug, status }: CommandOk): string {
  if (author.startsWith('user:')) return `/admin/organisations/${id}`
  return status === 'listed' ? `/organisations/${slug}` : '/'
}
