import { randomUUID } from 'node:crypto'
import { can, type Actor } from '@/lib/permissions/permissions'
import { recordAudit } from '@/lib/audit/record'
import { writer, type Transaction } from '@/lib/database/client'
import { truncateLog } from '@/lib/database/checkpoint-wal'
import { deleteMail } from '@/lib/mail/outbox'
import { eraseRevisions, recordRevision } from '@/lib/revisions/record'
import { compactSearchIndex, removeSearchDocument } from '@/lib/search/document'
import { QUESTIONS, type Status } from './schema'
import { chooseSlug } from './slug'
import { loadStoredProfile, type StoredProfile } from './stored'

/** Tells whether an organisation was erased: a withdrawn row is left of it, and nothing else. */
export async function isErased(
  db: Pick<Transaction, 'erasure'>,
  organisationId: string,
): Promise<boolean> {
  return (await db.erasure.count({ where: { organisationId } })) > 0
}

/**
 * Empties everything that hangs on an organisation, in the caller's transaction: the record of the
 * erasure first, without which the database refuses the rest.
 *
 * @param actor as `actorName` gives it
 * @returns the row that stays, for the caller to write
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
  return {
    ...{ id: organisationId, slug: name, name, status: 'withdrawn', version },
    ...{ fictional: before.fictional, updatedAt: at },
    ...{ listedAt: null, confirmedAt: null, confirmedBy: null },
    ...{ aliases: [], country: null, region: null, regionSuggested: false, priorityAreas: [] },
    contacts: { email: null, website: null, telephone: null },
    answers: Object.fromEntries(
      QUESTIONS.map((question) => [question, []]),
    ) as unknown as StoredProfile['answers'],
  }
}

async function deleteRelatedRows(tx: Transaction, organisationId: string): Promise<void> {
  const where = { organisationId }
  await tx.answer.deleteMany({ where })
  await tx.priorityArea.deleteMany({ where })
  await tx.alias.deleteMany({ where })
  await tx.contact.deleteMany({ where })
  await tx.formerSlug.deleteMany({ where })
  await tx.importedPage.deleteMany({ where })
  await tx.proposal.deleteMany({ where })
  await tx.formDraft.deleteMany({ where })
  await tx.oneTimeToken.deleteMany({ where })
  await tx.editingPresence.deleteMany({ where })
  await tx.userOrganisation.deleteMany({ where })
  // What a form was answered names the address of the profile.
  await tx.idempotencyKey.deleteMany({ where: { outcome: { contains: organisationId } } })
}

/**
 * After an erasure was committed: takes the deleted words out of the full-text index and the old
 * pages out of the write-ahead log.
 *
 * @returns false where readers held the log for too long; the next cleaning empties it
 */
export async function purgeErased(): Promise<boolean> {
  await compactSearchIndex(true)
  return truncateLog()
}

/**
 * What an administrator is about to erase; null where they may not, where there is no such
 * organisation and where it was erased already.
 */
export async function loadForErasure(
  actor: Actor,
  id: string,
): Promise<{ name: string; version: number; status: Status } | null> {
  // Through the writer: whoever has just saved reads what was saved.
  const profile = await loadStoredProfile(writer(), id)
  if (!profile || (await isErased(writer(), id))) return null
  const { region, status, fictional, name, version } = profile
  return can(actor, 'erase', { id, region, state: status, fictional })
    ? { name, version, status }
    : null
}
