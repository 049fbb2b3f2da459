import { can, type Action, type Actor } from '@/lib/permissions/permissions'
import { subjectOf } from '@/lib/permissions/subject'
import type { Transaction } from '@/lib/database/client'
import { isErased } from './erase'
import { recordDenied } from './record-denied'
import type { CommandError } from './result'
import type { StoredProfile } from './stored'

/**
 * Checks that an actor may do something to a profile, and that the profile is still the one they saw.
 *
 * @param profile as read in this transaction; null if there is none
 * @param version the version that the actor has seen; undefined if it does not matter
 * @returns null if the command may go on
 */
export async function authorize(
  tx: Transaction,
  actor: Actor,
  action: Action,
  profile: StoredProfile | null,
  version: number | undefined,
): Promise<CommandError | null> {
  // An anonymous actor must not learn whether the profile exists.
  if (actor.kind === 'anonymous') return recordDenied(tx, actor, action, profile?.id ?? null)
  if (!profile || (await isErased(tx, profile.id))) return { ok: false, reason: 'notFound' }
  if (!can(actor, action, subjectOf(profile))) return recordDenied(tx, actor, action, profile.id)
  if (version !== undefined && version !== profile.version) {
    return { ok: false, reason: 'stale', version: profile.version }
  }
  return null
}
