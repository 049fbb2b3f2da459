import { cookies, headers } from 'next/headers'
import { COOKIE_ATTRIBUTES } from '@/lib/auth/better-auth'
import { TRUSTED_FOR, trustedDeviceCookie } from '@/lib/auth/rate-limits'
import { safeReturnTo } from '@/lib/auth/return-to'
import { localePath } from '@/lib/i18n/navigation'
import type { Locale } from '@/lib/i18n/routing'

/** Where to continue after signing in: `next` if it is an allowed page, else the overview. */
export function returnToOrAdmin(locale: Locale, next: string | null): string {
  return safeReturnTo(next) ?? localePath(locale, '/admin')
}

/** The headers of the request with the cookies that a Server Action of the same request has set. */
export async function headersWithCookies(): Promise<Headers> {
  const current = new Headers(await headers())
  current.set('cookie', (await cookies()).toString())
  return current
}

/** Marks this browser as trusted for an account, for the rate limits. */
export async function trustDevice(email: string): Promise<void> {
  const { name, value } = trustedDeviceCookie(email)
  const store = await cookies()
  store.set(name, value, { ...COOKIE_ATTRIBUTES, maxAge: TRUSTED_FOR })
}
