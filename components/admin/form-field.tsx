import type { ReactNode } from 'react'

type FormFieldProps = {
  /** Id of the control; hint and error are named after it. */
  id: string
  label: string
  hint?: string
  error: string | undefined
  /** Shown above the label. */
  notice?: ReactNode
  children: ReactNode
}

/** Label, hint and error of a control that is not a single-line input; see `Field` for those. */
export function FormField({ id, label, hint, error, notice, children }: FormFieldProps) {
  return (
    <div className={error === undefined ? 'form-field' : 'form-field invalid'}>
      {notice}
      <label htmlFor={id}>{label}</label>
      {hint === undefined ? null : <small id={`${id}-hint`}>{hint}</small>}
      {error === undefined ? null : (
        <p className="error" id={`${id}-error`}>
          {error}
        </p>
      )}
      {children}
    </div>
  )
}
