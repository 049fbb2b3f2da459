'use client'

import { useActionState, type ReactNode } from 'react'
import { firstValue, type FormState } from '@/lib/forms/state'
import { ErrorSummary } from './error-summary'
import { Field } from './field'

/** A field of a short form. */
export type ShortField = {
  name: string
  label: string
  hint?: string
  /** The value of a password field is never shown again. */
  type?: 'text' | 'email' | 'password'
  autoComplete: string
  inputMode?: 'numeric' | 'text' | 'email'
  maxLength?: number
}

type ShortFormProps = {
  action: (state: FormState, form: FormData) => Promise<FormState>
  state: FormState
  fields: readonly ShortField[]
  /** Label of the button; null if there is nothing to submit any more. */
  submit: string | null
  /** Heading of the error summary. */
  summary: string
  /** By error code. */
  messages: Readonly<Record<string, string>>
  children?: ReactNode
  /** Replaces the form once `values` hold something under this name, such as recovery codes. */
  reveal?: { name: string; title: string; body: string; next: { href: string; name: string } }
}

/** A form of a few fields, with errors beside each field and in a summary. Works without scripts. */
export function ShortForm({
  fields,
  submit,
  summary,
  messages,
  children,
  reveal,
  ...form
}: ShortFormProps) {
  const [state, action, isSending] = useActionState(form.action, form.state)
  const shown = reveal ? state.values[reveal.name] : undefined
  if (reveal && shown) {
    return (
      <section className="revealed">
        <h2 tabIndex={-1} autoFocus>
          {reveal.title}
        </h2>
        <p>{reveal.body}</p>
        <ul className="codes">
          {shown.map((line) => (
            <li key={line}>
              <code>{line}</code>
            </li>
          ))}
        </ul>
        <p>
          <a className="button" href={reveal.next.href}>
            {reveal.next.name}
          </a>
        </p>
      </section>
    )
  }
  const errorOf = (name: string) => {
    const error = state.errors.find(({ field }) => field === name)
    return error ? (messages[error.code] ?? error.code) : undefined
  }
  return (
    <form action={action} noValidate>
      <ErrorSummary
        key={state.attempt}
        title={summary}
        refusal={
          state.formError === null ? undefined : (messages[state.formError] ?? state.formError)
        }
        errors={fields.flatMap(({ name }) => {
          const message = errorOf(name)
          return message === undefined ? [] : [{ fieldId: name, message }]
        })}
      />
      {fields.map((field) => (
        <Field
          key={`${field.name}-${state.attempt}`}
          {...field}
          value={field.type === 'password' ? '' : firstValue(state.values, field.name)}
          error={errorOf(field.name)}
          spellCheck={false}
          required
        />
      ))}
      {children}
      {submit === null ? null : (
        <p className="buttons">
          <button disabled={isSending}>{submit}</button>
        </p>
      )}
    </form>
  )
}
