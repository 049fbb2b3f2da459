import type { FieldError } from '@/lib/forms/state'
import { Field } from '@/components/ui/field'

/** The words of the question for password or code, and for everything that may be wrong with it. */
export type ReauthLabels = { label: string; errors: Readonly<Record<string, string>> }

/** What is wrong with the answer to that question; undefined where it is not asked. */
export function reauthError(
  faults: readonly FieldError[],
  words: ReauthLabels,
): string | undefined {
  const fault = faults.find(({ field }) => field === 'secret')
  return fault && (words.errors[fault.code] ?? fault.code)
}

/** Asks for password or code within a form, once its answer says so; never shows what was typed. */
export function ReauthField({ label, error }: { label: string; error: string | undefined }) {
  if (error === undefined) return null
  return (
    <Field
      {...{ name: 'secret', label, value: '', error, type: 'password' }}
      {...{ autoComplete: 'current-password', spellCheck: false, required: true }}
    />
  )
}
