import { cookies, headers } from 'next/headers'
import { COOKIE_ATTRIBUTES } from '@/lib/auth/better-auth'
import { KNOWN_FOR, knownBrowserCookie } from '@/lib/auth/rate-limits'
import { nextAddress } from '@/lib/auth/return-to'
import { localePath } from '@/lib/i18n/navigation'
import type { Locale } from '@/lib/i18n/routing'

/** Where somebody goes on to: what the form says, if it is a page of ours, else the overview. */
export function afterwards(locale: Locale, next: FormDataEntryValue | null): string {
  return nextAddress(typeof next === 'string' ? next : null) ?? localePath(locale, '/admin')
}

/** The headers of the request, with the cookies that its form has set: the page after it is theirs. */
export async function currentHeaders(): Promise<Headers> {
  const current = new Headers(await headers())
  current.set('cookie', (await cookies()).toString())
  return current
}

/** Remembers that this browser has signed in to an account, for the limits on attempts. */
export async function rememberBrowser(email: string): Promise<void> {
  const { name, value } = knownBrowserCookie(email)
  const store = await cookies()
  store.set(name, value, { ...COOKIE_ATTRIBUTES, maxAge: KNOWN_FOR })
}
