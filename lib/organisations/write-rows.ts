import { actorName, type Actor } from '@/lib/permissions/permissions'
import type { AuditAction } from '@/lib/audit/actions'
import { recordAudit } from '@/lib/audit/record'
import type { Transaction } from '@/lib/database/client'
import { incrementContentVersion } from '@/lib/database/content-version'
import { insert } from '@/lib/database/sql'
import { fold } from '@/lib/text/fold'
import { recordRevision } from '@/lib/revisions/record'
import type { SearchableText } from '@/lib/search/analyze'
import { removeSearchDocument, writeSearchDocument } from '@/lib/search/document'
import { recordDisclosures } from './disclosure'
import { CONTACT_KINDS, QUESTIONS, type AnswerContent, type Question, type Status } from './schema'
import { searchableText } from './search-text'
import type { StoredAnswer, StoredProfile } from './stored'

/** An imported page as JSON, stored so that the next import can be compared with it. */
export type ImportedPage = { content: string; contentHash: string }

/**
 * Search documents that are written together at the end of a transaction, by organisation. Written one
 * by one, every statement in between makes SQLite flush a part of the full-text index to the file.
 */
export type DeferredSearchDocuments = Map<string, { organisationId: string; text: SearchableText }>

/** What is recorded with a change. */
export type WriteOptions = {
  /** A code (`import`, `edit`, …) or the actor's own words; kept in the history. */
  reason: string
  importedPage?: ImportedPage
  /** Hashes of the passages that the actor was shown and publishes as they are. */
  asItIs?: readonly string[] | undefined
  /** Collects the search document; if missing, it is written at once. */
  deferredSearchDocuments?: DeferredSearchDocuments
}

/** The columns of `Organisation` for a profile, without `createdAt`. */
export function toOrganisationRow(profile: StoredProfile) {
  const { id, slug, name, status, country, region, regionSuggested, version } = profile
  const { fictional, held, updatedAt, listedAt, confirmedAt, confirmedBy } = profile
  return {
    ...{ id, slug, name, nameFolded: fold(name), status, country, region, regionSuggested },
    ...{ version, fictional, held, updatedAt, listedAt, confirmedAt, confirmedBy },
  }
}

/** Inserts answers, priority areas, aliases and contacts of a profile; there must be none yet. */
export async function insertChildRows(tx: Transaction, profile: StoredProfile): Promise<void> {
  const organisationId = profile.id
  const answers = QUESTIONS.flatMap((question) =>
    profile.answers[question].map((answer, position) => ({
      organisationId,
      question,
      position,
      language: answer.language,
      text: answer.text,
      provenance: answer.provenance,
      changedIn: answer.changedIn,
      sourceLanguage: answer.source?.language ?? null,
      sourceRevision: answer.source?.revision ?? null,
    })),
  )
  const areas = profile.priorityAreas.map((area) => ({ organisationId, area }))
  const aliases = profile.aliases.map((name, position) => ({
    organisationId,
    name,
    nameFolded: fold(name),
    position,
  }))
  const contacts = CONTACT_KINDS.flatMap((kind) => {
    const contact = profile.contacts[kind]
    return contact ? [{ organisationId, kind, ...contact }] : []
  })
  await insert(tx, 'Answer', answers)
  await insert(tx, 'PriorityArea', areas)
  await insert(tx, 'Alias', aliases)
  await insert(tx, 'Contact', contacts)
}

/** Deletes answers, priority areas, aliases and contacts of an organisation. */
export async function deleteChildRows(tx: Transaction, organisationId: string): Promise<void> {
  const where = { organisationId }
  await tx.answer.deleteMany({ where })
  await tx.priorityArea.deleteMany({ where })
  await tx.alias.deleteMany({ where })
  await tx.contact.deleteMany({ where })
}

/**
 * Updates the row of a profile and records the change. Answers, areas, aliases and contacts are not
 * written.
 */
export async function updateProfileRow(
  tx: Transaction,
  actor: Actor,
  options: WriteOptions,
  { before, after, at }: { before: StoredProfile; after: StoredProfile; at: Date },
): Promise<void> {
  await tx.organisation.updateMany({ where: { id: before.id }, data: toOrganisationRow(after) })
  await recordChange(tx, actor, options, after, before.status, at)
}

/**
 * Records everything that belongs to a change of a profile: revision, imported page, search document,
 * content version and audit entry.
 *
 * @param profile as it is after the change
 */
