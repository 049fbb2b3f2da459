'use client'

import { useEffect, useState } from 'react'

type DraftKeeperProps = {
  /** Id of the form that is kept. */
  form: string
  /** Keeps what was typed; false where it could not. */
  keep: (typed: FormData) => Promise<boolean>
  words: { kept: string; failed: string }
}

const EVERY = 4000

/** Keeps what is typed every few seconds while it changes, as a draft that only its author sees. */
export function DraftKeeper({ form, keep, words }: DraftKeeperProps) {
  const [state, setState] = useState<'kept' | 'failed' | null>(null)
  useEffect(() => {
    const element = document.getElementById(form)
    if (!(element instanceof HTMLFormElement)) return
    let isChanged = false
    let isSent = false
    let isKeeping = false
    const change = () => {
      isChanged = true
    }
    const send = () => {
      isSent = true
    }
    const timer = setInterval(() => {
      // What is being saved needs no draft: it would be there again after it was saved.
      if (!isChanged || isSent || isKeeping) return
      isChanged = false
      isKeeping = true
      keep(new FormData(element))
        .catch(() => false)
        .then((isKept) => {
          isKeeping = false
          if (!isKept) isChanged = true
          setState(isKept ? 'kept' : 'failed')
        })
        .catch(() => setState('failed'))
    }, EVERY)
    element.addEventListener('input', change)
    element.addEventListener('submit', send)
    return () => {
      clearInterval(timer)
      element.removeEventListener('input', change)
      element.removeEventListener('submit', send)
    }
  }, [form, keep])
  return (
    <small className="draft" role="status">
      {state === null ? '' : words[state]}
    </small>
  )
}
