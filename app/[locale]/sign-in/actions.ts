'use server'

import { headers } from 'next/headers'
import { redirect } from 'next/navigation'
import { z } from 'zod'
import { signIn } from '@/lib/auth/sign-in'
import { readForm } from '@/lib/forms/read-form-data'
import { firstValue, shownAgain, type FormState } from '@/lib/forms/state'
import { knownLocale, localePath } from '@/lib/i18n/navigation'
import { afterwards, rememberBrowser } from './request'
import { withNext } from './sign-in-page'

/** Signs in by e-mail and password, or goes on to what is still asked for. */
export async function signInAction(
  language: string,
  state: FormState,
  form: FormData,
): Promise<FormState> {
  const locale = knownLocale(language)
  const values = readForm(form, ['email', 'password', 'next'])
  const email = firstValue(values, 'email').trim()
  const password = firstValue(values, 'password')
  const faults = [
    ...(email === '' ? [{ field: 'email', code: 'missing' }] : []),
    ...(email !== '' && !z.email().safeParse(email).success
      ? [{ field: 'email', code: 'noEmail' }]
      : []),
    ...(password === '' ? [{ field: 'password', code: 'missing' }] : []),
  ]
  const kept = shownAgain(state, { email: [email] })
  if (faults.length > 0) return { ...kept, faults }
  const outcome = await signIn(await headers(), { email, password })
  if (!outcome.ok) return { ...kept, refusal: outcome.reason }
  const next = afterwards(locale, firstValue(values, 'next'))
  if (outcome.next === 'code') redirect(withNext(localePath(locale, '/sign-in/code'), next))
  if (outcome.next === 'factor') redirect(withNext(localePath(locale, '/sign-in/factor'), next))
  await rememberBrowser(outcome.email)
  redirect(next)
}
