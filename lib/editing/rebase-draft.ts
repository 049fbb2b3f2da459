import type { FormState } from '@/lib/forms/state'
import { applyResolutions } from './conflicts'
import { mergeContent, type Conflict } from './merge'
import { emptyContent, valuesFromContent, type ProfileFieldError } from './profile-form'
import { parseProfileForm } from './read-profile-form'
import type { ProfileContent } from '@/lib/organisations/schema'

export type RebasedDraft = {
  /** The values that the form shows. */
  values: FormState['values']
  errors: ProfileFieldError[]
  conflicts: Conflict[]
  /** The content to save; null while there are errors or conflicts. */
  content: ProfileContent | null
  /** The version of the profile that the values were merged with; null for a new profile. */
  version: number | null
}

/**
 * Rebases a draft onto the current profile: merges what was typed with what others have saved since the
 * form was made, and finds errors and conflicts.
 *
 * @param draft the values, and the version of the profile that the form was made from
 * @param current the profile as it is now
 * @param base the content at the draft's version; if null (not known), every field in which draft and
 *   profile differ is a conflict
 */
export function rebaseDraft(
  draft: { values: FormState['values']; version: number | null },
  current: { content: ProfileContent; version: number | null },
  base: ProfileContent | null,
): RebasedDraft {
  const isCurrent = draft.version === current.version
  const start = isCurrent ? current.content : (base ?? current.content)
  const values = { ...valuesFromContent(start), ...applyResolutions(draft.values, start) }
  const read = parseProfileForm(values, start)
  if (!read.ok) {
    return {
      ...{ values, errors: read.errors, conflicts: [], content: null },
      version: draft.version,
    }
  }
  if (isCurrent) {
    return {
      ...{ values, errors: [], conflicts: [], content: read.content },
      version: current.version,
    }
  }
  const merged = mergeContent(
    { content: base ?? emptyContent(), revision: draft.version ?? 1 },
    current.content,
    read.content,
  )
  return {
    values: { ...draft.values, ...valuesFromContent(merged.content) },
    errors: [],
    conflicts: merged.conflicts,
    content: merged.conflicts.length === 0 ? merged.content : null,
    version: current.version,
  }
}
