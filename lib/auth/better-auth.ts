import { betterAuth } from 'better-auth'
import { prismaAdapter } from 'better-auth/adapters/prisma'
import { nextCookies } from 'better-auth/next-js'
import { twoFactor } from 'better-auth/plugins/two-factor'
import { writer, type PrismaClient } from '@/lib/database/client'
import { env, secrets } from '@/lib/env'
import { log } from '@/lib/log'
import { hashPassword, verifyPassword } from './password'
import { browserFamily, sessionExpiresAt, MAX_SESSION_MS } from './session-lifetime'

/** Cookies are kept to https where the site is reached by it; only then a browser takes `__Host-`. */
const isSecure = env.PUBLIC_ORIGIN.startsWith('https:')

/** The name of a cookie of ours. */
export function cookieName(name: string): string {
  return `${isSecure ? '__Host-' : ''}directory.${name}`
}

/** How every cookie of ours is set. */
export const COOKIE_ATTRIBUTES = {
  httpOnly: true,
  sameSite: 'lax',
  secure: isSecure,
  path: '/',
} as const

/** The names that better-auth knows its cookies by, and ours for them; those not in use too. */
const COOKIE_NAMES = {
  session_token: 'session',
  session_data: 'session-data',
  account_data: 'account-data',
  dont_remember: 'forget',
  two_factor: 'second-factor',
  trust_device: 'trusted',
} as const

function createAuth(client: PrismaClient) {
  const { SESSION_SECRET, FACTOR_KEY } = secrets()
  return betterAuth({
    baseURL: env.PUBLIC_ORIGIN,
    secret: SESSION_SECRET,
    telemetry: { enabled: false },
    // Its messages quote what was asked; the code is enough to look for it.
    logger: { level: 'error', log: () => log.error({ event: 'authenticationFailed' }) },
    database: prismaAdapter(client, { provider: 'sqlite' }),
    emailAndPassword: {
      enabled: true,
      disableSignUp: true,
      // Ours are in password.ts; this one only keeps what is absurd from being hashed.
      maxPasswordLength: 1024,
      password: {
        hash: hashPassword,
        verify: ({ hash, password }) => verifyPassword(hash, password),
      },
    },
    session: {
      // How long the browser keeps the cookie. When a session ends is written in its row.
      expiresIn: MAX_SESSION_MS / 1000,
      disableSessionRefresh: true,
      additionalFields: { reauthenticatedAt: { type: 'date', required: false, input: false } },
    },
    verification: { storeIdentifier: 'hashed' },
    databaseHooks: {
      session: {
        create: {
          before: async (session) => {
            const user = await client.user.findUnique({ where: { id: session.userId } })
            if (!user || user.disabledAt) return false
            const now = new Date()
            return {
              data: {
                ...session,
                expiresAt: sessionExpiresAt(user.role, now, now),
                ipAddress: null,
                userAgent: browserFamily(session.userAgent ?? ''),
                reauthenticatedAt: now,
              },
            }
          },
        },
      },
    },
    advanced: {
      ipAddress: { disableIpTracking: true },
      // The prefix that it would add is `__Secure-`; ours is stricter and part of the name.
      useSecureCookies: false,
      defaultCookieAttributes: COOKIE_ATTRIBUTES,
      cookies: Object.fromEntries(
        Object.entries(COOKIE_NAMES).map(([theirs, ours]) => [theirs, { name: cookieName(ours) }]),
      ),
    },
    plugins: [
      // Factors under a key of their own: who reads what signs cookies cannot read them.
      { id: 'factor-key', init: () => ({ context: { secretConfig: FACTOR_KEY } }) },
      // How often codes may be tried is for limits.ts to say: a lock would be a gift to strangers.
      twoFactor({ accountLockout: { enabled: false } }),
      nextCookies(),
    ],
  })
}

const instances = new WeakMap<PrismaClient, ReturnType<typeof createAuth>>()

/**
 * better-auth on the writing client: e-mail and password, second factor, no sign-up, no address
 * mounted. Opened at the first call; importing this module opens nothing.
 */
export function auth(): ReturnType<typeof createAuth> {
  const client = writer()
  const known = instances.get(client) ?? createAuth(client)
  instances.set(client, known)
  return known
}

/** A signed cookie of better-auth: what was signed, and the signature; null where it is none. */
export function parseSignedCookie(cookie: string): { value: string; signature: string } | null {
  try {
    const text = decodeURIComponent(cookie)
    const at = text.lastIndexOf('.')
    return at < 1 ? null : { value: text.slice(0, at), signature: text.slice(at + 1) }
  } catch {
    return null
  }
}

/** The token of the session that an answer of better-auth begins; empty where it begins none. */
export function sessionToken(answer: Headers): string {
  const name = `${cookieName('session')}=`
  const cookie = answer.getSetCookie().find((one) => one.startsWith(name))
  return parseSignedCookie(cookie?.slice(name.length).split(';')[0] ?? '')?.value ?? ''
}
