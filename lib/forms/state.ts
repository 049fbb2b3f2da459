/** A field that was refused, by its name in the form, and the code of what is wrong with it. */
export type FieldError = { field: string; code: string }

/** What a form shows after it was sent: every character that was typed, and what is wrong with it. */
export type FormState = {
  /** As typed, by name of the field; a name that came several times has them all, in order. */
  values: Readonly<Record<string, readonly string[]>>
  errors: readonly FieldError[]
  /** Code of what is wrong with the whole, such as `denied`; null where only fields are, or nothing. */
  formError: string | null
  /** Grows with each answer, so that the summary takes the focus again. */
  attempt: number
}

/** A form that nobody has sent yet, with the values it starts from. */
export function initialFormState(values: FormState['values'] = {}): FormState {
  return { values, errors: [], formError: null, attempt: 0 }
}

/**
 * A form that is shown again after it was sent; what is wrong with it is added by whoever knows.
 *
 * @param state as it was shown before
 * @param values what it shows of what was typed; a password or code is never shown again
 */
export function nextFormState(
  state: Pick<FormState, 'attempt'>,
  values: FormState['values'] = {},
): FormState {
  const { secret: _, ...shown } = values
  return { ...initialFormState(shown), attempt: state.attempt + 1 }
}

/**
 * Reads what was typed. Line breaks become LF (browsers send CRLF), nothing else is touched; the
 * framework's own fields (`$ACTION…`) and files are left out.
 */
export function formValues(form: FormData): Record<string, string[]> {
  // A field may bear any name, that of a property of every object too.
  const values = new Map<string, string[]>()
  for (const [name, value] of form) {
    if (name.startsWith('$ACTION') || typeof value !== 'string') continue
    const list = values.get(name) ?? []
    list.push(value.replaceAll(/\r\n?/g, '\n'))
    values.set(name, list)
  }
  return Object.fromEntries(values)
}

/** The first value of a field; empty where it was not sent. */
export function firstValue(values: FormState['values'], name: string): string {
  return values[name]?.[0] ?? ''
}
