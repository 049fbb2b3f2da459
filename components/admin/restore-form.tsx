'use client'

import { ErrorSummary } from '@/components/ui/error-summary'
import { Field } from '@/components/ui/field'
import { typedValues, useFormSubmission } from '@/components/ui/use-form-submission'
import { firstValue, initialFormState, type FormState } from '@/lib/forms/state'
import { DisclosedLines } from './disclosed-lines'
import { SubmitFailed } from './submit-failed'

type RestoreFormProps = {
  action: (state: FormState, form: FormData) => Promise<FormState>
  /** Sent with the form, by name. */
  hiddenFields: Readonly<Record<string, string | number>>
  /** What can be restored: everything first, then single fields. */
  fields: readonly { key: string; name: string }[]
  labels: {
    summary: string
    field: string
    reason: string
    reasonHint: string
    submit: string
    asItIs: string
    refusals: Readonly<Record<string, string>>
    errors: Readonly<Record<string, string>>
  }
}

/** Asks what to restore from an earlier revision, and why. Works without scripts. */
export function RestoreForm({ action, hiddenFields, fields, labels }: RestoreFormProps) {
  const [state, send, , hasSubmitFailed] = useFormSubmission(
    action,
    initialFormState({ field: ['all'] }),
    typedValues,
  )
  const fieldError = state.errors.find(({ field }) => field === 'reason')
  const error = fieldError && (labels.errors[fieldError.code] ?? labels.errors['invalid'])
  return (
    <form action={send} className="restore">
      <SubmitFailed key={`failed ${state.attempt}`} isShown={hasSubmitFailed} />
      <ErrorSummary
        key={state.attempt}
        title={labels.summary}
        refusal={state.formError === null ? undefined : labels.refusals[state.formError]}
        errors={error === undefined ? [] : [{ fieldId: 'reason', message: error }]}
      />
      <DisclosedLines values={state.values} label={labels.asItIs} />
      {Object.entries(hiddenFields).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      <div className="form-field">
        <label htmlFor="field">{labels.field}</label>
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
        label={labels.reason}
        name="reason"
        value={firstValue(state.values, 'reason')}
        hint={labels.reasonHint}
        error={error}
      />
      <div className="buttons">
        <button type="submit">{labels.submit}</button>
      </div>
    </form>
  )
}
