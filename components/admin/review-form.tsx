'use client'

import type { ReactNode } from 'react'
import { ErrorSummary } from '@/components/ui/error-summary'
import { typedValues, useFormSubmission } from '@/components/ui/use-form-submission'
import { firstValue, initialFormState, type FormState } from '@/lib/forms/state'
import { SubmitFailed } from './submit-failed'

type ReviewFormProps = {
  action: (state: FormState, form: FormData) => Promise<FormState>
  /** What the form is about, sent along as it is. */
  hiddenFields: Readonly<Record<string, string | number>>
  fields: readonly {
    key: string
    name: string
    detail: ReactNode
    /** The versions of a field that was changed on both sides: one has to be chosen. Null: it is ticked or not. */
    conflict: ReactNode | null
  }[]
  labels: {
    summary: string
    conflict: string
    now: string
    proposed: string
    answer: string
    answerHint: string
    accept: string
    return: string
    decline: string
    refusals: Readonly<Record<string, string>>
    faults: Readonly<Record<string, string>>
    /** « {field} : {fault} » with both in their places. */
    faultIn: string
  }
}

/** Name of the field that says what stands of one that both sides changed. */
function choiceInputName(key: string): string {
  return `choice.${key}`
}

/** What a proposal would change, each field to accept or not, and what to do with it. */
export function ReviewForm({
  action,
  hiddenFields: fixed,
  fields,
  labels: words,
}: ReviewFormProps) {
  const [state, send, , isNotSent] = useFormSubmission(
    action,
    initialFormState({
      field: fields.flatMap(({ key, conflict }) => (conflict === null ? [key] : [])),
    }),
    typedValues,
  )
  const errorOf = (name: string) => {
    const fault = state.errors.find(({ field }) => field === name)
    return fault && (words.faults[fault.code] ?? words.faults['invalid'])
  }
  const error = errorOf('answer')
  const faultIn = (field: string, fault: string) =>
    words.faultIn.replace('{field}', () => field).replace('{fault}', () => fault)
  const undecided = fields.flatMap(({ key, name }) => {
    const message = errorOf(choiceInputName(key))
    return message === undefined
      ? []
      : [{ fieldId: choiceInputName(key), message: faultIn(name, message) }]
  })
  const described = error === undefined ? 'answer-hint' : 'answer-hint answer-error'
  return (
    <form action={send} className="review">
      <SubmitFailed key={`not sent ${state.attempt}`} isShown={isNotSent} />
      <ErrorSummary
        key={state.attempt}
        title={words.summary}
        refusal={state.formError === null ? undefined : words.refusals[state.formError]}
        errors={[
          ...undecided,
          ...(error === undefined ? [] : [{ fieldId: 'answer', message: error }]),
        ]}
      />
      {Object.entries(fixed).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      {fields.map(({ key, name, conflict, detail }) =>
        conflict === null ? (
          <div key={key} className="difference">
            <h3>
              <label className="choice-option">
                <input
                  key={state.attempt}
                  type="checkbox"
                  name="field"
                  value={key}
                  defaultChecked={state.values['field']?.includes(key) ?? false}
                />
                <span>{name}</span>
              </label>
            </h3>
            {detail}
          </div>
        ) : (
          <div key={key} className="difference">
            <h3>{name}</h3>
            {detail}
            <fieldset className="conflict">
              <legend>{words.conflict}</legend>
              {conflict}
              {errorOf(choiceInputName(key)) === undefined ? null : (
                <p className="error">{errorOf(choiceInputName(key))}</p>
              )}
              {(['now', 'proposed'] as const).map((choice) => (
                <label className="choice-option" key={choice}>
                  <input
                    key={state.attempt}
                    id={choice === 'now' ? choiceInputName(key) : undefined}
                    type="radio"
                    name={choiceInputName(key)}
                    value={choice}
                    defaultChecked={firstValue(state.values, choiceInputName(key)) === choice}
                  />
                  <span>{words[choice]}</span>
                </label>
              ))}
            </fieldset>
          </div>
        ),
      )}
      <div className={error === undefined ? 'form-field' : 'form-field invalid'}>
        <label htmlFor="answer">{words.answer}</label>
        <small id="answer-hint">{words.answerHint}</small>
        {error === undefined ? null : (
          <p className="error" id="answer-error">
            {error}
          </p>
        )}
        <textarea
          key={state.attempt}
          id="answer"
          name="answer"
          rows={4}
          dir="auto"
          defaultValue={firstValue(state.values, 'answer')}
          aria-invalid={error === undefined ? undefined : true}
          aria-describedby={described}
        />
      </div>
      <div className="buttons">
        {fields.length === 0 ? null : (
          <button type="submit" name="intent" value="accept">
            {words.accept}
          </button>
        )}
        <button type="submit" name="intent" value="return" className="quiet">
          {words.return}
        </button>
        <button type="submit" name="intent" value="decline" className="quiet">
          {words.decline}
        </button>
      </div>
    </form>
  )
}
