import type { FieldError } from '@/lib/forms/state'
import { Field } from '@/components/ui/field'

/** The label of the re-authentication field, and its messages by error code. */
export type ReauthLabels = { label: string; errors: Readonly<Record<string, string>> }

/** The error message of the re-authentication field; undefined if the field is not needed. */
export function reauthError(
  faults: readonly FieldError[],
  words: ReauthLabels,
): string | undefined {
  const fault = faults.find(({ field }) => field === 'secret')
  return fault && (words.errors[fault.code] ?? fault.code)
}

/** Asks for password or code within a form, if an error says that it is needed; never shows its value. */
export function ReauthField({ label, error }: { label: string; error: string | undefined }) {
  if (error === undefined) return null
  return (
    <Field
      {...{ name: 'secret', label, value: '', error, type: 'password' }}
      {...{ autoComplete: 'current-password', spellCheck: false, required: true }}
    />
  )
}
