'use client'

import { ErrorSummary } from '@/components/ui/error-summary'
import { Field } from '@/components/ui/field'
import { typedValues, useFormSubmission } from '@/components/ui/use-form-submission'
import { firstValue, initialFormState, type FormState } from '@/lib/forms/state'
import { SubmitFailed } from './submit-failed'

type RestoreFormProps = {
  action: (state: FormState, form: FormData) => Promise<FormState>
  /** Sent unchanged, such as the id of the profile. */
  hiddenFields: Readonly<Record<string, string | number>>
  /** What can be restored: the whole profile first. */
  fields: readonly { key: string; name: string }[]
  labels: {
    summary: string
    field: string
    reason: string
    reasonHint: string
    submit: string
    refusals: Readonly<Record<string, string>>
    faults: Readonly<Record<string, string>>
  }
}

/** Chooses what to restore from an earlier revision, and why. Works without scripts. */
export function RestoreForm({
  action,
  hiddenFields: fixed,
  fields,
  labels: words,
}: RestoreFormProps) {
  const [state, send, , isNotSent] = useFormSubmission(
    action,
    initialFormState({ field: ['all'] }),
    typedValues,
  )
  const fault = state.errors.find(({ field }) => field === 'reason')
  const error = fault && (words.faults[fault.code] ?? words.faults['invalid'])
  return (
    <form action={send} className="restore">
      <SubmitFailed key={`not sent ${state.attempt}`} isShown={isNotSent} />
      <ErrorSummary
        key={state.attempt}
        title={words.summary}
        refusal={state.formError === null ? undefined : words.refusals[state.formError]}
        errors={error === undefined ? [] : [{ fieldId: 'reason', message: error }]}
      />
      {Object.entries(fixed).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      <div className="form-field">
        <label htmlFor="field">{words.field}</label>
        <select
          key={state.attempt}
          id="field"
          name="field"
          defaultValue={firstValue(state.values, 'field')}
        >
          {fields.map(({ key, name }) => (
            <option key={key} value={key}>
              {name}
            </option>
          ))}
        </select>
      </div>
      <Field
        key={`reason ${state.attempt}`}
        label={words.reason}
        name="reason"
        value={firstValue(state.values, 'reason')}
        hint={words.reasonHint}
        error={error}
      />
      <div className="buttons">
        <button type="submit">{words.submit}</button>
      </div>
    </form>
  )
}
