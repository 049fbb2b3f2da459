'use client'

import { useEffect, useRef, useState } from 'react'

type SubmitWithFetchProps = {
  /** Id of the form. */
  form: string
  /** Messages about the saved draft; null if drafts are not saved, because there is no user. */
  draft: { kept: string; failed: string } | null
  labels: { tooLarge: string; refused: string; away: string }
}

type Notice =
  keyof SubmitWithFetchProps['labels'] | keyof NonNullable<SubmitWithFetchProps['draft']>

const AUTOSAVE_INTERVAL_MS = 4000

/**
 * With scripts, a submitted form stays on the page until the response arrives, so that typed text is not
 * lost. For a signed-in user, changes are saved every few seconds as a draft that only they see. The form's
 * address answers with JSON: `location` after saving, `kept` for a draft.
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
      // A draft that arrived after the submission would reappear.
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
      // Ignores a double click.
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
      // The page was restored from the back/forward cache.
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

/** Posts a form; returns the JSON of the response, or why there is none. */
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
