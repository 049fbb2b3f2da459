import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import { RateLimiterPrisma } from 'rate-limiter-flexible'
import { writer } from '@/lib/database/client'
import { secrets } from '@/lib/env'
import { cookieName } from './better-auth'

/** What an attempt is for: a password, a two-factor code, or a password-reset link. */
type AttemptKind = 'password' | 'code' | 'link'

const MINUTES = 60

/**
 * Attempts (`points`) per time (`duration`, seconds): per account from unknown browsers, per account
 * and trusted browser, and per network. The network limit is high because thousands of people may share
 * one address of a mobile carrier.
 */
const RATE_LIMITS = {
  account: { points: 10, duration: 60 * MINUTES },
  browser: { points: 10, duration: 60 * MINUTES },
  network: { points: 300, duration: 10 * MINUTES },
} as const

/** The request header in which the server passes on the subnet of the client. */
const CLIENT_SUBNET_HEADER = 'x-client-address-prefix'

/** How long a browser stays trusted after a full sign-in, in seconds. */
export const TRUSTED_FOR = 365 * 24 * 60 * MINUTES

function hmac(purpose: string, text: string): string {
  return createHmac('sha256', secrets().SESSION_SECRET)
    .update(`${purpose}\n${text}`)
    .digest('base64url')
}

/** The cookie that marks a browser as trusted for one account, set after a full sign-in. */
export function trustedDeviceCookie(email: string): { name: string; value: string } {
  const id = randomBytes(16).toString('base64url')
  return { name: cookieName('known'), value: `${id}.${hmac('known', `${id}\n${email}`)}` }
}

/** The id of a browser that is trusted for this account; null if it is not trusted. */
function trustedDeviceId(headers: Headers, email: string): string | null {
  const name = `${cookieName('known')}=`
  const cookie = (headers.get('cookie') ?? '').split('; ').find((pair) => pair.startsWith(name))
  const [id = '', signature = ''] = cookie?.slice(name.length).split('.') ?? []
  const expected = Buffer.from(hmac('known', `${id}\n${email}`))
  const actual = Buffer.from(signature)
  return actual.length === expected.length && timingSafeEqual(actual, expected) ? id : null
}

function limiter(limit: keyof typeof RATE_LIMITS) {
  return new RateLimiterPrisma({
    storeClient: writer(),
    tableName: 'rateLimiterFlexible',
    keyPrefix: limit,
    // The clean-up job deletes expired rows; a timer would outlive the database client.
    clearExpiredByTimeout: false,
    ...RATE_LIMITS[limit],
  })
}

/** Counts one attempt; `first` is true for the first one over the limit. */
async function consumePoint(
  limit: keyof typeof RATE_LIMITS,
  key: string,
): Promise<{ allowed: boolean; first: boolean }> {
  const { points } = RATE_LIMITS[limit]
  const { consumedPoints = 0 } = await limiter(limit).penalty(key)
  return { allowed: consumedPoints <= points, first: consumedPoints === points + 1 }
}

/**
 * Counts an attempt against the limits of the account and of the client's network. It is counted
 * before it is made, so that parallel attempts cannot slip through. A trusted browser has a limit of its
 * own, so that strangers cannot use up the attempts of the account's owner. Only keyed hashes are
 * stored: no address and no e-mail.
 *
 * @param kind what the attempt is for
 * @param email of the account in lower case, whether the account exists or not
 * @returns `allowed` is false over a limit, `first` is true for the first attempt over it; `refund`
 *   takes the attempt back after a success
 */
export async function consumeAttempt(
  kind: AttemptKind,
  email: string,
  headers: Headers,
): Promise<{ allowed: boolean; first: boolean; refund: () => Promise<void> }> {
  const browser = trustedDeviceId(headers, email)
  const keys: [keyof typeof RATE_LIMITS, string][] =
    browser === null
      ? [
          ['account', hmac(kind, email)],
          ['network', hmac(kind, headers.get(CLIENT_SUBNET_HEADER) ?? 'unknown')],
        ]
      : [['browser', hmac(kind, `${browser}\n${email}`)]]
  const counted = []
  for (const [limit, key] of keys) counted.push(await consumePoint(limit, key))
  return {
    allowed: counted.every(({ allowed }) => allowed),
    first: counted.some(({ first }) => first),
    refund: async () => {
      for (const [limit, key] of keys) await limiter(limit).reward(key)
    },
  }
}
