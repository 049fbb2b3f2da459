import type { IncomingHttpHeaders, OutgoingHttpHeaders } from 'node:http'
import type { Route } from './parse-url'

/** Below each language; it stays in the browser's history, so it must not say what was left. */
const QUICK_EXIT = '/leave'

/** Whether this is the URL of "Leave this site". */
export function isQuickExit({ locale, path }: Pick<Route, 'locale' | 'path'>): boolean {
  return locale !== null && path === `/${locale}${QUICK_EXIT}`
}

/**
 * The response headers for somebody who leaves the site at once.
 *
 * The browser deletes this site's cookies and storage, unless another site made the request: it could
 * sign people out by a link or an image. Cookies of the request are expired by name too, for browsers
 * without `Clear-Site-Data`. The session stays in the database until it expires: a GET changes nothing.
 * The browser's cache is not cleared, because that takes seconds.
 *
 * @param exitUrl where the browser goes
 * @param isSecure whether the site is served over https
 */
export function quickExitHeaders(
  headers: IncomingHttpHeaders,
  exitUrl: string,
  isSecure: boolean,
): OutgoingHttpHeaders {
  const leaving = {
    location: exitUrl,
    'cache-control': 'no-store',
    'referrer-policy': 'no-referrer',
  }
  const from = headers['sec-fetch-site']
  if (from !== undefined && from !== 'same-origin' && from !== 'none') return leaving
  const cookies = cookieNames(headers.cookie)
  return {
    ...leaving,
    'clear-site-data': '"cookies", "storage"',
    ...(cookies.length === 0
      ? {}
      : { 'set-cookie': cookies.map((name) => expiredCookie(name, isSecure)) }),
  }
}

function cookieNames(cookie = ''): string[] {
  return cookie.split(';').flatMap((pair) => {
    const name = pair.split('=', 1)[0]?.trim() ?? ''
    // Tokens only (RFC 6265 4.1.1): anything else must not end up in a response header.
    return /^[\w!#$%&'*+.^`|~-]{1,100}$/.test(name) ? [name] : []
  })
}

function expiredCookie(name: string, isSecure: boolean): string {
  return `${name}=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax${isSecure ? '; Secure' : ''}`
}
