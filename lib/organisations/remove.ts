import { actorName, can, type Actor } from '@/lib/permissions/permissions'
import { writer } from '@/lib/database/client'
import { incrementContentVersion } from '@/lib/database/content-version'
import { log } from '@/lib/log'
import { authorize } from './authorize'
import { eraseProfile, purgeErased } from './erase'
import { recordDenied } from './record-denied'
import { commandOk, type CommandError, type CommandInput, type CommandResult } from './result'
import { loadStoredProfile } from './stored'

/**
 * Erases an organisation on its request. Everything that it said and that was said about it is
 * deleted: from revisions, proposals, drafts, mails and the search index, and from the free pages of
 * the database's file. What stays is a withdrawn row with a neutral name, the hash chain of its
 * revisions without their content, and the record that it was erased, when and by whom. This cannot be
 * undone, and no other command changes the organisation again.
 *
 * @param input.reason a code or the actor's own words; it is kept, so it must not name the organisation
 */
export async function eraseOrganisation(actor: Actor, input: CommandInput): Promise<CommandResult> {
  const result = await writer().$transaction(async (tx): Promise<CommandResult> => {
    const before = await loadStoredProfile(tx, input.id)
    const error = await authorize(tx, actor, 'erase', before, input.version)
    if (error || !before) return error ?? { ok: false, reason: 'notFound' }
    return commandOk(await eraseProfile(tx, before, actorName(actor), input.reason))
  })
  if (result.ok && !(await purgeErased())) log.warn({ event: 'erasedTextInWal' })
  return result
}

/** Rows deleted in one transaction, which blocks other writers for about a second. */
const REMOVAL_BATCH_SIZE = 1000

/**
 * Deletes all demo organisations with everything that belongs to them, a thousand at a time. Triggers
 * in the database refuse this for any other organisation.
 *
 * @returns how many were deleted
 */
export async function removeDemoProfiles(
  actor: Actor,
): Promise<{ ok: true; removed: number } | Extract<CommandError, { reason: 'denied' }>> {
  for (let removed = 0; ;) {
    const result = await removeDemoBatch(actor)
    if (!result.ok) return result
    removed += result.removed
    if (result.removed < REMOVAL_BATCH_SIZE) return { ok: true, removed }
  }
}

function removeDemoBatch(actor: Actor): ReturnType<typeof removeDemoProfiles> {
  return writer().$transaction(async (tx) => {
    const subject = {
      id: null,
      region: null,
      state: 'listed',
      fictional: true,
      held: false,
    } as const
    if (!can(actor, 'remove', subject)) return recordDenied(tx, actor, 'remove', null)
    const rows = await tx.organisation.findMany({
      where: { fictional: true },
      select: { id: true },
      take: REMOVAL_BATCH_SIZE,
    })
    const ids = rows.map(({ id }) => id)
    await tx.revision.deleteMany({ where: { organisationId: { in: ids } } })
    const { count } = await tx.organisation.deleteMany({
      where: { id: { in: ids }, fictional: true },
    })
    await incrementContentVersion(tx)
    return { ok: true, removed: count }
  })
}
