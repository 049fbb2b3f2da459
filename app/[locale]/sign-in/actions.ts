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

/** Signs in by e-mail and password, or goes on to what is still asked for. */
export async function signInAction(
  language: string,
  state: FormState,
  form: FormData,
): Promise<FormState> {
  const locale = parseLocale(language)
  const values = parseFormData(form, ['email', 'password', 'next'])
  const email = firstValue(values, 'email').trim()
  const password = firstValue(values, 'password')
  const faults = [
    ...(email === '' ? [{ field: 'email', code: 'missing' }] : []),
    ...(email !== '' && !z.email().safeParse(email).success
      ? [{ field: 'email', code: 'noEmail' }]
      : []),
    ...(password === '' ? [{ field: 'password', code: 'missing' }] : []),
  ]
  const kept = nextFormState(state, { email: [email] })
  if (faults.length > 0) return { ...kept, errors: faults }
  const outcome = await signIn(await headers(), { email, password })
  if (!outcome.ok) return { ...kept, formError: outcome.reason }
  const next = returnToOrAdmin(locale, firstValue(values, 'next'))
  if (outcome.next === 'code') redirect(withReturnTo(localePath(locale, '/sign-in/code'), next))
  if (outcome.next === 'factor') redirect(withReturnTo(localePath(locale, '/sign-in/factor'), next))
  await trustDevice(outcome.email)
  redirect(next)
}
