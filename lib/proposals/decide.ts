import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import { actorName, can, type Action, type Actor } from '@/lib/permissions/permissions'
import { recordAudit } from '@/lib/audit/record'
import { writer, type Transaction } from '@/lib/database/client'
import { env } from '@/lib/env'
import { parseLocale, localePath } from '@/lib/i18n/navigation'
import type { Locale } from '@/lib/i18n/routing'
import { queueMail } from '@/lib/mail/outbox'
import { changedFields } from '@/lib/organisations/changed-fields'
import { saveProfileInTransaction } from '@/lib/organisations/save'
import type { CommandOk, CommandError } from '@/lib/organisations/result'
import { profileContentSchema } from '@/lib/organisations/schema'
import { isErased } from '@/lib/organisations/erase'
import { loadStoredProfile, type StoredProfile } from '@/lib/organisations/stored'
import { hasUnsafeCharacters } from '@/lib/text/text-field'
import { fieldKey } from '@/lib/revisions/diff'
import {
  createProposalLink,
  proposalLinkUrl,
  loadProposalLink,
  consumeProposalLink,
  type LinkActor,
} from './proposal-links'
import { mergedContent, proposedFields, loadBaseContent, parseProposedContent } from './accept'

type Denied = { ok: false; reason: 'denied' | 'notFound' }
type Invalid = Extract<CommandError, { reason: 'invalid' }>

/** Whoever may propose: a member, or somebody with a mailed link. */
export type Proposer = Extract<Actor, { kind: 'user' }> | LinkActor

/** So many links may be sent for one organisation within a day. */
export const MAX_LINKS_PER_DAY = 5
const DAY = 24 * 60 * 60 * 1000

/** Longest message of a proposer or a reviewer, in UTF-16 units. */
export const MESSAGE_LIMIT = 2000

const messageSchema = z
  .string()
  .refine((text) => text.length <= MESSAGE_LIMIT, { error: 'tooLong' })
  .refine((text) => !hasUnsafeCharacters(text), { error: 'unsafeCharacters' })
  .transform((text) => text.trim())

/** What is wrong with the message beside a proposal, as the form names it; empty where it can be sent. */
export function messageErrors(
  message: string,
): { field: 'message'; code: 'tooLong' | 'unsafeCharacters' }[] {
  const read = messageSchema.safeParse(message)
  if (read.success) return []
  const isTooLong = read.error.issues.some((issue) => issue.message === 'tooLong')
  return [{ field: 'message', code: isTooLong ? 'tooLong' : 'unsafeCharacters' }]
}

const emailSchema = z.email().max(254)

/**
 * Sends somebody without an account a link by which they can propose changes to one organisation,
 * once and within two weeks.
 *
 * @param request.locale language of the mail and of the page that the link leads to
 * @returns the address of the link, for whoever made it where no mail can be sent; `tooMany`: enough
 *   links were sent for this organisation today; `withdrawn`: nothing can be proposed for it
 */
export async function sendProposalLink(
  actor: Actor,
  request: { id: string; email: string; locale: Locale },
): Promise<
  | { ok: true; link: string }
  | Denied
  | { ok: false; reason: 'notAnEmail' | 'withdrawn' | 'tooMany' }
> {
  return writer().$transaction(async (tx) => {
    const found = await findReviewable(tx, actor, request.id)
    if (!found.ok) return found
    const email = emailSchema.safeParse(request.email.trim().toLowerCase())
    if (!email.success) return { ok: false, reason: 'notAnEmail' }
    // A link that could propose nothing is not sent.
    const holder = { kind: 'link', id: '', organisation: request.id } as const
    if (!can(holder, 'propose', subjectOf(found.profile))) return { ok: false, reason: 'withdrawn' }
    const sent = await tx.oneTimeToken.count({
      where: {
        organisationId: request.id,
        kind: 'proposal',
        createdAt: { gt: new Date(Date.now() - DAY) },
      },
    })
    if (sent >= MAX_LINKS_PER_DAY) return { ok: false, reason: 'tooMany' }
    const link = await issueLink(tx, actor, found.profile, email.data, request.locale)
    await queueMail(tx, {
      recipient: email.data,
      locale: request.locale,
      template: 'proposalLink',
      values: { organisation: found.profile.name, link },
    })
    return { ok: true, link }
  })
}

