'use client'

import { useEffect, useRef } from 'react'

type ErrorSummaryProps = {
  title: string
  /** Words for the whole form, if something is wrong with it. */
  refusal?: string | undefined
  /** One line for each field that was refused, leading to it. */
  errors: readonly { fieldId: string; message: string }[]
}

/**
 * What is wrong with a form, at its head: it takes the focus when it appears, without scripts too.
 * Nothing where nothing is wrong.
 */
export function ErrorSummary({ title, refusal, errors: faults }: ErrorSummaryProps) {
  const summary = useRef<HTMLDivElement>(null)
  // The attribute works when a page is loaded; an answer that a script puts in place needs this.
  useEffect(() => summary.current?.focus(), [faults, refusal])
  if (refusal === undefined && faults.length === 0) return null
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
      {faults.length === 0 ? null : (
        <ul>
          {faults.map(({ fieldId, message }) => (
            <li key={fieldId}>
              <a href={`#${fieldId}`}>{message}</a>
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}
