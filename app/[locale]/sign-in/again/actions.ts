'use server'

import { headers } from 'next/headers'
import { redirect } from 'next/navigation'
import { findSession } from '@/lib/auth/session'
import { reauthenticate } from '@/lib/auth/sign-in'
import { parseFormData } from '@/lib/forms/read-form-data'
import { firstValue, nextFormState, type FormState } from '@/lib/forms/state'
import { parseLocale } from '@/lib/i18n/navigation'
import { returnToOrAdmin } from '../return-and-cookies'

/** Re-authenticates by password or code, then continues with the sensitive action. */
export async function reauthenticateAction(
  language: string,
  state: FormState,
  form: FormData,
): Promise<FormState> {
  const values = parseFormData(form, ['secret', 'next'])
  const next = nextFormState(state)
  const request = await headers()
  const found = await findSession(request)
  if (!found) return { ...next, formError: 'notSignedIn' }
  const typed = firstValue(values, 'secret')
  const outcome = await reauthenticate(request, found.signedIn, typed)
  if (!outcome.ok) return { ...next, formError: outcome.reason }
  redirect(returnToOrAdmin(parseLocale(language), firstValue(values, 'next')))
}
