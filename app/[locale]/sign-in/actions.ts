'use server'

import { headers } from 'next/headers'
import { redirect } from 'next/navigation'
import { z } from 'zod'
import { signIn } from '@/lib/auth/sign-in'
import { parseFormData } from '@/lib/forms/read-form-data'
import { firstValue, nextFormState, type FormState } from '@/lib/forms/state'
import { parseLocale, localePath } from '@/lib/i18n/navigation'
import { returnToOrAdmin, trustDevice } from './return-and-cookies'
import { withReturnTo } from './sign-in-page'

/** Signs in by e-mail and password, or continues with the two-factor code or its set-up. */
export async function signInAction(
  language: string,
  state: FormState,
  form: FormData,
): Promise<FormState> {
  const locale = parseLocale(language)
  const values = parseFormData(form, ['email', 'password', 'next'])
  const email = firstValue(values, 'email').trim()
  const password = firstValue(values, 'password')
  const errors = [
    ...(email === '' ? [{ field: 'email', code: 'missing' }] : []),
    ...(email !== '' && !z.email().safeParse(email).success
      ? [{ field: 'email', code: 'noEmail' }]
      : []),
    ...(password === '' ? [{ field: 'password', code: 'missing' }] : []),
  ]
  const next = nextFormState(state, { email: [email] })
  if (errors.length > 0) return { ...next, errors }
  const outcome = await signIn(await headers(), { email, password })
  if (!outcome.ok) return { ...next, formError: outcome.reason }
  const returnTo = returnToOrAdmin(locale, firstValue(values, 'next'))
  if (outcome.next === 'code') redirect(withReturnTo(localePath(locale, '/sign-in/code'), returnTo))
  if (outcome.next === 'factor')
    redirect(withReturnTo(localePath(locale, '/sign-in/factor'), returnTo))
  await trustDevice(outcome.email)
  redirect(returnTo)
}
