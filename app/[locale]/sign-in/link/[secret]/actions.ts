'use server'

import { redirect } from 'next/navigation'
import { setPasswordByLink } from '@/lib/auth/sign-in'
import { readForm } from '@/lib/forms/read-form-data'
import { firstValue, shownAgain, type FormState } from '@/lib/forms/state'
import { knownLocale, localePath } from '@/lib/i18n/navigation'

/** Sets the password of whoever holds the link, once. */
export async function setPasswordAction(
  language: string,
  secret: string,
  state: FormState,
  form: FormData,
): Promise<FormState> {
  const password = firstValue(readForm(form, ['username', 'password']), 'password')
  const outcome = await setPasswordByLink(String(secret), password)
  if (outcome.ok) redirect(localePath(knownLocale(language), '/sign-in?done=password'))
  const isAboutLink = outcome.reason === 'linkGone'
  return {
    ...shownAgain(state),
    faults: isAboutLink ? [] : [{ field: 'password', code: outcome.reason }],
    refusal: isAboutLink ? outcome.reason : null,
  }
}
