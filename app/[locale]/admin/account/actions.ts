'use server'

import { headers } from 'next/headers'
import { redirect } from 'next/navigation'
import { regenerateRecoveryCodes } from '@/lib/auth/two-factor'
import { revokeMySessions } from '@/lib/auth/my-sessions'
import { changePassword } from '@/lib/auth/sign-in'
import { parseFormData } from '@/lib/forms/read-form-data'
import { firstValue, nextFormState, type FormState } from '@/lib/forms/state'
import { parseLocale, localePath } from '@/lib/i18n/navigation'
import { actingUser, pathToPressAgain } from '../require-user'

/** Changes the user's own password, which needs the current one. */
export async function changePasswordAction(
  language: string,
  state: FormState,
  form: FormData,
): Promise<FormState> {
  const values = parseFormData(form, ['current', 'password'])
  const kept = nextFormState(state)
  const signedIn = await actingUser('changePassword')
  if (!signedIn) return { ...kept, formError: 'notSignedIn' }
  const outcome = await changePassword(await headers(), signedIn, {
    current: firstValue(values, 'current'),
    password: firstValue(values, 'password'),
  })
  if (outcome.ok) redirect(localePath(parseLocale(language), '/admin/account?done=password'))
  if (outcome.reason === 'tooMany') return { ...kept, formError: 'tooMany' }
  const field = outcome.reason === 'refused' ? 'current' : 'password'
  return { ...kept, errors: [{ field, code: outcome.reason }] }
}

/** Replaces the recovery codes; the answer shows the new ones, once. */
export async function regenerateRecoveryCodesAction(
  language: string,
  state: FormState,
  form: FormData,
): Promise<FormState> {
  parseFormData(form, [])
  const kept = nextFormState(state)
  const signedIn = await actingUser('renewCodes')
  if (!signedIn) return { ...kept, formError: 'notSignedIn' }
  const outcome = await regenerateRecoveryCodes(signedIn)
  if (outcome.ok) return { ...kept, values: { codes: outcome.recoveryCodes } }
  if (outcome.reason === 'noTwoFactor') return { ...kept, formError: 'noTwoFactor' }
  const locale = parseLocale(language)
  const next = encodeURIComponent(localePath(locale, pathToPressAgain('/admin/account', 'codes')))
  redirect(localePath(locale, `/sign-in/again?next=${next}`))
}

/** Ends one of the user's own sessions, or all except the current one. */
export async function revokeSessionAction(language: string, form: FormData): Promise<void> {
  const locale = parseLocale(language)
  const values = parseFormData(form, ['session'])
  const signedIn = await actingUser('endSession')
  if (!signedIn) redirect(localePath(locale, '/sign-in'))
  await revokeMySessions(signedIn, firstValue(values, 'session'))
  redirect(localePath(locale, '/admin/account?done=ended'))
}
