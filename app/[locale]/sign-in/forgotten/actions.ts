'use server'

import { headers } from 'next/headers'
import { redirect } from 'next/navigation'
import { z } from 'zod'
import { requestPasswordReset } from '@/lib/auth/password-reset'
import { parseFormData } from '@/lib/forms/read-form-data'
import { firstValue, nextFormState, type FormState } from '@/lib/forms/state'
import { parseLocale, localePath } from '@/lib/i18n/navigation'

/** Requests a link for choosing a new password; the answer does not reveal whether the account exists. */
export async function forgotPasswordAction(
  language: string,
  state: FormState,
  form: FormData,
): Promise<FormState> {
  const email = firstValue(parseFormData(form, ['email']), 'email').trim()
  const next = nextFormState(state, { email: [email] })
  const code = email === '' ? 'missing' : z.email().safeParse(email).success ? null : 'noEmail'
  if (code !== null) return { ...next, errors: [{ field: 'email', code }] }
  const outcome = await requestPasswordReset(await headers(), email)
  if (!outcome.ok) return { ...next, formError: outcome.reason }
  redirect(localePath(parseLocale(language), '/sign-in/forgotten?done=sent'))
}
