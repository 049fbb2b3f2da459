import { firstValue, type FormState } from '@/lib/forms/state'
import type { ProfileContent } from '@/lib/organisations/schema'
import { RESOLUTION_PREFIX, valuesFromContent } from './profile-form'

type Values = FormState['values']

/** Name of the radio buttons that choose whose text to keep, for a field that two users changed. */
export function resolutionField(field: string): string {
  return `${RESOLUTION_PREFIX}${field}`
}

/** Value of a resolution: keep what the other user saved. */
export const THEIRS = 'theirs'

/**
 * Replaces what was typed by what the other user saved, in every field for which the form says so.
 *
 * @param theirs the content that was current when the form was made
 */
export function applyResolutions(values: Values, theirs: ProfileContent): Values {
  const saved = valuesFromContent(theirs)
  const resolved = Object.keys(values).flatMap((name): [string, string[]][] => {
    if (!name.startsWith(RESOLUTION_PREFIX) || firstValue(values, name) !== THEIRS) return []
    const field = name.slice(RESOLUTION_PREFIX.length)
    // The text of an answer goes with its provenance, a contact detail with whether it is published.
    const stem = field.replace(/\.(?:text|value)$/, '.')
    const isPart = (other: string) =>
      other === field ||
      (stem !== field && other.startsWith(stem)) ||
      (field === 'region' && other === 'regionConfirmed') ||
      (field === 'country' && other === 'countryName')
    const replaced = Object.keys(values).filter(isPart)
    return [
      ...replaced.map((other): [string, string[]] => [other, ['']]),
      ...Object.entries(saved).filter(([other]) => isPart(other)),
    ]
  })
  return { ...values, ...Object.fromEntries(resolved) }
}
