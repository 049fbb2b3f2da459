import { getLocale } from 'next-intl/server'
import { headers } from 'next/headers'
import { redirect } from 'next/navigation'
import {
  isReauthenticated,
  findFullSession,
  findSession,
  renewSession,
  type SignedIn,
} from '@/lib/auth/session'
import { reauthenticate } from '@/lib/auth/sign-in'
import { firstValue, type FieldError, type FormState } from '@/lib/forms/state'
import { localePath } from '@/lib/i18n/navigation'
import type { Locale } from '@/lib/i18n/routing'
import { log } from '@/lib/log'

/**
 * Who looks at a protected page. Whoever is not signed in is sent to do so, whoever still needs a
 * second factor to set it up, and both come back here.
 *
 * @param path address of the page from the language on, with its query
 */
export async function requireUser(path: string): Promise<SignedIn> {
  const locale = await getLocale()
  const found = await findSession(await headers())
  const back = `next=${encodeURIComponent(localePath(locale, path))}`
  if (!found) redirect(localePath(locale, `/sign-in?${back}`))
  if (found.twoFactorMissing) redirect(localePath(locale, `/sign-in/factor?${back}`))
  await renewSession(found.signedIn)
  return found.signedIn
}

/**
 * Who sends a form or asks for a file; null for nobody and for who is disabled, which the log tells.
 * It keeps the session from ending for want of use.
 *
 * @param act what they want to do, as the log names it
 */
export async function actingUser(act: string): Promise<SignedIn | null> {
  const signedIn = await findFullSession(await headers())
  if (signedIn) await renewSession(signedIn)
  else log.warn({ event: 'permissionDenied', name: 'anonymous', reason: act })
  return signedIn
}

/**
 * Before a sensitive act: sends whoever was not asked for password or code during the last ten
 * minutes to give it, and back.
 *
 * @param path address to come back to, from the language on, with its query
 * @param locale language of the page
 */
export function requireReauthentication(signedIn: SignedIn, path: string, locale: Locale): void {
  if (isReauthenticated(signedIn)) return
  redirect(
    localePath(locale, `/sign-in/again?next=${encodeURIComponent(localePath(locale, path))}`),
  )
}

/**
 * The same for the page on which a sensitive act begins. Where it is shown with the answer to its own
 * form (without scripts), nobody is sent away, or what was typed would be lost: that form asks by itself.
 */
export async function requireReauthenticationToOpen(
  signedIn: SignedIn,
  path: string,
): Promise<void> {
  const bringsForm = (await headers()).has('content-type')
  if (!bringsForm) requireReauthentication(signedIn, path, await getLocale())
}

/** The field of password or code in a form that asks for it, and what may be wrong with it. */
export type ReauthErrorCode = 'reauthenticationRequired' | 'secretRefused' | 'tooMany'

/**
 * Before a sensitive act whose form holds what somebody has typed: where password or code were last
 * asked for more than ten minutes ago, the form itself asks for them, so that nothing is lost.
 *
 * @returns what is wrong with the field of that question; null where the act may go on
 */
export async function reauthenticateInForm(
  signedIn: SignedIn,
  values: FormState['values'],
): Promise<FieldError | null> {
  if (isReauthenticated(signedIn)) return null
  const fault = (code: ReauthErrorCode) => ({ field: 'secret', code })
  const typed = firstValue(values, 'secret')
  if (typed === '') return fault('reauthenticationRequired')
  const outcome = await reauthenticate(await headers(), signedIn, typed)
  if (outcome.ok) return null
  return fault(outcome.reason === 'tooMany' ? 'tooMany' : 'secretRefused')
}
