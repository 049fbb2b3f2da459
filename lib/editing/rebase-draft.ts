import type { FormState } from '@/lib/forms/state'
import {
  applyResolutions,
  parseProfileForm,
  emptyContent,
  valuesFromContent,
  type ProfileFieldError,
} from './profile-form'
import { mergeContent, type Conflict } from './merge'
import type { ProfileContent } from '@/lib/organisations/schema'

export type RebasedDraft = {
  /** The values that the form shows. */
  values: FormState['values']
  errors: ProfileFieldError[]
  conflicts: Conflict[]
  /** What may be saved; null while there are faults or conflicts. */
  content: ProfileContent | null
  /** The version that the values were brought together with. */
  version: number | null
}

/**
 * Takes up what somebody has typed, whatever happened to the profile meanwhile: what is wrong with
 * it, where another person changed the same field differently, and what can be saved.
 *
 * @param typed the values, and the version of the profile that their form was made from
 * @param current the profile as it stands
 * @param base the content at the version that the form was made from; null where it is not known:
 *   every field in which the two differ is then a conflict
 */
export function rebaseDraft(
  typed: { values: FormState['values']; version: number | null },
  current: { content: ProfileContent; version: number | null },
  base: ProfileContent | null,
): RebasedDraft {
  const isCurrent = typed.version === current.version
  const start = isCurrent ? current.content : (base ?? current.content)
  const values = { ...valuesFromContent(start), ...applyResolutions(typed.values, start) }
  const read = parseProfileForm(values, start)
  if (!read.ok) {
    return {
      ...{ values, errors: read.faults, conflicts: [], content: null },
      version: typed.version,
    }
  }
  if (isCurrent) {
    return {
      ...{ values, errors: [], conflicts: [], content: read.content },
      version: current.version,
    }
  }
  const merged = mergeContent(
    { content: base ?? emptyContent(), revision: typed.version ?? 1 },
    current.content,
    read.content,
  )
  return {
    values: { ...typed.values, ...valuesFromContent(merged.content) },
    errors: [],
    conflicts: merged.conflicts,
    content: merged.conflicts.length === 0 ? merged.content : null,
    version: current.version,
  }
}
