import type { InputHTMLAttributes } from 'react'

type FieldProps = {
  label: string
  name: string
  /** Unlike the name where a form has the same name twice. */
  id?: string
  value: string
  hint?: string | undefined
  error?: string | undefined
} & Pick<
  InputHTMLAttributes<HTMLInputElement>,
  'type' | 'autoComplete' | 'inputMode' | 'maxLength' | 'required' | 'spellCheck' | 'lang' | 'dir'
>

/** One line to fill in: its label, a hint, what is wrong with it, and what was typed. */
export function Field({ label, name, id = name, value, hint, error, ...input }: FieldProps) {
  const described = [hint ? `${id}-hint` : null, error ? `${id}-error` : null].filter(Boolean)
  return (
    <div className={error ? 'form-field faulty' : 'form-field'}>
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
