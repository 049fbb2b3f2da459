'use server'

import { headers } from 'next/headers'
import { confirmFactor } from '@/lib/access/factor'
import { firstValue, readValues, type FormState } from '@/lib/form/state'
import { rememberBrowser } from '../request'

/** Confirms a second factor by its first code; the answer holds the recovery codes, once. */
export async function confirmFactorAction(state: FormState, form: FormData): Promise<FormState> {
  const typed = firstValue(readValues(form), 'code').trim()
  const attempt = state.attempt + 1
  if (typed === '') {
    return { values: {}, faults: [{ field: 'code', code: 'missing' }], refusal: null, attempt }
  }
  const outcome = await confirmFactor(await headers(), typed)
  if (!outcome.ok) return { values: {}, faults: [], refusal: outcome.reason, attempt }
  await rememberBrowser(outcome.email)
  return { values: { codes: outcome.recoveryCodes }, faults: [], refusal: null, attempt }
}
