import { log } from '@/lib/log'
import { formValues } from './state'

/**
 * Reads what a form has sent, as `readValues` does: its own fields and no other. Whatever else somebody
 * added (a role, a state, an owner) goes no further, and the log says how many there were, not which.
 *
 * @param fields the names that the form has, or what tells them
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
