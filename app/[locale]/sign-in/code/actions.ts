'use server'

import { headers } from 'next/headers'
import { redirect } from 'next/navigation'
import { signInWithCode } from '@/lib/auth/sign-in'
import { readForm } from '@/lib/forms/read-form-data'
import { firstValue, shownAgain, type FormState } from '@/lib/forms/state'
import { knownLocale } from '@/lib/i18n/navigation'
import { afterwards, rememberBrowser } from '../request'

/** Completes a sign-in by the code of an authenticator, or by a recovery code. */
export async function codeAction(
  language: string,
  state: FormState,
  form: FormData,
): Promise<FormState> {
  const values = readForm(form, ['code', 'next'])
  const typed = firstValue(values, 'code').trim()
  const kept = shownAgain(state)
  if (typed === '') {
    return { ...kept, faults: [{ field: 'code', code: 'missing' }] }
  }
  const outcome = await signInWithCode(await headers(), typed)
  if (!outcome.ok) return { ...kept, refusal: outcome.reason }
  await rememberBrowser(outcome.email)
  redirect(afterwards(knownLocale(language), firstValue(values, 'next')))
}
