'use server'

import { headers } from 'next/headers'
import { confirmFactor } from '@/lib/auth/two-factor'
import { readForm } from '@/lib/forms/read-form-data'
import { firstValue, shownAgain, type FormState } from '@/lib/forms/state'
import { rememberBrowser } from '../request'

/** Confirms a second factor by its first code; the answer holds the recovery codes, once. */
export async function confirmFactorAction(state: FormState, form: FormData): Promise<FormState> {
  const typed = firstValue(readForm(form, ['code', 'next']), 'code').trim()
  const kept = shownAgain(state)
  if (typed === '') {
    return { ...kept, faults: [{ field: 'code', code: 'missing' }] }
  }
  const outcome = await confirmFactor(await headers(), typed)
  if (!outcome.ok) return { ...kept, refusal: outcome.reason }
  await rememberBrowser(outcome.email)
  return { ...kept, values: { codes: outcome.recoveryCodes } }
}
