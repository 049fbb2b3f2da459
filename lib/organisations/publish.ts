import { actorName, can, type Action, type Actor } from '@/lib/permissions/permissions'
import { subjectOf } from '@/lib/permissions/subject'
import { recordAudit } from '@/lib/audit/record'
import { writer, type Transaction } from '@/lib/database/client'
import { authorize } from './authorize'
import { findUndisclosed } from './disclosure'
import { commandOk, type CommandInput, type CommandResult } from './result'
import type { Status } from './schema'
import { loadStoredProfile, type StoredProfile } from './stored'
import { updateProfileRow } from './write-rows'

/** Makes a profile public; from `draft`, `hidden` or, by an administrator, `withdrawn`. */
export function listProfile(actor: Actor, input: CommandInput): Promise<CommandResult> {
  return changeStatus('listed', 'list', actor, input)
}

/** Takes a profile off the public site for now; its member or an editor may list it again. */
export function hideProfile(actor: Actor, input: CommandInput): Promise<CommandResult> {
  return changeStatus('hidden', 'hide', actor, input)
}

/** Takes a profile off the public site for good; only an administrator may list it again. */
export function withdrawProfile(actor: Actor, input: CommandInput): Promise<CommandResult> {
  return changeStatus('withdrawn', 'withdraw', actor, input)
}

async function changeStatus(
  status: Status,
  action: Action,
  actor: Actor,
  input: CommandInput,
): Promise<CommandResult> {
  return writer().$transaction((tx) => changeStatusInTransaction(tx, status, action, actor, input))
}

/** Changes the status of a profile as part of a larger transaction. */
export async function changeStatusInTransaction(
  tx: Transaction,
  status: Status,
  action: Action,
  actor: Actor,
  input: CommandInput,
): Promise<CommandResult> {
  const before = await loadStoredProfile(tx, input.id)
  // If the profile has this status already, that is no conflict and needs no second revision.
  if (before?.status === status && isAllowedInAnyState(actor, action, before)) {
    return commandOk(before)
  }
  const error = await authorize(tx, actor, action, before, input.version)
  if (error || !before) return error ?? { ok: false, reason: 'notFound' }
  const at = new Date()
  const after: StoredProfile = {
    ...before,
    status,
    // Only an administrator gets this far with a profile that is held.
    held: before.held && status !== 'listed',
    version: before.version + 1,
    listedAt: status === 'listed' ? (before.listedAt ?? at) : before.listedAt,
  }
  const disclosure = await findUndisclosed(tx, after, input.asItIs)
  if (disclosure) return disclosure
  await updateProfileRow(tx, actor, input, { before, after, at })
  return commandOk(after)
}

function isAllowedInAnyState(actor: Actor, action: Action, profile: StoredProfile): boolean {
  return (['listed', 'hidden', 'withdrawn'] as const).some((state) =>
    can(actor, action, { ...subjectOf(profile), state }),
  )
}

/** Records that the actor has confirmed today that the profile is still correct. */
export async function confirmProfile(actor: Actor, input: CommandInput): Promise<CommandResult> {
  return writer().$transaction(async (tx) => {
    const before = await loadStoredProfile(tx, input.id)
    const error = await authorize(tx, actor, 'confirm', before, input.version)
    if (error || !before) return error ?? { ok: false, reason: 'notFound' }
    const at = new Date()
    const after: StoredProfile = {
      ...before,
      version: before.version + 1,
      confirmedAt: at,
      confirmedBy: actorName(actor),
    }
    await updateProfileRow(tx, actor, input, { before, after, at })
    await recordAudit(tx, {
      actor: actorName(actor),
      action: 'profileConfirmed',
      subject: before.id,
      detail: { version: after.version },
    })
    return commandOk(after)
  })
}
