import type { Actor } from '@/lib/permissions/permissions'
import { writer, type Transaction } from '@/lib/database/client'
import { authorize } from './authorize'
import { commandOk, type CommandInput, type CommandResult } from './result'
import { isReservedSlug, slugFrom } from './slug'
import { loadStoredProfile, type StoredProfile } from './stored'
import { updateProfileRow } from './write-rows'

export type RenameInput = CommandInput & {
  /** Lower-case ASCII words joined by `-`; a former slug of the same organisation may be taken back. */
  slug: string
}

/** Gives a profile another slug; the old one redirects to it as long as the profile is listed. */
export async function renameProfile(actor: Actor, input: RenameInput): Promise<CommandResult> {
  return writer().$transaction((tx) => renameInTransaction(tx, actor, input))
}

/** Renames a profile as part of a larger transaction. */
export async function renameInTransaction(
  tx: Transaction,
  actor: Actor,
  input: RenameInput,
): Promise<CommandResult> {
  const { slug } = input
  const before = await loadStoredProfile(tx, input.id)
  const error = await authorize(tx, actor, 'rename', before, input.version)
  if (error || !before) return error ?? { ok: false, reason: 'notFound' }
  if (before.slug === slug) return commandOk(before)
  if (slugFrom(slug) !== slug || isReservedSlug(slug)) return { ok: false, reason: 'slugTaken' }
  const former = await tx.formerSlug.findUnique({ where: { slug } })
  const holder = await tx.organisation.findUnique({ where: { slug } })
  if (holder !== null || (former !== null && former.organisationId !== before.id)) {
    return { ok: false, reason: 'slugTaken' }
  }
  const at = new Date()
  if (former) await tx.formerSlug.deleteMany({ where: { slug } })
  await tx.formerSlug.createMany({
    data: { slug: before.slug, organisationId: before.id, createdAt: at },
  })
  const after: StoredProfile = { ...before, slug, version: before.version + 1 }
  await updateProfileRow(tx, actor, input, { before, after, at })
  return commandOk(after)
}
