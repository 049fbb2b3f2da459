'use client'

import type { ReactNode } from 'react'
import { ErrorSummary } from '@/components/ui/error-summary'
import { typedValues, useFormSubmission } from '@/components/ui/use-form-submission'
import { firstValue, initialFormState, type FormState } from '@/lib/forms/state'
import { DisclosedLines } from './disclosed-lines'
import { SubmitFailed } from './submit-failed'

type ReviewFormProps = {
  action: (state: FormState, form: FormData) => Promise<FormState>
  /** Sent with the form, by name: which proposal, and the versions that the reviewer sees. */
  hiddenFields: Readonly<Record<string, string | number>>
  fields: readonly {
    key: string
    name: string
    detail: ReactNode
    /** The versions to choose from if profile and proposal both changed the field; otherwise null. */
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
    asItIs: string
    return: string
    decline: string
    refusals: Readonly<Record<string, string>>
    errors: Readonly<Record<string, string>>
    /** A line of the error summary, with the placeholders `{field}` and `{error}`. */
    errorIn: string
  }
}

/** Name of the radio buttons that choose a version of a field. */
function choiceInputName(key: string): string {
  return `choice.${key}`
}

/** The changes of a proposal, each to be accepted or not, and the buttons that decide it. */
export function ReviewForm({ action, hiddenFields, fields, labels }: ReviewFormProps) {
  const [state, send, , hasSubmitFailed] = useFormSubmission(
    action,
    initialFormState({
      field: fields.flatMap(({ key, conflict }) => (conflict === null ? [key] : [])),
    }),
    typedValues,
  )
  const errorOf = (name: string) => {
    const error = state.errors.find(({ field }) => field === name)
    return error && (labels.errors[error.code] ?? labels.errors['invalid'])
  }
  const answerError = errorOf('answer')
  const choiceErrors = fields.flatMap(({ key, name }) => {
    const error = errorOf(choiceInputName(key))
    if (error === undefined) return []
    const message = labels.errorIn.replace('{field}', () => name).replace('{error}', () => error)
    return [{ fieldId: choiceInputName(key), message }]
  })
  return (
    <form action={send} className="review">
      <SubmitFailed key={`failed ${state.attempt}`} isShown={hasSubmitFailed} />
      <ErrorSummary
        key={state.attempt}
        title={labels.summary}
        refusal={state.formError === null ? undefined : labels.refusals[state.formError]}
        errors={[
          ...choiceErrors,
          ...(answerError === undefined ? [] : [{ fieldId: 'answer', message: answerError }]),
        ]}
      />
      <DisclosedLines values={state.values} label={labels.asItIs} />
      {Object.entries(hiddenFields).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      {fields.map((field) =>
        field.conflict === null ? (
          <AcceptableField key={field.key} field={field} state={state} />
        ) : (
          <ConflictingField
            key={field.key}
            {...{ field, state, labels }}
            error={errorOf(choiceInputName(field.key))}
          />
        ),
      )}
      <AnswerField {...{ state, labels }} error={answerError} />
      <div className="buttons">
        {fields.length === 0 ? null : (
          <button type="submit" name="intent" value="accept">
            {labels.accept}
          </button>
        )}
        <button type="submit" name="intent" value="return" className="quiet">
          {labels.return}
        </button>
        <button type="submit" name="intent" value="decline" className="quiet">
          {labels.decline}
        </button>
      </div>
    </form>
  )
}

type ReviewedField = ReviewFormProps['fields'][number]

/** A field that only the proposal has changed: a checkbox accepts it. */
function AcceptableField({ field, state }: { field: ReviewedField; state: FormState }) {
  const { key, name, detail } = field
  return (
    <div className="difference">
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
  )
}

type FieldPartProps = {
  state: FormState
  labels: ReviewFormProps['labels']
  error: string | undefined
}

/** A field that somebody has changed since the proposal was made: one version has to be chosen. */
function ConflictingField(props: FieldPartProps & { field: ReviewedField }) {
  const { field, state, labels, error } = props
  const inputName = choiceInputName(field.key)
  return (
    <div className="difference">
      <h3>{field.name}</h3>
      {field.detail}
      <fieldset className="conflict">
        <legend>{labels.conflict}</legend>
        {field.conflict}
        {error === undefined ? null : <p className="error">{error}</p>}
        {(['now', 'proposed'] as const).map((choice) => (
          <label className="choice-option" key={choice}>
            <input
              key={state.attempt}
              id={choice === 'now' ? inputName : undefined}
              type="radio"
              name={inputName}
              value={choice}
              defaultChecked={firstValue(state.values, inputName) === choice}
            />
            <span>{labels[choice]}</span>
          </label>
        ))}
      </fieldset>
    </div>
  )
}

/** The reviewer's message to the proposer. */
function AnswerField({ state, labels, error }: FieldPartProps) {
  return (
    <div className={error === undefined ? 'form-field' : 'form-field invalid'}>
      <label htmlFor="answer">{labels.answer}</label>
      <small id="answer-hint">{labels.answerHint}</small>
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
        aria-describedby={error === undefined ? 'answer-hint' : 'answer-hint answer-error'}
      />
    </div>
  )
}
