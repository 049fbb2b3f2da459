import { randomUUID } from 'node:crypto'
import { can, type Actor } from '@/lib/permissions/permissions'
import { subjectOf } from '@/lib/permissions/subject'
import { recordAudit } from '@/lib/audit/record'
import { writer, type Transaction } from '@/lib/database/client'
import { truncateLog } from '@/lib/database/checkpoint-wal'
import { incrementContentVersion } from '@/lib/database/content-version'
import { deleteMail } from '@/lib/mail/outbox'
import { eraseRevisions, recordRevision } from '@/lib/revisions/record'
import { compactSearchIndex, removeSearchDocument } from '@/lib/search/document'
import { QUESTIONS, type Status } from './schema'
import { chooseSlug } from './slug'
import { loadStoredProfile, type StoredProfile } from './stored'
import { deleteChildRows, toOrganisationRow } from './write-rows'

/** Tells whether an organisation was erased, so that only a withdrawn row is left of it. */
export async function isErased(
  db: Pick<Transaction, 'erasure'>,
  organisationId: string,
): Promise<boolean> {
  return (await db.erasure.count({ where: { organisationId } })) > 0
}

/**
 * Deletes everything that belongs to an organisation, in the caller's transaction; of its own row only
 * what says nothing stays. Writes the record of the erasure first: without it, triggers refuse the rest.
 *
 * @param actor as `actorName` gives it
 * @returns what is left
 */
export async function eraseProfile(
  tx: Transaction,
  before: StoredProfile,
  actor: string,
  reason: string,
): Promise<StoredProfile> {
  const at = new Date()
  const organisationId = before.id
  const version = before.version + 1
  const number = (await tx.erasure.count()) + 1
  await tx.erasure.create({
    data: { id: randomUUID(), organisationId, actor, reason, createdAt: at },
  })
  await recordRevision(tx, {
    ...{ organisationId, number: version, actor, reason: 'erased', at },
    snapshot: { erased: true },
  })
  const revisions = await eraseRevisions(tx, organisationId)
  await removeSearchDocument(tx, organisationId)
  await deleteRelatedRows(tx, organisationId)
  await deleteMail(tx, before.name)
  await recordAudit(tx, {
    ...{ actor, action: 'profileErased', subject: organisationId },
    detail: { revisions },
  })
  const name = await chooseSlug(tx, `erased-${number}`)
  const after: StoredProfile = {
    ...{ id: organisationId, slug: name, name, status: 'withdrawn', version },
    ...{ fictional: before.fictional, held: false, updatedAt: at },
    ...{ listedAt: null, confirmedAt: null, confirmedBy: null },
    ...{ aliases: [], country: null, region: null, regionSuggested: false, priorityAreas: [] },
    contacts: { email: null, website: null, telephone: null },
    answers: Object.fromEntries(
      QUESTIONS.map((question) => [question, []]),
    ) as unknown as StoredProfile['answers'],
  }
  await tx.organisation.updateMany({
    where: { id: organisationId },
    data: toOrganisationRow(after),
  })
  await incrementContentVersion(tx)
  return after
}

async function deleteRelatedRows(tx: Transaction, organisationId: string): Promise<void> {
  const where = { organisationId }
  await deleteChildRows(tx, organisationId)
  await tx.formerSlug.deleteMany({ where })
  await tx.disclosure.deleteMany({ where })
  await tx.importedPage.deleteMany({ where })
  await tx.proposal.deleteMany({ where })
  await tx.formDraft.deleteMany({ where })
  await tx.oneTimeToken.deleteMany({ where })
  await tx.editingPresence.deleteMany({ where })
  await tx.userOrganisation.deleteMany({ where })
  // The result of a form contains the slug.
  await tx.idempotencyKey.deleteMany({ where: { outcome: { contains: organisationId } } })
}

/**
 * To be called after an erasure is committed: removes the deleted text from the full-text index and
 * the old pages from the write-ahead log.
 *
 * @returns false if readers held the log for too long; the next nightly job truncates it
 */
export async function purgeErased(): Promise<boolean> {
  await compactSearchIndex(true)
  return truncateLog()
}

/**
 * Reads what an administrator is about to erase.
 *
 * @returns null if there is no such organisation, it was erased already, or the actor may not erase it
 */
export async function loadForErasure(
  actor: Actor,
  id: string,
): Promise<{ name: string; version: number; status: Status } | null> {
  // Read through the writer, so that a user sees what they have just saved.
  const profile = await loadStoredProfile(writer(), id)
  if (!profile || (await isErased(writer(), id))) return null
  const { name, version, status } = profile
  return can(actor, 'erase', subjectOf(profile)) ? { name, version, status } : null
}
