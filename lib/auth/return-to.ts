import { routing } from '@/lib/i18n/routing'

// Where somebody may be sent on to once it is known who they are: pages of the protected part that
// only show something.
const ALLOWED_PATHS = /^\/(?:admin(?:\/[\w-]+)*|propose\/[\w-]+|sign-in\/factor)$/

/**
 * Where a person goes on to after signing in, as an address said. Only a page of the protected part
 * on this site is taken; from all else, whatever it looks like, nothing is left.
 *
 * @param given what came as `next`
 * @returns path and query, starting with a language; null where it is no such page
 */
export function safeReturnTo(given: string | null | undefined): string | null {
  if (!given || given.length > 1000 || !/^\/[\x21-\x5b\x5d-\x7e]*$/.test(given)) return null
  const [path = '', ...query] = given.split('?')
  const [, first, ...rest] = path.split('/')
  if (!routing.locales.some((locale) => locale === first)) return null
  if (!ALLOWED_PATHS.test(`/${rest.join('/')}`)) return null
  const search = query.join('?')
  return search === '' ? path : `${path}?${search}`
}
