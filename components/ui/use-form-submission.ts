'use client'

import { unstable_rethrow as rethrowFrameworkErrors } from 'next/navigation'
import { useActionState } from 'react'
import { formValues, type FormState } from '@/lib/forms/state'

type SubmissionState = { formError: string | null; attempt: number }

/** Error code of a form whose response never came or could not be read. */
const SUBMIT_FAILED = 'notSent'

/**
 * React's `useActionState`, except that the form stays on the page with all typed values if the submission
 * fails: the form is from before an update, is too large, or the site is unreachable. Without scripts the
 * response itself says so.
 *
 * @param typed the part of the state that is restored from the submitted form after a failure
 * @returns state, action, whether a submission is in progress, and whether the last one failed
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
      // Next.js implements redirects as errors.
      rethrowFrameworkErrors(error)
      return { ...state, ...typed(form), formError: SUBMIT_FAILED, attempt: state.attempt + 1 }
    }
  }
  // The server renders the form with the action itself, so that it works before scripts run.
  const [state, sendForm, isSending] = useActionState(
    typeof window === 'undefined' ? action : send,
    start,
  )
  return [state, sendForm, isSending, state.formError === SUBMIT_FAILED] as const
}

/** The typed values of a form, to be shown again. */
export function typedValues(form: FormData): Pick<FormState, 'values' | 'errors'> {
  return { values: formValues(form), errors: [] }
}
