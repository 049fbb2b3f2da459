'use server'

import { redirect } from 'next/navigation'
import { setPasswordWithToken } from '@/lib/auth/sign-in'
import { parseFormData } from '@/lib/forms/read-form-data'
import { firstValue, nextFormState, type FormState } from '@/lib/forms/state'
import { parseLocale, localePath } from '@/lib/i18n/navigation'

/** Sets the password of the user whom the link was made for; works once. */
export async function setPasswordAction(
  language: string,
  secret: string,
  state: FormState,
  form: FormData,
): Promise<FormState> {
  const password = firstValue(parseFormData(form, ['username', 'password']), 'password')
  const outcome = await setPasswordWithToken(String(secret), password)
  if (outcome.ok) redirect(localePath(parseLocale(language), '/sign-in?done=password'))
  const isAboutLink = outcome.reason === 'linkGone'
  return {
    ...nextFormState(state),
    errors: isAboutLink ? [] : [{ field: 'password', code: outcome.reason }],
    formError: isAboutLink ? outcome.reason : null,
  }
}
