'use server'

import { headers } from 'next/headers'
import { redirect } from 'next/navigation'
import { z } from 'zod'
import { requestReset } from '@/lib/auth/password-reset'
import { readForm } from '@/lib/forms/read-form-data'
import { firstValue, shownAgain, type FormState } from '@/lib/forms/state'
import { knownLocale, localePath } from '@/lib/i18n/navigation'

/** Has a link sent by which a forgotten password is replaced; the answer never says to whom. */
export async function forgottenAction(
  language: string,
  state: FormState,
  form: FormData,
): Promise<FormState> {
  const email = firstValue(readForm(form, ['email']), 'email').trim()
  const kept = shownAgain(state, { email: [email] })
  const code = email === '' ? 'missing' : z.email().safeParse(email).success ? null : 'noEmail'
  if (code !== null) return { ...kept, faults: [{ field: 'email', code }] }
  const outcome = await requestReset(await headers(), email)
  if (!outcome.ok) return { ...kept, refusal: outcome.reason }
  redirect(localePath(knownLocale(language), '/sign-in/forgotten?done=sent'))
}
