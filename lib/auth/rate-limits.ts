import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import { RateLimiterPrisma } from 'rate-limiter-flexible'
import { writer } from '@/lib/database/client'
import { secrets } from '@/lib/env'
import { cookieName } from './better-auth'

/** What is tried: a password, a code, or to have a link sent. */
type AttemptKind = 'password' | 'code' | 'link'

const MINUTES = 60

/**
 * Per account from browsers nobody has signed in from, per account and browser somebody has, and per
 * network, where thousands of people may share one address of a carrier.
 */
const RATE_LIMITS = {
  account: { points: 10, duration: 60 * MINUTES },
  browser: { points: 10, duration: 60 * MINUTES },
  network: { points: 300, duration: 10 * MINUTES },
} as const

/** The header in which delivery says from which network the connection comes. */
const CLIENT_SUBNET_HEADER = 'x-client-address-prefix'

/** How long a browser is known after a full sign-in, in seconds. */
export const TRUSTED_FOR = 365 * 24 * 60 * MINUTES

function hmac(purpose: string, text: string): string {
  return createHmac('sha256', secrets().SESSION_SECRET)
    .update(`${purpose}\n${text}`)
    .digest('base64url')
}

/** The value of the cookie that a browser gets after a full sign-in; it is good for one account. */
export function trustedDeviceCookie(email: string): { name: string; value: string } {
  const id = randomBytes(16).toString('base64url')
  return { name: cookieName('known'), value: `${id}.${hmac('known', `${id}\n${email}`)}` }
}

/** The id of a browser from which this account was signed in to before; else null. */
function trustedDeviceId(headers: Headers, email: string): string | null {
  const name = `${cookieName('known')}=`
  const cookie = (headers.get('cookie') ?? '').split('; ').find((pair) => pair.startsWith(name))
  const [id = '', signature = ''] = cookie?.slice(name.length).split('.') ?? []
  const expected = Buffer.from(hmac('known', `${id}\n${email}`))
  const given = Buffer.from(signature)
  return given.length === expected.length && timingSafeEqual(given, expected) ? id : null
}

function limiter(kind: keyof typeof RATE_LIMITS) {
  return new RateLimiterPrisma({
    storeClient: writer(),
    tableName: 'rateLimiterFlexible',
    keyPrefix: kind,
    // The cleaning job does it; a timer would outlive the client.
    clearExpiredByTimeout: false,
    ...RATE_LIMITS[kind],
  })
}

/** Counts one; `first` where this is the one that went over the limit. */
async function consumePoint(
  kind: keyof typeof RATE_LIMITS,
  key: string,
): Promise<{ allowed: boolean; first: boolean }> {
  const { points } = RATE_LIMITS[kind]
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
export async function consumeAttempt(
  tried: AttemptKind,
  email: string,
  headers: Headers,
): Promise<{ allowed: boolean; first: boolean; refund: () => Promise<void> }> {
  const browser = trustedDeviceId(headers, email)
  const keys: [keyof typeof RATE_LIMITS, string][] =
    browser === null
      ? [
          ['account', hmac(tried, email)],
          ['network', hmac(tried, headers.get(CLIENT_SUBNET_HEADER) ?? 'unknown')],
        ]
      : [['browser', hmac(tried, `${browser}\n${email}`)]]
  const counted = []
  for (const [kind, key] of keys) counted.push(await consumePoint(kind, key))
  return {
    allowed: counted.every(({ allowed }) => allowed),
    first: counted.some(({ first }) => first),
    refund: async () => {
      for (const [kind, key] of keys) await limiter(kind).reward(key)
    },
  }
}
