'use client'

import { ErrorSummary } from '@/components/ui/error-summary'
import { Field } from '@/components/ui/field'
import { typedValues, useFormSubmission } from '@/components/ui/use-form-submission'
import { ReauthField, reauthError, type ReauthLabels } from './reauth-field'
import { firstValue, initialFormState, type FormState } from '@/lib/forms/state'
import { SubmitFailed } from './submit-failed'

type EraseFormProps = {
  action: (state: FormState, form: FormData) => Promise<FormState>
  /** Sent with the form, by name. */
  hiddenFields: Readonly<Record<string, string | number>>
  labels: {
    summary: string
    name: string
    nameHint: string
    otherName: string
    submit: string
    refusals: Readonly<Record<string, string>>
    again: ReauthLabels
  }
}

/** Asks for the name of the organisation before it is erased. Works without scripts. */
export function EraseForm({ action, hiddenFields, labels }: EraseFormProps) {
  const [state, send, , hasSubmitFailed] = useFormSubmission(
    action,
    initialFormState(),
    typedValues,
  )
  const error = state.errors.some(({ field }) => field === 'name') ? labels.otherName : undefined
  const againError = reauthError(state.errors, labels.again)
  return (
    <form action={send}>
      <SubmitFailed key={`failed ${state.attempt}`} isShown={hasSubmitFailed} />
      <ErrorSummary
        key={state.attempt}
        title={labels.summary}
        refusal={state.formError === null ? undefined : labels.refusals[state.formError]}
        errors={[
          ...(error === undefined ? [] : [{ fieldId: 'name', message: error }]),
          ...(againError === undefined ? [] : [{ fieldId: 'secret', message: againError }]),
        ]}
      />
      {Object.entries(hiddenFields).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      <Field
        key={`name ${state.attempt}`}
        label={labels.name}
        name="name"
        value={firstValue(state.values, 'name')}
        hint={labels.nameHint}
        error={error}
        autoComplete="off"
        dir="auto"
      />
      <ReauthField key={`again ${state.attempt}`} label={labels.again.label} error={againError} />
      <div className="buttons">
        <button type="submit">{labels.submit}</button>
      </div>
    </form>
  )
}
