'use server'

import { headers } from 'next/headers'
import { redirect } from 'next/navigation'
import { z } from 'zod'
import { requestPasswordReset } from '@/lib/auth/password-reset'
import { parseFormData } from '@/lib/forms/read-form-data'
import { firstValue, nextFormState, type FormState } from '@/lib/forms/state'
import { parseLocale, localePath } from '@/lib/i18n/navigation'

/** Has a link sent by which a forgotten password is replaced; the answer never says to whom. */
export async function forgotPasswordAction(
  language: string,
  state: FormState,
  form: FormData,
): Promise<FormState> {
  const email = firstValue(parseFormData(form, ['email']), 'email').trim()
  const kept = nextFormState(state, { email: [email] })
  const code = email === '' ? 'missing' : z.email().safeParse(email).success ? null : 'noEmail'
  if (code !== null) return { ...kept, errors: [{ field: 'email', code }] }
  const outcome = await requestPasswordReset(await headers(), email)
  if (!outcome.ok) return { ...kept, formError: outcome.reason }
  redirect(localePath(parseLocale(language), '/sign-in/forgotten?done=sent'))
}
