'use client'

import { ErrorSummary } from '@/components/ui/error-summary'
import { Field } from '@/components/ui/field'
import { typedValues, useFormSubmission } from '@/components/ui/use-form-submission'
import { ReauthField, reauthError, type ReauthLabels } from './reauth-field'
import { firstValue, initialFormState, type FormState } from '@/lib/forms/state'
import { SubmitFailed } from './submit-failed'

type EraseFormProps = {
  action: (state: FormState, form: FormData) => Promise<FormState>
  /** Sent unchanged, such as the id of the profile. */
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

/** Erases an organisation, whose name has to be typed to confirm. Works without scripts. */
export function EraseForm({ action, hiddenFields: fixed, labels: words }: EraseFormProps) {
  const [state, send, , isNotSent] = useFormSubmission(action, initialFormState(), typedValues)
  const error = state.errors.some(({ field }) => field === 'name') ? words.otherName : undefined
  const againError = reauthError(state.errors, words.again)
  return (
    <form action={send}>
      <SubmitFailed key={`not sent ${state.attempt}`} isShown={isNotSent} />
      <ErrorSummary
        key={state.attempt}
        title={words.summary}
        refusal={state.formError === null ? undefined : words.refusals[state.formError]}
        errors={[
          ...(error === undefined ? [] : [{ fieldId: 'name', message: error }]),
          ...(againError === undefined ? [] : [{ fieldId: 'secret', message: againError }]),
        ]}
      />
      {Object.entries(fixed).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      <Field
        key={`name ${state.attempt}`}
        label={words.name}
        name="name"
        value={firstValue(state.values, 'name')}
        hint={words.nameHint}
        error={error}
        autoComplete="off"
        dir="auto"
      />
      <ReauthField key={`again ${state.attempt}`} label={words.again.label} error={againError} />
      <div className="buttons">
        <button type="submit">{words.submit}</button>
      </div>
    </form>
  )
}
