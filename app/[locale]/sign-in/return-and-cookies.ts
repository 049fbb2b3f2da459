import { cookies, headers } from 'next/headers'
import { COOKIE_ATTRIBUTES } from '@/lib/auth/better-auth'
import { TRUSTED_FOR, trustedDeviceCookie } from '@/lib/auth/rate-limits'
import { safeReturnTo } from '@/lib/auth/return-to'
import { localePath } from '@/lib/i18n/navigation'
import type { Locale } from '@/lib/i18n/routing'

/** Where somebody goes on to: what the form says, if it is a page of ours, else the overview. */
export function returnToOrAdmin(locale: Locale, next: FormDataEntryValue | null): string {
  return safeReturnTo(typeof next === 'string' ? next : null) ?? localePath(locale, '/admin')
}

/** The headers of the request, with the cookies that its form has set: the page after it is theirs. */
export async function headersWithCookies(): Promise<Headers> {
  const current = new Headers(await headers())
  current.set('cookie', (await cookies()).toString())
  return current
}

/** Remembers that this browser has signed in to an account, for the limits on attempts. */
export async function trustDevice(email: string): Promise<void> {
  const { name, value } = trustedDeviceCookie(email)
  const store = await cookies()
  store.set(name, value, { ...COOKIE_ATTRIBUTES, maxAge: TRUSTED_FOR })
}
