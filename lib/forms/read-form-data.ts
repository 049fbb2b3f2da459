import { log } from '@/lib/log'
import { formValues } from './state'

/**
 * Reads the fields of a submitted form as `formValues` does, but only the form's own fields. Fields that
 * somebody added (a role, a status, an owner) are ignored; the log says how many there were, not which.
 *
 * @param fields names of the form's fields, or a test for them
 * @returns values by field name, in the order they were sent
 */
export function parseFormData(
  form: FormData,
  fields: readonly string[] | ((name: string) => boolean),
): Record<string, string[]> {
  const isOwn = (name: string) =>
    typeof fields === 'function' ? fields(name) : fields.includes(name)
  const foreign = new Set(
    [...form.keys()].filter((name) => !name.startsWith('$ACTION') && !isOwn(name)),
  )
  if (foreign.size > 0) log.warn({ event: 'unknownFieldsIgnored', count: foreign.size })
  return Object.fromEntries(Object.entries(formValues(form)).filter(([name]) => isOwn(name)))
}
