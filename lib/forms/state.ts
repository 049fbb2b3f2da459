/** An invalid field: its name in the form and an error code. */
export type FieldError = { field: string; code: string }

/** What a form shows: the typed values and the errors of its last submission. */
export type FormState = {
  /** As typed, by field name; a field that was sent several times has all its values, in order. */
  values: Readonly<Record<string, readonly string[]>>
  errors: readonly FieldError[]
  /** Error code of the whole form, such as `denied`; null if only fields have errors, or nothing has. */
  formError: string | null
  /** Grows with each submission, so that the error summary takes the focus again. */
  attempt: number
}

/** The state of a form before its first submission. */
export function initialFormState(values: FormState['values'] = {}): FormState {
  return { values, errors: [], formError: null, attempt: 0 }
}

/**
 * The state of a form that is shown again after a submission, without errors yet.
 *
 * @param state before the submission
 * @param values typed values to show again; the field `secret` (password or code) is removed
 */
export function nextFormState(
  state: Pick<FormState, 'attempt'>,
  values: FormState['values'] = {},
): FormState {
  const { secret: _, ...shown } = values
  return { ...initialFormState(shown), attempt: state.attempt + 1 }
}

/**
 * Reads the text fields of a form. Line breaks become LF (browsers send CRLF); nothing else is changed.
 * Fields of Next.js (`$ACTION…`) and files are left out.
 */
export function formValues(form: FormData): Record<string, string[]> {
  // A map, because a field may be named like a property of every object (`__proto__`).
  const values = new Map<string, string[]>()
  for (const [name, value] of form) {
    if (name.startsWith('$ACTION') || typeof value !== 'string') continue
    const list = values.get(name) ?? []
    list.push(value.replaceAll(/\r\n?/g, '\n'))
    values.set(name, list)
  }
  return Object.fromEntries(values)
}

/** The first value of a field; empty if it was not sent. */
export function firstValue(values: FormState['values'], name: string): string {
  return values[name]?.[0] ?? ''
}
