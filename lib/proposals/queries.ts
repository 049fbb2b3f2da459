import { actorName, can, type Actor } from '@/lib/permissions/permissions'
import { subjectOf } from '@/lib/permissions/subject'
import { reader } from '@/lib/database/client'
import { sql } from '@/lib/database/sql'
import { loadRevisionContent, toProfileContent } from '@/lib/organisations/load-content'
import { permissionCondition } from '@/lib/organisations/permission-sql'
import type { ProfileContent } from '@/lib/organisations/schema'
import { loadStoredProfile } from '@/lib/organisations/stored'
import { diffContent, type Difference } from '@/lib/revisions/diff'
import { proposedFields, parseProposedContent, type ProposedField } from './accept'
import { loadProposalLink } from './proposal-links'
import { authoredBy, type Proposer } from './proposer'

export const PROPOSAL_STATUSES = ['waiting', 'returned', 'accepted', 'declined'] as const
export type ProposalStatus = (typeof PROPOSAL_STATUSES)[number]

export type ProposalEntry = {
  id: string
  organisation: { id: string; name: string }
  status: ProposalStatus
  /** When it was made, replaced by its author, or decided. */
  updatedAt: Date
  /** The reader may decide it; otherwise it is their own. */
  reviewable: boolean
  /** A user by name (null if the account is gone), or the address that a link was sent to. */
  author: { kind: 'user'; name: string | null } | { kind: 'link'; email: string }
}

export const PROPOSALS_PER_PAGE = 25

export type ProposalPage = {
  /** Number of all proposals that the actor may see. */
  total: number
  pageCount: number
  proposals: ProposalEntry[]
}

/**
 * Lists one page of the proposals that an actor may review, and of those that they made themselves:
 * waiting ones first, then returned ones, both oldest first; then decided ones, the latest first.
 *
 * @param page from 1
 */
export async function listProposals(actor: Actor, page = 1): Promise<ProposalPage> {
  const isVisible = sql`((${permissionCondition(actor, 'review')})
    OR (p."author" = ${actorName(actor)} AND (${permissionCondition(actor, 'view')})))`
  const from = sql`"Proposal" p JOIN "Organisation" o ON o."id" = p."organisationId"`
  const [[counted], ids] = await Promise.all([
    reader().$queryRaw<{ total: number }[]>`
      SELECT count(*) AS "total" FROM ${from} WHERE ${isVisible}`,
    reader().$queryRaw<{ id: string }[]>`
      SELECT p."id" FROM ${from} WHERE ${isVisible}
      ORDER BY CASE p."status" WHEN 'waiting' THEN 0 WHEN 'returned' THEN 1 ELSE 2 END,
        CASE WHEN p."status" IN ('waiting', 'returned') THEN p."updatedAt" END,
        p."updatedAt" DESC, p."id"
      LIMIT ${PROPOSALS_PER_PAGE} OFFSET ${(page - 1) * PROPOSALS_PER_PAGE}`,
  ])
  const total = Number(counted?.total)
  return {
    total,
    pageCount: Math.max(1, Math.ceil(total / PROPOSALS_PER_PAGE)),
    proposals: await loadEntries(
      actor,
      ids.map(({ id }) => id),
    ),
  }
}

async function loadEntries(actor: Actor, ids: string[]): Promise<ProposalEntry[]> {
  const rows = await reader().proposal.findMany({
    where: { id: { in: ids } },
    select: {
      ...{ id: true, status: true, updatedAt: true, author: true, authorEmail: true },
      organisation: {
        select: { id: true, name: true, region: true, status: true, fictional: true, held: true },
      },
    },
  })
  const names = await loadAuthorNames(rows.map(({ author }) => author))
  return ids.flatMap((id): ProposalEntry[] => {
    const row = rows.find((candidate) => candidate.id === id)
    if (!row) return []
    const { organisation, status, updatedAt, author, authorEmail } = row
    return [
      {
        ...{ id, status, updatedAt },
        organisation: { id: organisation.id, name: organisation.name },
        reviewable: can(actor, 'review', subjectOf(organisation)),
        author: toAuthor(author, authorEmail, names),
      },
    ]
  })
}

export type ProposalReview = ProposalEntry & {
  organisation: { version: number; slug: string }
  message: string
  /** The reviewer's message; null if not decided. */
  answer: string | null
  /** What accepting would change in the current profile. */
  fields: ProposedField[]
  /** What the author had sent before, the latest first. */
  earlier: EarlierVersion[]
}

/** A proposal as its author had sent it before they replaced it. */
export type EarlierVersion = {
  number: number
  replacedAt: Date
  message: string
  /** The question that it was returned with; null where it was still waiting. */
  answer: string | null
  /** What it would have changed in the profile that it was made from. */
  differences: Difference[]
}

