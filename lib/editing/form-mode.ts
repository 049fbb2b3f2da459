import { can, type UserActor } from '@/lib/permissions/permissions'
import { subjectOf } from '@/lib/permissions/subject'
import type { Status } from '@/lib/organisations/schema'

/** What a user may do with the form of a profile: save it, save its answers, propose changes, read it. */
export type FormMode = 'save' | 'translate' | 'propose' | 'read'

/** A form that can be sent. */
export type EditableMode = Exclude<FormMode, 'read'>

/** Which form a user gets for a profile. The commands check permissions again. */
export function formMode(
  actor: UserActor,
  profile: { id: string; region: string | null; status: Status; fictional: boolean; held: boolean },
): FormMode {
  const subject = subjectOf(profile)
  if (can(actor, 'save', subject, [{ field: 'name' }])) return 'save'
  if (actor.role === 'translator' && can(actor, 'save', subject)) return 'translate'
  return can(actor, 'propose', subject) ? 'propose' : 'read'
}
