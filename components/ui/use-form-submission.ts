'use client'

import { unstable_rethrow as rethrowFrameworkErrors } from 'next/navigation'
import { useActionState } from 'react'
import { formValues, type FormState } from '@/lib/forms/state'

type SubmissionState = { formError: string | null; attempt: number }

/** Refusal of a form whose answer never came, or could not be read. */
const SUBMIT_FAILED = 'notSent'

/**
 * React's `useActionState`, where a form that the site did not take stays on the page with all that was
 * typed: one from before an update of the site, one that is too large, a site that is away. Without
 * scripts the answer itself says so.
 *
 * @param typed what the form shows again of what was typed
 * @returns state, action, whether it is on its way, and whether the site did not take it
 */
export function useFormSubmission<State extends SubmissionState>(
  action: (state: Awaited<State>, form: FormData) => Promise<State>,
  start: Awaited<State>,
  typed: (form: FormData) => Partial<State>,
) {
  const send = async (state: Awaited<State>, form: FormData): Promise<State> => {
    try {
      return await action(state, form)
    } catch (error) {
      // A redirect is an answer.
      rethrowFrameworkErrors(error)
      return { ...state, ...typed(form), formError: SUBMIT_FAILED, attempt: state.attempt + 1 }
    }
  }
  // In the page that the server makes, the form names the action itself: it works before scripts run.
  const [state, sendForm, isSending] = useActionState(
    typeof window === 'undefined' ? action : send,
    start,
  )
  return [state, sendForm, isSending, state.formError === SUBMIT_FAILED] as const
}

/** What a form of fields shows again of what was typed. */
export function typedValues(form: FormData): Pick<FormState, 'values' | 'errors'> {
  return { values: formValues(form), errors: [] }
}
