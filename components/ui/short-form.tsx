'use client'

import { useActionState, type ReactNode } from 'react'
import { firstValue, type FormState } from '@/lib/forms/state'
import { ErrorSummary } from './error-summary'
import { Field } from './field'

/** A form of a few lines: what it asks for. */
export type ShortField = {
  name: string
  label: string
  hint?: string
  /** What was typed into a field of passwords or codes is never shown again. */
  type?: 'text' | 'email' | 'password'
  autoComplete: string
  inputMode?: 'numeric' | 'text' | 'email'
  maxLength?: number
}

type ShortFormProps = {
  action: (state: FormState, form: FormData) => Promise<FormState>
  state: FormState
  fields: readonly ShortField[]
  /** Null where there is nothing to send any more. */
  submit: string | null
  /** Heading of what is wrong, and the words for every code of it. */
  summary: string
  words: Readonly<Record<string, string>>
  children?: ReactNode
  /** What takes the place of the form once `values` hold something under this name. */
  reveal?: { name: string; title: string; body: string; next: { href: string; name: string } }
}

/** A form of a few lines, with what is wrong beside each and at its head; it needs no scripts. */
export function ShortForm({
  fields,
  submit,
  summary,
  words,
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
  const wrong = (name: string) => {
    const fault = state.errors.find(({ field }) => field === name)
    return fault ? (words[fault.code] ?? fault.code) : undefined
  }
  return (
    <form action={action} noValidate>
      <ErrorSummary
        key={state.attempt}
        title={summary}
        refusal={state.formError === null ? undefined : (words[state.formError] ?? state.formError)}
        errors={fields.flatMap(({ name }) => {
          const message = wrong(name)
          return message === undefined ? [] : [{ fieldId: name, message }]
        })}
      />
      {fields.map((field) => (
        <Field
          key={`${field.name}-${state.attempt}`}
          {...field}
          value={field.type === 'password' ? '' : firstValue(state.values, field.name)}
          error={wrong(field.name)}
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
