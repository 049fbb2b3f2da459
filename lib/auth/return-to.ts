import { routing } from '@/lib/i18n/routing'

// Where a redirect after signing in may lead: pages of the protected part that only show something.
const ALLOWED_PATHS = /^\/(?:admin(?:\/[\w-]+)*|propose\/[\w-]+|sign-in\/factor)$/

/**
 * Checks where a user wants to continue after signing in. Only pages of this site's protected part are
 * allowed, so that a crafted link cannot redirect to another site or to an action.
 *
 * @param next value of the query parameter or form field `next`; a repeated parameter counts as none
 * @returns path and query, starting with a language; null if it is not an allowed page
 */
export function safeReturnTo(next: string | readonly string[] | null | undefined): string | null {
  if (typeof next !== 'string' || next.length > 1000 || !/^\/[\x21-\x5b\x5d-\x7e]*$/.test(next))
    return null
  const [path = '', ...query] = next.split('?')
  const [, first, ...rest] = path.split('/')
  if (!routing.locales.some((locale) => locale === first)) return null
  if (!ALLOWED_PATHS.test(`/${rest.join('/')}`)) return null
  const search = query.join('?')
  return search === '' ? path : `${path}?${search}`
}