export async function recordChange(
  tx: Transaction,
  actor: Actor,
  options: WriteOptions,
  profile: StoredProfile,
  statusBefore: Status | 'new',
  at: Date,
): Promise<void> {
  await recordRevision(tx, {
    organisationId: profile.id,
    number: profile.version,
    actor: actorName(actor),
    reason: options.reason,
    at,
    snapshot: profile,
  })
  if (options.importedPage) await saveImportedPage(tx, profile.id, options.importedPage, at)
  await replaceSearchDocument(tx, options, profile, statusBefore)
  if (profile.status === 'listed' || statusBefore === 'listed') await incrementContentVersion(tx)
  await recordStatusChange(tx, actor, profile, statusBefore)
  // Nothing is known of a profile that was not listed, and nothing is added unasked.
  if (statusBefore === 'listed' || options.asItIs) {
    await recordDisclosures(tx, actor, profile, at, options.asItIs)
  }
}

async function replaceSearchDocument(
  tx: Transaction,
  { deferredSearchDocuments }: WriteOptions,
  profile: StoredProfile,
  statusBefore: Status | 'new',
): Promise<void> {
  if (statusBefore === 'listed') await removeSearchDocument(tx, profile.id)
  deferredSearchDocuments?.delete(profile.id)
  if (profile.status !== 'listed') return
  const text = searchableText({ ...profile, answers: Object.values(profile.answers).flat() })
  if (deferredSearchDocuments) {
    deferredSearchDocuments.set(profile.id, { organisationId: profile.id, text })
  } else {
    await writeSearchDocument(tx, profile.id, text)
  }
}

const STATUS_AUDIT_ACTIONS: Record<Status, AuditAction | null> = {
  draft: null,
  listed: 'profileListed',
  hidden: 'profileHidden',
  withdrawn: 'profileWithdrawn',
}

/** Demo profiles are left out of the audit log: they come and go by the thousand. */
async function recordStatusChange(
  tx: Transaction,
  actor: Actor,
  profile: StoredProfile,
  from: Status | 'new',
): Promise<void> {
  const action = STATUS_AUDIT_ACTIONS[profile.status]
  if (action === null || profile.status === from || profile.fictional) return
  await recordAudit(tx, { actor: actorName(actor), action, subject: profile.id, detail: { from } })
}

/** Stores a page that was imported into an organisation. */
export async function saveImportedPage(
  tx: Transaction,
  organisationId: string,
  page: ImportedPage,
  at: Date,
): Promise<void> {
  await tx.importedPage.createMany({ data: { organisationId, createdAt: at, ...page } })
}

/**
 * Gives each answer the number of the revision in which its text last changed, and to each translation
 * the revision of the source that it was made from.
 *
 * @param before the answers that are replaced; null for a new profile
 * @param version number of the revision that is being written
 */
export function assignAnswerRevisions(
  answers: Record<Question, AnswerContent[]>,
  before: Record<Question, StoredAnswer[]> | null,
  version: number,
): Record<Question, StoredAnswer[]> {
  const assign = (question: Question): StoredAnswer[] => {
    const previous = (language: string) =>
      before?.[question].find((answer) => answer.language === language)
    const changedIn = ({ language, text }: AnswerContent) => {
      const same = previous(language)
      return same?.text === text ? same.changedIn : version
    }
    const sourceOf = (answer: AnswerContent): StoredAnswer['source'] => {
      if (answer.source === null || answer.source.revision !== 'current') {
        return answer.source as StoredAnswer['source']
      }
      const { language } = answer.source
      const source = answers[question].find((other) => other.language === language)
      const same = previous(answer.language)
      const wasUpToDate =
        same?.text === answer.text &&
        same.source?.language === language &&
        source !== undefined &&
        changedIn(source) <= same.source.revision
      return wasUpToDate ? same.source : { language, revision: version }
    }
    return answers[question].map((answer) => ({
      language: answer.language,
      text: answer.text,
      provenance: answer.provenance,
      changedIn: changedIn(answer),
      source: sourceOf(answer),
    }))
  }
  return Object.fromEntries(QUESTIONS.map((question) => [question, assign(question)])) as Record<
    Question,
    StoredAnswer[]
  >
}

/** Tells whether two profiles have the same content; status, slug and version do not count. */
export function hasSameContent(one: StoredProfile, other: StoredProfile): boolean {
  return contentJson(one) === contentJson(other)
}

function contentJson(profile: StoredProfile): string {
  const { name, aliases, country, region, regionSuggested, priorityAreas, contacts } = profile
  return JSON.stringify([
    ...[name, aliases, country, region, regionSuggested, priorityAreas, contacts],
    QUESTIONS.map((question) => profile.answers[question]),
  ])
}
