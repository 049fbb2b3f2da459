import type { InputHTMLAttributes } from 'react'

type FieldProps = {
  label: string
  name: string
  /** Needed if a form has two fields of the same name. */
  id?: string
  value: string
  hint?: string | undefined
  error?: string | undefined
} & Pick<
  InputHTMLAttributes<HTMLInputElement>,
  'type' | 'autoComplete' | 'inputMode' | 'maxLength' | 'required' | 'spellCheck' | 'lang' | 'dir'
>

/** A text input with its label, hint, error and value. */
export function Field({ label, name, id = name, value, hint, error, ...input }: FieldProps) {
  const described = [hint ? `${id}-hint` : null, error ? `${id}-error` : null].filter(Boolean)
  return (
    <div className={error ? 'form-field invalid' : 'form-field'}>
      <label htmlFor={id}>{label}</label>
      {hint ? <small id={`${id}-hint`}>{hint}</small> : null}
      {error ? (
        <p className="error" id={`${id}-error`}>
          {error}
        </p>
      ) : null}
      <input
        {...input}
        id={id}
        name={name}
        defaultValue={value}
        aria-invalid={error ? true : undefined}
        aria-describedby={described.length > 0 ? described.join(' ') : undefined}
      />
    </div>
  )
}
