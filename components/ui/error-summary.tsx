'use client'

import { useEffect, useRef } from 'react'

type ErrorSummaryProps = {
  title: string
  /** Message about the whole form, if it has an error. */
  refusal?: string | undefined
  /** One line for each invalid field, which links to it. */
  errors: readonly { fieldId: string; message: string }[]
}

/**
 * The errors of a form, above it. It takes the focus when it appears, without scripts too. Renders nothing
 * if there are no errors.
 */
export function ErrorSummary({ title, refusal, errors }: ErrorSummaryProps) {
  const summary = useRef<HTMLDivElement>(null)
  // `autofocus` works when a page is loaded; an update by script needs this.
  useEffect(() => summary.current?.focus(), [errors, refusal])
  if (refusal === undefined && errors.length === 0) return null
  return (
    <div
      ref={summary}
      className="error-summary"
      role="alert"
      tabIndex={-1}
      autoFocus
      aria-labelledby="summary"
    >
      <h2 id="summary">{title}</h2>
      {refusal === undefined ? null : <p>{refusal}</p>}
      {errors.length === 0 ? null : (
        <ul>
          {errors.map(({ fieldId, message }) => (
            <li key={fieldId}>
              <a href={`#${fieldId}`}>{message}</a>
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}
