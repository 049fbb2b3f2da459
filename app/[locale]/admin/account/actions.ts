'use server'

import { headers } from 'next/headers'
import { redirect } from 'next/navigation'
import { renewRecoveryCodes } from '@/lib/auth/two-factor'
import { endOwnSessions } from '@/lib/auth/my-sessions'
import { changePassword } from '@/lib/auth/sign-in'
import { readForm } from '@/lib/forms/read-form-data'
import { firstValue, shownAgain, type FormState } from '@/lib/forms/state'
import { knownLocale, localePath } from '@/lib/i18n/navigation'
import { actingPerson } from '../require-user'

/** Changes one's own password; it is asked for first. */
export async function changePasswordAction(
  language: string,
  state: FormState,
  form: FormData,
): Promise<FormState> {
  const values = readForm(form, ['current', 'password'])
  const kept = shownAgain(state)
  const signedIn = await actingPerson('changePassword')
  if (!signedIn) return { ...kept, refusal: 'nobody' }
  const outcome = await changePassword(await headers(), signedIn, {
    current: firstValue(values, 'current'),
    password: firstValue(values, 'password'),
  })
  if (outcome.ok) redirect(localePath(knownLocale(language), '/admin/account?done=password'))
  if (outcome.reason === 'tooMany') return { ...kept, refusal: 'tooMany' }
  const field = outcome.reason === 'refused' ? 'current' : 'password'
  return { ...kept, faults: [{ field, code: outcome.reason }] }
}

/** Makes new recovery codes; the answer holds them, once. */
export async function renewCodesAction(
  language: string,
  state: FormState,
  form: FormData,
): Promise<FormState> {
  readForm(form, [])
  const kept = shownAgain(state)
  const signedIn = await actingPerson('renewCodes')
  if (!signedIn) return { ...kept, refusal: 'nobody' }
  const outcome = await renewRecoveryCodes(signedIn)
  if (outcome.ok) return { ...kept, values: { codes: outcome.recoveryCodes } }
  if (outcome.reason === 'noFactor') return { ...kept, refusal: 'noFactor' }
  const locale = knownLocale(language)
  const next = encodeURIComponent(localePath(locale, '/admin/account'))
  redirect(localePath(locale, `/sign-in/again?next=${next}`))
}

/** Ends one of one's own sessions, or all others. */
export async function endSessionAction(language: string, form: FormData): Promise<void> {
  const locale = knownLocale(language)
  const values = readForm(form, ['session'])
  const signedIn = await actingPerson('endSession')
  if (!signedIn) redirect(localePath(locale, '/sign-in'))
  await endOwnSessions(signedIn, firstValue(values, 'session'))
  redirect(localePath(locale, '/admin/account?done=ended'))
}
