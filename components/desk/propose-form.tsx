'use client'

import { ErrorSummary } from '@/components/ui/error-summary'
import { Field } from '@/components/ui/field'
import { typedValues, useSentForm } from '@/components/ui/use-sent-form'
import { firstValue, type FormState } from '@/lib/form/state'
import { NotSent } from './not-sent'

type Option = { value: string; name: string }

/** One thing to fill in. */
export type FieldSpec = { name: string; label: string } & (
  | { kind: 'line'; type?: 'email' | 'url' | 'tel' }
  | { kind: 'text'; hint?: string; language?: string; rows: number }
  | { kind: 'choice'; options: readonly Option[] }
  /** Several boxes of one name; an empty hidden field says that they were there. */
  | { kind: 'ticks'; options: readonly Option[] }
  /** Not shown, sent along as it is. */
  | { kind: 'hidden' }
)

type ProposeFormProps = {
  action: (state: FormState, form: FormData) => Promise<FormState>
  /** What the form starts from. */
  start: FormState
  sections: readonly { id: string; title: string; fields: readonly FieldSpec[] }[]
  words: {
    summary: string
    submit: string
    refusals: Readonly<Record<string, string>>
    faults: Readonly<Record<string, string>>
    /** « {field} : {fault} » with both in their places. */
    faultIn: string
  }
}

/** A profile as somebody without an account edits it. Works without scripts, keeps what was typed. */
export function ProposeForm({ action, start, sections, words }: ProposeFormProps) {
  const [state, send, , isNotSent] = useSentForm(action, start, typedValues)
  const fields = sections.flatMap((section) => section.fields)
  const errorOf = (name: string) => {
    const fault = state.faults.find(({ field }) => field === name)
    return fault && (words.faults[fault.code] ?? words.faults['invalid'])
  }
  const summary = state.faults.map(({ field, code }) => ({
    fieldId: field,
    message: words.faultIn
      .replace('{field}', () => fields.find(({ name }) => name === field)?.label ?? field)
      .replace('{fault}', () => words.faults[code] ?? words.faults['invalid'] ?? code),
  }))
  return (
    <form action={send} className="propose">
      <NotSent key={`not sent ${state.attempt}`} isShown={isNotSent} />
      <ErrorSummary
        key={state.attempt}
        title={words.summary}
        refusal={state.refusal === null ? undefined : words.refusals[state.refusal]}
        faults={summary}
      />
      {sections.map(({ id, title, fields }) => (
        <fieldset key={id}>
          <legend>{title}</legend>
          {fields.map((field) => (
            <SpecifiedField
              key={`${field.name} ${state.attempt}`}
              field={field}
              values={state.values}
              error={errorOf(field.name)}
            />
          ))}
        </fieldset>
      ))}
      <div className="buttons">
        <button type="submit">{words.submit}</button>
      </div>
    </form>
  )
}

type SpecifiedFieldProps = {
  field: FieldSpec
  values: FormState['values']
  error: string | undefined
}

function SpecifiedField({ field, values, error }: SpecifiedFieldProps) {
  const { name, label } = field
  const value = firstValue(values, name)
  if (field.kind === 'hidden') return <input type="hidden" name={name} value={value} />
  if (field.kind === 'line') {
    return (
      <Field
        label={label}
        name={name}
        value={value}
        error={error}
        {...(field.type ? { type: 'text', inputMode: field.type, dir: 'ltr' } : { dir: 'auto' })}
      />
    )
  }
  if (field.kind === 'ticks') {
    return (
      <>
        <input type="hidden" name={name} value="" />
        {field.options.map((option) => (
          <label key={option.value} className="tick">
            <input
              type="checkbox"
              name={name}
              value={option.value}
              defaultChecked={values[name]?.includes(option.value) ?? false}
            />
            <span>{option.name}</span>
          </label>
        ))}
      </>
    )
  }
  const hint = field.kind === 'text' ? field.hint : undefined
  const described = [hint ? `${name}-hint` : null, error ? `${name}-error` : null].filter(Boolean)
  const input = {
    id: name,
    name,
    defaultValue: value,
    'aria-invalid': error ? true : undefined,
    'aria-describedby': described.length > 0 ? described.join(' ') : undefined,
  } as const
  return (
    <div className={error ? 'form-field faulty' : 'form-field'}>
      <label htmlFor={name}>{label}</label>
      {hint ? <small id={`${name}-hint`}>{hint}</small> : null}
      {error ? (
        <p className="error" id={`${name}-error`}>
          {error}
        </p>
      ) : null}
      {field.kind === 'choice' ? (
        <select {...input}>
          {field.options.map((option) => (
            <option key={option.value} value={option.value}>
              {option.name}
            </option>
          ))}
        </select>
      ) : (
        <textarea {...input} rows={field.rows} lang={field.language} dir="auto" />
      )}
    </div>
  )
}
