'use server'

import { headers } from 'next/headers'
import { redirect } from 'next/navigation'
import { readSignIn } from '@/lib/auth/session'
import { reauthenticate } from '@/lib/auth/sign-in'
import { readForm } from '@/lib/forms/read-form-data'
import { firstValue, shownAgain, type FormState } from '@/lib/forms/state'
import { knownLocale } from '@/lib/i18n/navigation'
import { afterwards } from '../request'

/** Takes password or code once more and goes on to the sensitive act. */
export async function againAction(
  language: string,
  state: FormState,
  form: FormData,
): Promise<FormState> {
  const values = readForm(form, ['secret', 'next'])
  const kept = shownAgain(state)
  const request = await headers()
  const found = await readSignIn(request)
  if (!found) return { ...kept, refusal: 'nobody' }
  const typed = firstValue(values, 'secret')
  const outcome = await reauthenticate(request, found.signedIn, typed)
  if (!outcome.ok) return { ...kept, refusal: outcome.reason }
  redirect(afterwards(knownLocale(language), firstValue(values, 'next')))
}
