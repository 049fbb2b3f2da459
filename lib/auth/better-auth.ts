import { betterAuth } from 'better-auth'
import { prismaAdapter } from 'better-auth/adapters/prisma'
import { nextCookies } from 'better-auth/next-js'
import { twoFactor } from 'better-auth/plugins/two-factor'
import { writer, type PrismaClient } from '@/lib/database/client'
import { env, secrets } from '@/lib/env'
import { log } from '@/lib/log'
import { hashPassword, verifyPassword } from './password'
import { browserFamily, sessionExpiresAt, MAX_SESSION_MS } from './session-lifetime'

/** Browsers accept `__Host-` cookies over HTTPS only. */
const isSecure = env.PUBLIC_ORIGIN.startsWith('https:')

/** The full name of one of this site's cookies, such as `__Host-directory.session`. */
export function cookieName(name: string): string {
  return `${isSecure ? '__Host-' : ''}directory.${name}`
}

/** The attributes of every cookie that this site sets. */
export const COOKIE_ATTRIBUTES = {
  httpOnly: true,
  sameSite: 'lax',
  secure: isSecure,
  path: '/',
} as const

/** better-auth's name of each of its cookies → this site's name. Unused cookies are listed too. */
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
    // better-auth's messages quote the request, so only the fact is logged.
    logger: { level: 'error', log: () => log.error({ event: 'authenticationFailed' }) },
    database: prismaAdapter(client, { provider: 'sqlite' }),
    emailAndPassword: {
      enabled: true,
      disableSignUp: true,
      // The real limits are in password.ts; this one only avoids hashing absurdly long input.
      maxPasswordLength: 1024,
      password: {
        hash: hashPassword,
        verify: ({ hash, password }) => verifyPassword(hash, password),
      },
    },
    session: {
      // Lifetime of the cookie in the browser, in seconds. The session's own end is in its row.
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
      // better-auth would add `__Secure-`; `__Host-` is stricter and already part of the name.
      useSecureCookies: false,
      defaultCookieAttributes: COOKIE_ATTRIBUTES,
      cookies: Object.fromEntries(
        Object.entries(COOKIE_NAMES).map(([name, ownName]) => [
          name,
          { name: cookieName(ownName) },
        ]),
      ),
    },
    plugins: [
      // TOTP secrets have their own key: a leaked cookie-signing secret does not reveal them.
      { id: 'factor-key', init: () => ({ context: { secretConfig: FACTOR_KEY } }) },
      // rate-limits.ts limits attempts. A lockout would let strangers lock users out.
      twoFactor({ accountLockout: { enabled: false } }),
      nextCookies(),
    ],
  })
}

const instances = new WeakMap<PrismaClient, ReturnType<typeof createAuth>>()

/**
 * better-auth on the writing database client: e-mail and password, two-factor authentication, no
 * sign-up, no HTTP endpoints. Created at the first call, because `next build` evaluates this module
 * without a database.
 */
export function auth(): ReturnType<typeof createAuth> {
  const client = writer()
  const instance = instances.get(client) ?? createAuth(client)
  instances.set(client, instance)
  return instance
}

/** Splits a signed cookie of better-auth into value and signature; null if it is not one. */
export function parseSignedCookie(cookie: string): { value: string; signature: string } | null {
  try {
    const text = decodeURIComponent(cookie)
    const dot = text.lastIndexOf('.')
    return dot < 1 ? null : { value: text.slice(0, dot), signature: text.slice(dot + 1) }
  } catch {
    return null
  }
}

/** The token of the session that a response of better-auth starts; empty if it starts none. */
export function sessionToken(responseHeaders: Headers): string {
  const name = `${cookieName('session')}=`
  const cookie = responseHeaders.getSetCookie().find((line) => line.startsWith(name))
  return parseSignedCookie(cookie?.slice(name.length).split(';')[0] ?? '')?.value ?? ''
}
