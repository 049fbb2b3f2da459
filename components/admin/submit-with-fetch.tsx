'use client'

import { useEffect, useRef, useState } from 'react'

type SubmitWithFetchProps = {
  /** Id of the form that is sent. */
  form: string
  /** Words about the draft that is kept meanwhile; null: nothing is kept, for want of somebody to keep it for. */
  draft: { kept: string; failed: string } | null
  labels: { tooLarge: string; refused: string; away: string }
}

type Notice =
  keyof SubmitWithFetchProps['labels'] | keyof NonNullable<SubmitWithFetchProps['draft']>

const AUTOSAVE_INTERVAL_MS = 4000

/**
 * With scripts, a form that is sent stays on the page until its answer is here: whatever happens on the
 * way, nothing that was typed is lost. Where its author is known, it is kept every few seconds while it
 * changes, as a draft that only they see. The form's address answers with where to go.
 */
export function SubmitWithFetch({ form, draft, labels: words }: SubmitWithFetchProps) {
  const keeps = draft !== null
  const [state, setState] = useState<Notice | null>(null)
  const problem = useRef<HTMLParagraphElement>(null)
  useEffect(() => {
    const element = document.getElementById(form)
    if (!(element instanceof HTMLFormElement)) return
    let isChanged = false
    let isSent = false
    let keeping: Promise<void> | null = null
    const keep = async () => {
      isChanged = false
      const typed = new FormData(element)
      typed.set('intent', 'keep')
      const answer = await postForm(element.action, typed)
      const isKept = typeof answer === 'object' && 'kept' in answer && answer.kept === true
      if (!isKept) isChanged = true
      setState(isKept ? 'kept' : 'failed')
    }
    const send = async (typed: FormData) => {
      // A draft that arrived later would be there again after it was saved.
      await keeping
      const answer = await postForm(element.action, typed)
      if (typeof answer === 'object' && typeof answer.location === 'string') {
        window.location.assign(answer.location)
        return
      }
      isSent = false
      setState(typeof answer === 'string' ? answer : 'refused')
      problem.current?.focus()
    }
    const change = () => {
      isChanged = true
    }
    const submit = (event: SubmitEvent) => {
      event.preventDefault()
      // The second of two quick clicks.
      if (isSent) return
      isSent = true
      const typed = new FormData(element)
      const { submitter } = event
      if (submitter instanceof HTMLButtonElement) typed.set(submitter.name, submitter.value)
      void send(typed)
    }
    const timer = setInterval(() => {
      if (!keeps || !isChanged || isSent || keeping) return
      keeping = keep().finally(() => {
        keeping = null
      })
    }, AUTOSAVE_INTERVAL_MS)
    const back = (event: PageTransitionEvent) => {
      // Kept alive by the browser while somebody looked at the next page.
      if (event.persisted) isSent = false
    }
    element.addEventListener('input', change)
    element.addEventListener('submit', submit)
    window.addEventListener('pageshow', back)
    return () => {
      clearInterval(timer)
      element.removeEventListener('input', change)
      element.removeEventListener('submit', submit)
      window.removeEventListener('pageshow', back)
    }
  }, [form, keeps])
  const ofDraft = state === 'kept' || state === 'failed' ? state : null
  return (
    <>
      <small className="draft" role="status">
        {draft !== null && ofDraft !== null ? draft[ofDraft] : ''}
      </small>
      <p className="submit-failed" ref={problem} role="alert" tabIndex={-1}>
        {state === null || state === 'kept' || state === 'failed' ? '' : words[state]}
      </p>
    </>
  )
}

/** What the site answered, or why it did not. */
async function postForm(
  address: string,
  body: FormData,
): Promise<{ location?: unknown; kept?: unknown } | 'tooLarge' | 'refused' | 'away'> {
  try {
    const answer = await fetch(address, {
      method: 'POST',
      headers: { Accept: 'application/json' },
      body,
    })
    if (answer.ok) return (await answer.json()) as { location?: unknown; kept?: unknown }
    return answer.status === 413 ? 'tooLarge' : 'refused'
  } catch {
    return 'away'
  }
}
