import { actorName, can, type Actor } from '@/lib/permissions/permissions'
import { reader } from '@/lib/database/client'
import { toProfileContent } from '@/lib/organisations/load-content'
import type { ProfileContent } from '@/lib/organisations/schema'
import { loadStoredProfile } from '@/lib/organisations/stored'
import { authoredBy, type Proposer } from './decide'
import { loadProposalLink } from './proposal-links'
import { proposedFields, loadBaseContent, parseProposedContent, type ProposedField } from './accept'

export const PROPOSAL_STATUSES = ['waiting', 'returned', 'accepted', 'declined'] as const
export type ProposalStatus = (typeof PROPOSAL_STATUSES)[number]

export type ProposalEntry = {
  id: string
  organisation: { id: string; name: string }
  status: ProposalStatus
  /** When it was made, or last replaced by its author. */
  updatedAt: Date
  /** The reader may decide it; else it is their own. */
  reviewable: boolean
  /** Name of a person with an account, or the address that a link was sent to. */
  author: { kind: 'user'; name: string | null } | { kind: 'link'; email: string }
}

/** So many that are decided are listed. */
const MAX_DECIDED = 50

/**
 * Lists the proposals that somebody reviews, and those that they made: first what waits, the oldest
 * first, then what was asked back, then what was decided last.
 */
export async function listProposals(actor: Actor): Promise<ProposalEntry[]> {
  const select = {
    ...{ id: true, status: true, updatedAt: true, author: true, authorEmail: true },
    organisation: { select: { id: true, name: true, region: true, status: true, fictional: true } },
  } as const
  const [open, decided] = await Promise.all([
    reader().proposal.findMany({
      where: { status: { in: ['waiting', 'returned'] } },
      orderBy: { updatedAt: 'asc' },
      select,
    }),
    reader().proposal.findMany({
      where: { status: { in: ['accepted', 'declined'] } },
      orderBy: { updatedAt: 'desc' },
      select,
    }),
  ])
  const mine = [...open, ...decided].flatMap((row) => {
    const { organisation, author } = row
    const subject = { ...organisation, state: organisation.status }
    const reviewable = can(actor, 'review', subject)
    const own = author === actorName(actor) && can(actor, 'view', subject)
    return reviewable || own ? [{ ...row, reviewable }] : []
  })
  const names = await loadAuthorNames(mine.map(({ author }) => author))
  const entries = mine.map(
    ({ id, organisation, status, updatedAt, reviewable, author, authorEmail }): ProposalEntry => ({
      id,
      organisation: { id: organisation.id, name: organisation.name },
      ...{ status, updatedAt, reviewable },
      author: toAuthor(author, authorEmail, names),
    }),
  )
  const inStatus = (...statuses: ProposalStatus[]) =>
    entries.filter(({ status }) => statuses.includes(status))
  return [
    ...inStatus('waiting'),
    ...inStatus('returned'),
    ...inStatus('accepted', 'declined').slice(0, MAX_DECIDED),
  ]
}

export type ProposalReview = ProposalEntry & {
  organisation: { version: number; slug: string }
  message: string
  /** What the reviewer wrote back. */
  answer: string | null
  /** What accepting would change; nothing where the profile says it already. */
  fields: ProposedField[]
}

/**
 * Reads a proposal with what accepting each field would change in the profile as it stands.
 *
 * @returns null where there is none, and for those who neither review it nor made it
 */
export async function findProposal(actor: Actor, id: string): Promise<ProposalReview | null> {
  const row = await reader().proposal.findUnique({ where: { id } })
  const profile = row && (await loadStoredProfile(reader(), row.organisationId))
  if (!row || !profile) return null
  const subject = {
    ...{ id: profile.id, region: profile.region },
    ...{ state: profile.status, fictional: profile.fictional },
  }
  const reviewable = can(actor, 'review', subject)
  const own = row.author === actorName(actor) && can(actor, 'view', subject)
  if (!reviewable && !own) return null
  const proposed = parseProposedContent(row.content)
  const base = await loadBaseContent(reader(), profile.id, row.baseVersion)
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
  }
}

/** The organisation that a link may be sent for; null for those who do not review it. */
export async function findLinkableOrganisation(
  actor: Actor,
  id: string,
): Promise<{ name: string } | null> {
  const profile = await loadStoredProfile(reader(), id)
  if (!profile) return null
  const { region, status, fictional, name } = profile
  return can(actor, 'review', { id, region, state: status, fictional }) ? { name } : null
}

/** What somebody starts from who would like to propose changes. */
export type ProposalForm = {
  organisation: { id: string; name: string }
  /** Version of the profile that the content was made from. */
  baseVersion: number
  /** What they proposed before and is not decided, else the profile as it stands. */
  content: ProfileContent
  /** Null where nothing of theirs is waiting. */
  own: { status: 'waiting' | 'returned'; message: string; answer: string | null } | null
}

/**
 * Reads what somebody starts from who would like to propose changes to an organisation.
 *
 * @returns null for those who may not, and where the link is good no more
 */
export async function loadProposalForm(
  actor: Proposer,
  organisationId: string,
): Promise<ProposalForm | null> {
  const profile = await loadStoredProfile(reader(), organisationId)
  const link = actor.kind === 'link' ? await loadProposalLink(reader(), actor) : { email: '' }
  if (!profile || !link) return null
  const { id, name, region, status, fictional, version } = profile
  if (!can(actor, 'propose', { id, region, state: status, fictional })) return null
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
 * The content that a form of theirs was made from, which may be older than the profile.
 *
 * @returns null where there is no such version
 */
export async function loadProposalBase(
  start: ProposalForm,
  baseVersion: number,
): Promise<ProfileContent | null> {
  return baseVersion === start.baseVersion
    ? start.content
    : loadBaseContent(reader(), start.organisation.id, baseVersion)
}

async function loadAuthorNames(authors: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const people = await reader().user.findMany({
    where: { id: { in: authors.map((author) => author.replace(/^user:/, '')) } },
    select: { id: true, name: true },
  })
  return new Map(people.map(({ id, name }) => [`user:${id}`, name]))
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
