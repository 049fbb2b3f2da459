'use client'

import { ErrorSummary } from '@/components/ui/error-summary'
import { Field } from '@/components/ui/field'
import { typedValues, useSentForm } from '@/components/ui/use-sent-form'
import { AgainField, againFault, type AgainWords } from './confirm-password-field'
import { firstValue, freshForm, type FormState } from '@/lib/forms/state'
import { NotSent } from './submit-failed'

type EraseFormProps = {
  action: (state: FormState, form: FormData) => Promise<FormState>
  /** What the form is about, sent along as it is. */
  fixed: Readonly<Record<string, string | number>>
  words: {
    summary: string
    name: string
    nameHint: string
    otherName: string
    submit: string
    refusals: Readonly<Record<string, string>>
    again: AgainWords
  }
}

/** The name of what is erased has to be typed. Works without scripts. */
export function EraseForm({ action, fixed, words }: EraseFormProps) {
  const [state, send, , isNotSent] = useSentForm(action, freshForm(), typedValues)
  const error = state.faults.some(({ field }) => field === 'name') ? words.otherName : undefined
  const againError = againFault(state.faults, words.again)
  return (
    <form action={send}>
      <NotSent key={`not sent ${state.attempt}`} isShown={isNotSent} />
      <ErrorSummary
        key={state.attempt}
        title={words.summary}
        refusal={state.refusal === null ? undefined : words.refusals[state.refusal]}
        faults={[
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
      <AgainField key={`again ${state.attempt}`} label={words.again.label} error={againError} />
      <div className="buttons">
        <button type="submit">{words.submit}</button>
      </div>
    </form>
  )
}
