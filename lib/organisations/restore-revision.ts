import type { Actor } from '@/lib/permissions/permissions'
import { writer } from '@/lib/database/client'
import { loadSnapshot } from '@/lib/revisions/load-snapshot'
import { authorize } from './authorize'
import { restoredContent } from './restore'
import { invalidInput, type CommandResult } from './result'
import { parseContent, replaceProfile } from './save'
import { reasonSchema } from './schema'
import { loadStoredProfile } from './stored'

export type RestoreInput = {
  id: string
  /** The version that the actor has seen: a profile that has changed since is left alone. */
  version: number
  /** Number of the revision to restore from. */
  revision: number
  /** `all`, or one field by its key: `name`, `answers.who.fr`. */
  field: string
  /** The actor's own words, up to 500 UTF-16 units; kept in the history. */
  reason: string
  /** Hashes of the passages that the actor was shown and publishes as they are. */
  asItIs?: readonly string[] | undefined
}

/**
 * Restores content from an earlier revision, as a new revision: all of it, or one field, which may be
 * an answer in one language. Status and slug stay. If nothing differs, nothing is written.
 *
 * @returns the profile's new version, or why nothing was written; `notFound` also if there is no such
 *   revision or its content was erased
 */
export async function restoreProfile(actor: Actor, input: RestoreInput): Promise<CommandResult> {
  const { id, version, revision, field } = input
  const reason = reasonSchema.safeParse(input.reason)
  return writer().$transaction(async (tx) => {
    const before = await loadStoredProfile(tx, id)
    const error = await authorize(tx, actor, 'save', before, version)
    if (error || !before) return error ?? { ok: false, reason: 'notFound' }
    const snapshot = await loadSnapshot(tx, id, revision)
    if (snapshot === null) return { ok: false, reason: 'notFound' }
    const content = parseContent(restoredContent(before, snapshot, field))
    if (!content.ok) return content
    if (!reason.success) return invalidInput(reason.error, ['reason'])
    const options = { reason: reason.data.trim(), asItIs: input.asItIs }
    return replaceProfile(tx, actor, { id, version }, options, content.data)
  })
}
