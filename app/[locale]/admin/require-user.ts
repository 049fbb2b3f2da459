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
 * The signed-in user of a protected page. Without one it redirects to sign in, or to set up required
 * two-factor authentication, and from there back to the page.
 *
 * @param path of the page without the language, with its query
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
 * The signed-in user who submits a form or requests a file; null if there is none, which is logged. It
 * extends the session.
 *
 * @param action what they want to do, as a code for the log
 */
export async function actingUser(action: string): Promise<SignedIn | null> {
  const signedIn = await findFullSession(await headers())
  if (signedIn) await renewSession(signedIn)
  else log.warn({ event: 'permissionDenied', name: 'anonymous', reason: action })
  return signedIn
}

/**
 * The answer of a route handler to a request without a valid session.
 *
 * @param path to come back to, without the language, with its query
 */
export function redirectToSignIn(locale: Locale, path: string): Response {
  const next = encodeURIComponent(localePath(locale, path))
  return new Response(null, {
    status: 303,
    headers: { Location: localePath(locale, `/sign-in?next=${next}`) },
  })
}

/**
 * The path of a page that shows one act again, to be pressed: after re-authentication or signing in, what
 * was asked for is neither dropped nor done by a link.
 *
 * @param path of the page without the language and without a query
 * @param act as the page knows it, such as `disabled`
 */
export function pathToPressAgain(path: string, act: string): string {
  return `${path}?confirm=${encodeURIComponent(act)}`
}

/**
 * Before a sensitive action: redirects to re-authentication and back, unless the user gave the password or
 * a code within `REAUTHENTICATION_MINUTES`.
 *
 * @param path to come back to, without the language, with its query
 * @param locale language of the page
 */
export function requireReauthentication(signedIn: SignedIn, path: string, locale: Locale): void {
  if (isReauthenticated(signedIn)) return
  redirect(
    localePath(locale, `/sign-in/again?next=${encodeURIComponent(localePath(locale, path))}`),
  )
}

/**
 * The same for a page that starts a sensitive action. It does not redirect if the page is rendered as the
 * answer to its own form (without scripts), because the typed values would be lost: that form asks for
 * re-authentication itself.
 */
export async function requireReauthenticationToOpen(
  signedIn: SignedIn,
  path: string,
): Promise<void> {
  const isFormResponse = (await headers()).has('content-type')
  if (!isFormResponse) requireReauthentication(signedIn, path, await getLocale())
}

/** Errors of the field `secret` (password or code) of a form that asks for re-authentication. */
export type ReauthErrorCode = 'reauthenticationRequired' | 'secretRefused' | 'tooMany'

/**
 * Before a sensitive action whose form has other fields: if re-authentication is needed, the form itself
 * asks for it, so that the typed values are not lost.
 *
 * @returns the error of the field `secret`; null if the action may go on
 */
export async function reauthenticateInForm(
  signedIn: SignedIn,
  values: FormState['values'],
): Promise<FieldError | null> {
  if (isReauthenticated(signedIn)) return null
  const error = (code: ReauthErrorCode) => ({ field: 'secret', code })
  const typed = firstValue(values, 'secret')
  if (typed === '') return error('reauthenticationRequired')
  const outcome = await reauthenticate(await headers(), signedIn, typed)
  if (outcome.ok) return null
  return error(outcome.reason === 'tooMany' ? 'tooMany' : 'secretRefused')
}
