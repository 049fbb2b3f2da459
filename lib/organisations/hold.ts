import type { Actor } from '@/lib/permissions/permissions'
import type { Transaction } from '@/lib/database/client'
import { isErased } from './erase'
import { CONTACT_KINDS } from './schema'
import { loadStoredProfile, type StoredProfile } from './stored'
import { updateProfileRow } from './write-rows'

/** Reason of the revisions that a restore or the import of a site writes: a code of the history. */
const REASON = 'restore'

/**
 * Writes what a restore keeps back of a profile, as a revision of its own, in the caller's transaction.
 *
 * @param after `before` with another status, hold or contacts; its version is set here. Of the contacts
 *   only `published` may differ, and only by becoming false
 */
export async function keepBack(
  tx: Transaction,
  actor: Actor,
  before: StoredProfile,
  after: StoredProfile,
): Promise<void> {
  for (const kind of CONTACT_KINDS) {
    if (!before.contacts[kind]?.published || after.contacts[kind]?.published) continue
    const where = { organisationId: before.id, kind }
    await tx.contact.updateMany({ where, data: { published: false } })
  }
  const next = { ...after, version: before.version + 1 }
  await updateProfileRow(tx, actor, { reason: REASON }, { before, after: next, at: new Date() })
}

/**
 * Holds a profile about which nobody can tell what came after a backup or an export: off the site if it
 * was listed, and an administrator's alone to list.
 *
 * @returns whether anything changed; a withdrawn profile is an administrator's to list in any case
 */
export async function holdProfile(
  tx: Transaction,
  actor: Actor,
  before: StoredProfile,
): Promise<boolean> {
  if (before.held || before.status === 'withdrawn') return false
  const status = before.status === 'listed' ? 'hidden' : before.status
  await keepBack(tx, actor, before, { ...before, status, held: true })
  return true
}

/**
 * Holds every profile that is neither erased nor invented for demonstration.
 *
 * @returns how many
 */
export async function holdAllProfiles(tx: Transaction, actor: Actor): Promise<number> {
  const rows = await tx.organisation.findMany({ where: { fictional: false }, select: { id: true } })
  let held = 0
  for (const { id } of rows) {
    if (await isErased(tx, id)) continue
    const profile = await loadStoredProfile(tx, id)
    if (profile && (await holdProfile(tx, actor, profile))) held += 1
  }
  return held
}
