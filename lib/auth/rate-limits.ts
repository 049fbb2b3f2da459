import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import { RateLimiterPrisma } from 'rate-limiter-flexible'
import { writer } from '@/lib/database/client'
import { secrets } from '@/lib/env'
import { cookieName } from './better-auth'

/** What is tried: a password, a code, or to have a link sent. */
type Tried = 'password' | 'code' | 'link'

const MINUTES = 60

/**
 * Per account from browsers nobody has signed in from, per account and browser somebody has, and per
 * network, where thousands of people may share one address of a carrier.
 */
const LIMITS = {
  account: { points: 10, duration: 60 * MINUTES },
  browser: { points: 10, duration: 60 * MINUTES },
  network: { points: 300, duration: 10 * MINUTES },
} as const

/** The header in which delivery says from which network the connection comes. */
const ADDRESS_PREFIX = 'x-client-address-prefix'

/** How long a browser is known after a full sign-in, in seconds. */
export const KNOWN_FOR = 365 * 24 * 60 * MINUTES

function keyed(purpose: string, text: string): string {
  return createHmac('sha256', secrets().SESSION_SECRET)
    .update(`${purpose}\n${text}`)
    .digest('base64url')
}

/** The value of the cookie that a browser gets after a full sign-in; it is good for one account. */
export function knownBrowserCookie(email: string): { name: string; value: string } {
  const id = randomBytes(16).toString('base64url')
  return { name: cookieName('known'), value: `${id}.${keyed('known', `${id}\n${email}`)}` }
}

/** The id of a browser from which this account was signed in to before; else null. */
function knownBrowser(headers: Headers, email: string): string | null {
  const name = `${cookieName('known')}=`
  const cookie = (headers.get('cookie') ?? '').split('; ').find((pair) => pair.startsWith(name))
  const [id = '', signature = ''] = cookie?.slice(name.length).split('.') ?? []
  const expected = Buffer.from(keyed('known', `${id}\n${email}`))
  const given = Buffer.from(signature)
  return given.length === expected.length && timingSafeEqual(given, expected) ? id : null
}

function limiter(kind: keyof typeof LIMITS) {
  return new RateLimiterPrisma({
    storeClient: writer(),
    tableName: 'rateLimiterFlexible',
    keyPrefix: kind,
    // The cleaning job does it; a timer would outlive the client.
    clearExpiredByTimeout: false,
    ...LIMITS[kind],
  })
}

/** Counts one; `first` where this is the one that went over the limit. */
async function count(
  kind: keyof typeof LIMITS,
  key: string,
): Promise<{ allowed: boolean; first: boolean }> {
  const { points } = LIMITS[kind]
  const { consumedPoints = 0 } = await limiter(kind).penalty(key)
  return { allowed: consumedPoints <= points, first: consumedPoints === points + 1 }
}

/**
 * Counts an attempt before it is made, so that many at once do not slip through, against the limits
 * of the account and of the network that it comes from; from a browser that has signed in to this
 * account before against a limit of its own, so that strangers cannot use up what its owner has.
 * Kept are keyed hashes: no address and no e-mail.
 *
 * @param email of the account, lower case, whether there is one or not
 * @returns `allowed` false over a limit (`first` at the first such attempt); `forgive` takes the
 *   attempt back, for when it succeeds
 */
export async function countAttempt(
  tried: Tried,
  email: string,
  headers: Headers,
): Promise<{ allowed: boolean; first: boolean; forgive: () => Promise<void> }> {
  const browser = knownBrowser(headers, email)
  const keys: [keyof typeof LIMITS, string][] =
    browser === null
      ? [
          ['account', keyed(tried, email)],
          ['network', keyed(tried, headers.get(ADDRESS_PREFIX) ?? 'unknown')],
        ]
      : [['browser', keyed(tried, `${browser}\n${email}`)]]
  const counted = []
  for (const [kind, key] of keys) counted.push(await count(kind, key))
  return {
    allowed: counted.every(({ allowed }) => allowed),
    first: counted.some(({ first }) => first),
    forgive: async () => {
      for (const [kind, key] of keys) await limiter(kind).reward(key)
    },
  }
}
