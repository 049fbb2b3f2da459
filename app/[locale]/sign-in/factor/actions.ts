'use server'

import { headers } from 'next/headers'
import { enableTwoFactor } from '@/lib/auth/two-factor'
import { parseFormData } from '@/lib/forms/read-form-data'
import { firstValue, nextFormState, type FormState } from '@/lib/forms/state'
import { trustDevice } from '../return-and-cookies'

/** Enables two-factor authentication with its first code; the answer shows the recovery codes, once. */
export async function enableTwoFactorAction(state: FormState, form: FormData): Promise<FormState> {
  const typed = firstValue(parseFormData(form, ['code', 'next']), 'code').trim()
  const next = nextFormState(state)
  if (typed === '') {
    return { ...next, errors: [{ field: 'code', code: 'missing' }] }
  }
  const outcome = await enableTwoFactor(await headers(), typed)
  if (!outcome.ok) return { ...next, formError: outcome.reason }
  await trustDevice(outcome.email)
  return { ...next, values: { codes: outcome.recoveryCodes } }
}