async function issueLink(
  tx: Transaction,
  actor: Actor,
  profile: StoredProfile,
  email: string,
  locale: Locale,
): Promise<string> {
  const createdBy = actorName(actor)
  const secret = await createProposalLink(tx, { organisationId: profile.id, email, createdBy })
  await recordAudit(tx, {
    actor: createdBy,
    action: 'linkCreated',
    subject: profile.id,
    detail: { kind: 'proposal' },
  })
  return proposalLinkUrl(locale, secret)
}

export type ProposalInput = {
  id: string
  /** The profile's version that the proposal was made from. */
  baseVersion: number
  /** The whole content as proposed, in the shape of `profileContentSchema`; anything else is refused. */
  content: unknown
  /** To those who review; may be empty. */
  message: string
  /** Language in which the answer is written. */
  locale: Locale
}

export type ProposeError =
  | Denied
  | Invalid
  /** The profile has no such version any more: it has to be opened again. */
  | { ok: false; reason: 'stale'; version: number }
  /** Nothing differs from the profile. */
  | { ok: false; reason: 'unchanged' }
  /** The link was used meanwhile, or is too old. */
  | { ok: false; reason: 'linkUsed' }

/**
 * Proposes a change. The profile stays as it is until somebody accepts it. What the same person has
 * proposed before for the same organisation, and is not decided, is replaced. A mailed link is used
 * up by it. Where the answer goes is what is known of the person or link, never what a form says.
 *
 * Those who review are told by mail, once for as long as it waits.
 */
export async function propose(
  actor: Proposer,
  proposing: ProposalInput,
): Promise<{ ok: true; proposalId: string } | ProposeError> {
  const content = profileContentSchema.safeParse(proposing.content)
  const message = messageSchema.safeParse(proposing.message)
  return writer().$transaction(async (tx) => {
    const profile = await loadStoredProfile(tx, proposing.id)
    const email = await replyAddressOf(tx, actor)
    // A link that is not good any more reaches nothing; nor does it tell whether there is something.
    if (email === null && actor.kind === 'link') return { ok: false, reason: 'linkUsed' }
    if (!profile || !can(actor, 'propose', subjectOf(profile)) || email === null) {
      return deny(tx, actor, 'propose', profile)
    }
    if (!content.success) return invalidInput(content.error)
    if (!message.success) return invalidInput(message.error, ['message'])
    const base = await loadBaseContent(tx, profile.id, proposing.baseVersion)
    if (base === null) return { ok: false, reason: 'stale', version: profile.version }
    const changes = changedFields(base, content.data)
    if (changes.length === 0) return { ok: false, reason: 'unchanged' }
    if (!can(actor, 'propose', subjectOf(profile), changes)) {
      return deny(tx, actor, 'propose', profile)
    }
    if (actor.kind === 'link' && !(await consumeProposalLink(tx, actor))) {
      return { ok: false, reason: 'linkUsed' }
    }
    const now = new Date()
    const own = await tx.proposal.findFirst({
      where: {
        organisationId: profile.id,
        status: { in: ['waiting', 'returned'] },
        ...authoredBy(actor, email),
      },
      select: { id: true, status: true },
    })
    const proposalId = own?.id ?? randomUUID()
    const row = {
      baseVersion: proposing.baseVersion,
      content: JSON.stringify(content.data),
      author: actorName(actor),
      authorEmail: email,
      authorLocale: proposing.locale,
      message: message.data,
      status: 'waiting' as const,
      updatedAt: now,
    }
    if (own) await tx.proposal.updateMany({ where: { id: own.id }, data: row })
    else {
      await tx.proposal.createMany({
        data: { ...row, id: proposalId, organisationId: profile.id, createdAt: now },
      })
    }
    await recordAudit(tx, {
      actor: actorName(actor),
      action: 'proposalCreated',
      subject: profile.id,
      detail: { fields: changes.length },
    })
    if (own?.status !== 'waiting') await notifyReviewers(tx, profile, proposalId)
    return { ok: true, proposalId }
  })
}

/** Where the answer to somebody's proposal goes; null where the person or link is good no more. */
async function replyAddressOf(tx: Transaction, actor: Proposer): Promise<string | null> {
  if (actor.kind === 'link') return (await loadProposalLink(tx, actor))?.email ?? null
  const person = await tx.user.findFirst({
    where: { id: actor.id, disabledAt: null },
    select: { email: true },
  })
  return person?.email ?? null
}

/** Whoever has several links is one person to us: the address that they were sent to. */
export function authoredBy(actor: Proposer, email: string) {
  return actor.kind === 'link'
    ? { author: { startsWith: 'link:' }, authorEmail: email }
    : { author: actorName(actor) }
}

