'use server'

import { headers } from 'next/headers'
import { redirect } from 'next/navigation'
import { findSession } from '@/lib/auth/session'
import { reauthenticate } from '@/lib/auth/sign-in'
import { parseFormData } from '@/lib/forms/read-form-data'
import { firstValue, nextFormState, type FormState } from '@/lib/forms/state'
import { parseLocale } from '@/lib/i18n/navigation'
import { returnToOrAdmin } from '../return-and-cookies'

/** Takes password or code once more and goes on to the sensitive act. */
export async function reauthenticateAction(
  language: string,
  state: FormState,
  form: FormData,
): Promise<FormState> {
  const values = parseFormData(form, ['secret', 'next'])
  const kept = nextFormState(state)
  const request = await headers()
  const found = await findSession(request)
  if (!found) return { ...kept, formError: 'notSignedIn' }
  const typed = firstValue(values, 'secret')
  const outcome = await reauthenticate(request, found.signedIn, typed)
  if (!outcome.ok) return { ...kept, formError: outcome.reason }
  redirect(returnToOrAdmin(parseLocale(language), firstValue(values, 'next')))
}
