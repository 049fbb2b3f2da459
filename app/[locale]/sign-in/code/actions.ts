'use server'

import { headers } from 'next/headers'
import { redirect } from 'next/navigation'
import { signInWithCode } from '@/lib/auth/sign-in'
import { parseFormData } from '@/lib/forms/read-form-data'
import { firstValue, nextFormState, type FormState } from '@/lib/forms/state'
import { parseLocale } from '@/lib/i18n/navigation'
import { returnToOrAdmin, trustDevice } from '../return-and-cookies'

/** Completes a sign-in by a code of an authenticator app or a recovery code. */
export async function verifyCodeAction(
  language: string,
  state: FormState,
  form: FormData,
): Promise<FormState> {
  const values = parseFormData(form, ['code', 'next'])
  const typed = firstValue(values, 'code').trim()
  const next = nextFormState(state)
  if (typed === '') {
    return { ...next, errors: [{ field: 'code', code: 'missing' }] }
  }
  const outcome = await signInWithCode(await headers(), typed)
  if (!outcome.ok) return { ...next, formError: outcome.reason }
  await trustDevice(outcome.email)
  redirect(returnToOrAdmin(parseLocale(language), firstValue(values, 'next')))
}