/** Editors of the region are told; where there is none, the administrators. */
async function notifyReviewers(
  tx: Transaction,
  profile: StoredProfile,
  proposalId: string,
): Promise<void> {
  const select = { email: true, locale: true } as const
  const editors =
    profile.region === null || profile.status === 'withdrawn'
      ? []
      : await tx.user.findMany({
          where: {
            role: 'editor',
            disabledAt: null,
            regions: { some: { region: profile.region } },
          },
          select,
        })
  const reviewers =
    editors.length > 0
      ? editors
      : await tx.user.findMany({ where: { role: 'administrator', disabledAt: null }, select })
  for (const { email, locale } of reviewers) {
    const known = parseLocale(locale)
    await queueMail(tx, {
      recipient: email,
      locale: known,
      template: 'proposalReceived',
      values: {
        organisation: profile.name,
        link: pageUrl(known, `/admin/proposals/${proposalId}`),
      },
    })
  }
}

export type Decision = {
  proposalId: string
  /** When the proposal was last changed, as it was read: what changed since was not reviewed. */
  reviewedAt: Date
  /** To whoever proposed. */
  answer: string
}

/** What stands of a field that both the profile and the proposal changed: as it is, or as proposed. */
export type ConflictChoice = 'now' | 'proposed'

export type DecideError =
  | Denied
  | Invalid
  /** Somebody has decided it meanwhile. */
  | { ok: false; reason: 'decided' }
  /** It was replaced by its author since it was read. */
  | { ok: false; reason: 'replaced' }

/**
 * Accepts a proposal, whole or some fields of it: brought together with what has changed in the
 * profile since it was made, saved as a revision with the reason `proposal`, in one transaction with
 * the mail to whoever proposed. Where both changed the same field and not alike, one of the two has to be
 * chosen: nothing that somebody saved meanwhile is overwritten unseen.
 *
 * @param decision.version the profile's version that the reviewer looked at
 * @param decision.fields `all`, or keys of fields: `country`, `answers.who.fr`; those that both changed
 *   are not among what counts here
 * @param decision.choices which of the two stands, by key of each field that both changed
 * @returns the profile's new version, or why nothing was written; `nothingChosen`: no such field;
 *   `undecided`: fields that both changed and nobody has chosen for
 */
export async function decideProposal(
  actor: Actor,
  decision: Decision & {
    version: number
    fields: 'all' | readonly string[]
    choices?: ReadonlyMap<string, ConflictChoice>
  },
): Promise<
  | CommandOk
  | DecideError
  | CommandError
  | { ok: false; reason: 'nothingChosen' }
  | { ok: false; reason: 'undecided'; fields: string[] }