/**
 * Loads a proposal, with what accepting each field would change in the current profile.
 *
 * @returns null if there is no such proposal, or the actor may neither review it nor made it
 */
export async function findProposal(actor: Actor, id: string): Promise<ProposalReview | null> {
  const row = await reader().proposal.findUnique({
    where: { id },
    include: { versions: { orderBy: { number: 'desc' } } },
  })
  const profile = row && (await loadStoredProfile(reader(), row.organisationId))
  if (!row || !profile) return null
  const subject = subjectOf(profile)
  const reviewable = can(actor, 'review', subject)
  const own = row.author === actorName(actor) && can(actor, 'view', subject)
  if (!reviewable && !own) return null
  const proposed = parseProposedContent(row.content)
  const base = await loadRevisionContent(reader(), profile.id, row.baseVersion)
  const names = await loadAuthorNames([row.author])
  return {
    id: row.id,
    organisation: {
      id: profile.id,
      name: profile.name,
      slug: profile.slug,
      version: profile.version,
    },
    ...{ status: row.status, updatedAt: row.updatedAt, reviewable },
    ...{ message: row.message, answer: row.answer },
    author: toAuthor(row.author, row.authorEmail, names),
    fields: base
      ? proposedFields({ content: base, revision: row.baseVersion }, profile, proposed)
      : [],
    earlier: await Promise.all(
      row.versions.map((version) => toEarlierVersion(profile.id, version)),
    ),
  }
}

async function toEarlierVersion(
  organisationId: string,
  version: {
    number: number
    baseVersion: number
    content: string
    message: string
    answer: string | null
    createdAt: Date
  },
): Promise<EarlierVersion> {
  const { number, message, answer, createdAt } = version
  const base = await loadRevisionContent(reader(), organisationId, version.baseVersion)
  return {
    ...{ number, message, answer, replacedAt: createdAt },
    differences: base ? diffContent(base, parseProposedContent(version.content)) : [],
  }
}

/** The organisation for which the actor may send a link; null if there is none or they may not. */
export async function findLinkableOrganisation(
  actor: Actor,
  id: string,
): Promise<{ name: string } | null> {
  const profile = await loadStoredProfile(reader(), id)
  return profile && can(actor, 'review', subjectOf(profile)) ? { name: profile.name } : null
}

/** The initial values of the form of a proposal. */
export type ProposalForm = {
  organisation: { id: string; name: string }
  /** Version of the profile that the content was made from. */
  baseVersion: number
  /** The author's undecided proposal, otherwise the current profile. */
  content: ProfileContent
  /** The author's undecided proposal; null if there is none. */
  own: { status: 'waiting' | 'returned'; message: string; answer: string | null } | null
}

/**
 * Loads the form for proposing a change to an organisation.
 *
 * @returns null if the actor may not propose anything, or their link is not valid any more
 */
export async function loadProposalForm(
  actor: Proposer,
  organisationId: string,
): Promise<ProposalForm | null> {
  const profile = await loadStoredProfile(reader(), organisationId)
  const link = actor.kind === 'link' ? await loadProposalLink(reader(), actor) : { email: '' }
  if (!profile || !link) return null
  if (!can(actor, 'propose', subjectOf(profile))) return null
  const { id, name, version } = profile
  const row = await reader().proposal.findFirst({
    where: {
      organisationId,
      status: { in: ['waiting', 'returned'] },
      ...authoredBy(actor, link.email),
    },
  })
  return {
    organisation: { id, name },
    baseVersion: row?.baseVersion ?? version,
    content: row ? parseProposedContent(row.content) : toProfileContent(profile),
    own: row && {
      status: row.status === 'returned' ? 'returned' : 'waiting',
      message: row.message,
      answer: row.answer,
    },
  }
}

/**
 * Loads the content that a submitted form was made from, which may be older than the profile.
 *
 * @returns null if there is no such version
 */
export async function loadProposalBase(
  form: ProposalForm,
  baseVersion: number,
): Promise<ProfileContent | null> {
  return baseVersion === form.baseVersion
    ? form.content
    : loadRevisionContent(reader(), form.organisation.id, baseVersion)
}

async function loadAuthorNames(authors: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const users = await reader().user.findMany({
    where: { id: { in: authors.map((author) => author.replace(/^user:/, '')) } },
    select: { id: true, name: true },
  })
  return new Map(users.map(({ id, name }) => [`user:${id}`, name]))
}

function toAuthor(
  author: string,
  email: string,
  names: ReadonlyMap<string, string>,
): ProposalEntry['author'] {
  return author.startsWith('link:')
    ? { kind: 'link', email }
    : { kind: 'user', name: names.get(author) ?? null }
}
