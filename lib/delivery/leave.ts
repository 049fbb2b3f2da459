import type { IncomingHttpHeaders, OutgoingHttpHeaders } from 'node:http'
import type { Address } from './address'

/** Below each language; whoever leaves asks for it, so the word must say nothing of what is left. */
const LEAVE = '/leave'

/** Whether this is the address by which people leave at once. */
export function isLeave({ locale, path }: Pick<Address, 'locale' | 'path'>): boolean {
  return locale !== null && path === `/${locale}${LEAVE}`
}

/**
 * The headers of the answer to somebody who leaves at once.
 *
 * The browser is to forget this site's cookies and what it has stored, unless the request says that
 * another site has made it: with a link or a picture that one could sign people out. Cookies that the
 * request has brought are ended by name too, for browsers that do not know `Clear-Site-Data`. The
 * session's row in the database stays until it ends by itself: a GET changes nothing here.
 *
 * The cache is left alone: clearing it keeps whoever is in a hurry waiting.
 *
 * @param exitUrl where to
 * @param isSecure the site is reached by https
 */
export function leaveHeaders(
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
      : { 'set-cookie': cookies.map((name) => endOfCookie(name, isSecure)) }),
  }
}

function cookieNames(cookie = ''): string[] {
  return cookie.split(';').flatMap((pair) => {
    const name = pair.split('=', 1)[0]?.trim() ?? ''
    // A token (RFC 6265 4.1.1): what else is in the header must not come back as one of our headers.
    return /^[\w!#$%&'*+.^`|~-]{1,100}$/.test(name) ? [name] : []
  })
}

function endOfCookie(name: string, isSecure: boolean): string {
  return `${name}=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax${isSecure ? '; Secure' : ''}`
}