> {
  const { fields, version, choices } = decision
  return writer().$transaction(async (tx) => {
    const found = await findPending(tx, actor, decision)
    if (!found.ok) return found
    const { profile, proposal, answer } = found
    const base = await loadBaseContent(tx, profile.id, proposal.baseVersion)
    const proposed = parseProposedContent(proposal.content)
    if (base === null) return { ok: false, reason: 'nothingChosen' }
    if (profile.version !== version) return { ok: false, reason: 'stale', version: profile.version }
    const start = { content: base, revision: proposal.baseVersion }
    const inConflict = proposedFields(start, profile, proposed).flatMap(({ key, conflicts }) =>
      conflicts.length > 0 ? [key] : [],
    )
    const undecided = inConflict.filter((key) => !choices?.has(key))
    if (undecided.length > 0) return { ok: false, reason: 'undecided', fields: undecided }
    const chosen = changedFields(base, proposed).filter((change) => {
      const key = fieldKey(change)
      if (inConflict.includes(key)) return choices?.get(key) === 'proposed'
      return fields === 'all' || fields.includes(key)
    })
    if (chosen.length === 0) return { ok: false, reason: 'nothingChosen' }
    const saved = await saveProfileInTransaction(tx, actor, {
      profile: { id: profile.id, version },
      content: mergedContent(start, profile, proposed, chosen),
      reason: 'proposal',
    })
    if (!saved.ok) return saved
    await closeProposal(tx, actor, proposal, 'accepted', answer, { fields: chosen.length })
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

/**
 * Asks back: whoever proposed gets the message and opens the proposal again, by a new link where
 * there is no account.
 *
 * @returns `invalid` with the path `answer` where the message is missing
 */
export async function returnProposal(
  actor: Actor,
  decision: Decision,
): Promise<{ ok: true } | DecideError> {
  return writer().$transaction(async (tx) => {
    const found = await findPending(tx, actor, decision)
    if (!found.ok) return found
    const { profile, proposal, answer } = found
    if (answer === '') {
      return { ok: false, reason: 'invalid', issues: [{ path: 'answer', code: 'missing' }] }
    }
    await closeProposal(tx, actor, proposal, 'returned', answer)
    const locale = parseLocale(proposal.authorLocale)
    const link = proposal.author.startsWith('link:')
      ? await issueLink(tx, actor, profile, proposal.authorEmail, locale)
      : pageUrl(locale, `/admin/organisations/${profile.id}`)
    await queueMail(tx, {
      recipient: proposal.authorEmail,
      locale,
      template: 'proposalReturned',
      values: { organisation: profile.name, message: answer, link },
    })
    return { ok: true }
  })
}

/** Declines a proposal; the profile stays as it is. The message to whoever proposed may be empty. */
export async function declineProposal(
  actor: Actor,
  decision: Decision,
): Promise<{ ok: true } | DecideError> {
  return writer().$transaction(async (tx) => {
    const found = await findPending(tx, actor, decision)
    if (!found.ok) return found
    const { profile, proposal, answer } = found
    await closeProposal(tx, actor, proposal, 'declined', answer)
    await queueMail(tx, {
      recipient: proposal.authorEmail,
      locale: parseLocale(proposal.authorLocale),
      template: 'proposalDeclined',
      values: { organisation: profile.name, message: answer },
    })
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

async function findPending(
  tx: Transaction,
  actor: Actor,
  { proposalId, reviewedAt: seen, answer }: Decision,
): Promise<
  { ok: true; profile: StoredProfile; proposal: PendingProposal; answer: string } | DecideError
> {
  const proposal = await tx.proposal.findUnique({ where: { id: proposalId } })
  const reviewed = await findReviewable(tx, actor, proposal?.organisationId ?? null)
  if (!reviewed.ok) return reviewed
  if (!proposal) return { ok: false, reason: 'notFound' }
  if (proposal.status !== 'waiting') return { ok: false, reason: 'decided' }
  if (proposal.updatedAt.getTime() !== seen.getTime()) return { ok: false, reason: 'replaced' }
  const words = messageSchema.safeParse(answer)
  if (!words.success) return invalidInput(words.error, ['answer'])
  return { ok: true, profile: reviewed.profile, proposal, answer: words.data }
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

/** The organisation, for those who review what is proposed for it. */
async function findReviewable(
  tx: Transaction,
  actor: Actor,
  id: string | null,
): Promise<{ ok: true; profile: StoredProfile } | Denied> {
  const found = id === null ? null : await loadStoredProfile(tx, id)
  const profile = found && (await isErased(tx, found.id)) ? null : found
  if (profile && can(actor, 'review', subjectOf(profile))) return { ok: true, profile }
  return deny(tx, actor, 'review', profile)
}

/** Refuses, and leaves a trace: in the audit log for people and mailed links. */
async function deny(
  tx: Transaction,
  actor: Actor,
  act: Action,
  profile: StoredProfile | null,
): Promise<Denied> {
  if (profile === null && actor.kind !== 'anonymous') return { ok: false, reason: 'notFound' }
  if (actor.kind === 'user' || actor.kind === 'link') {
    await recordAudit(tx, {
      actor: actorName(actor),
      action: 'permissionDenied',
      subject: profile?.id ?? null,
      detail: { act },
    })
  }
  return { ok: false, reason: 'denied' }
}

function subjectOf({ id, region, status, fictional }: StoredProfile) {
  return { id, region, state: status, fictional }
}

function invalidInput(error: z.ZodError, path: readonly string[] = []): Invalid {
  const issues = error.issues.map((issue) => ({
    path: [...path, ...issue.path].join('.'),
    code: issue.message,
  }))
  return { ok: false, reason: 'invalid', issues }
}

function pageUrl(locale: Locale, path: string): string {
  return `${env.PUBLIC_ORIGIN}${localePath(locale, path)}`
}

/** Where whoever proposed sees what became of it. */
function authorPath({ author }: PendingProposal, { id, slug, status }: CommandOk): string {
  if (author.startsWith('user:')) return `/admin/organisations/${id}`
  return status === 'listed' ? `/organisations/${slug}` : '/'
}
