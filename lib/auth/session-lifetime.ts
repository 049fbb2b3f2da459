import type { Role } from '@/lib/permissions/permissions'

const MINUTE = 60_000
const DAY = 24 * 60 * MINUTE

/** A sensitive action requires the password or a code from within this time. */
export const REAUTHENTICATION_MINUTES = 10

/** In milliseconds: a session ends after `idle` without use, and `absolute` after signing in. */
const SESSION_LIFETIMES: Record<Role, { idle: number; absolute: number }> = {
  administrator: { idle: 30 * MINUTE, absolute: DAY / 2 },
  editor: { idle: 30 * MINUTE, absolute: DAY / 2 },
  translator: { idle: 30 * MINUTE, absolute: DAY / 2 },
  member: { idle: 7 * DAY, absolute: 30 * DAY },
}

/** The longest lifetime of any role's session, in milliseconds; browsers keep the cookie as long. */
export const MAX_SESSION_MS = Math.max(
  ...Object.values(SESSION_LIFETIMES).map(({ absolute }) => absolute),
)

/** The end of a session that began at `createdAt` and is being used at `now`. */
export function sessionExpiresAt(role: Role, createdAt: Date, now: Date): Date {
  const { idle, absolute } = SESSION_LIFETIMES[role]
  return new Date(Math.min(now.getTime() + idle, createdAt.getTime() + absolute))
}

/** Tells whether a session is within its own end and within the lifetime of its role. */
export function isSessionValid(
  role: Role,
  session: { createdAt: Date; expiresAt: Date },
  now: Date,
): boolean {
  return session.expiresAt > now && sessionExpiresAt(role, session.createdAt, now) > now
}

const BROWSER_FAMILIES = [
  ['Edg', 'Edge'],
  ['OPR', 'Opera'],
  ['SamsungBrowser', 'Samsung'],
  ['Firefox', 'Firefox'],
  ['FxiOS', 'Firefox'],
  ['CriOS', 'Chrome'],
  ['Chrome', 'Chrome'],
  ['Safari', 'Safari'],
] as const

/**
 * Shortens a user agent to the browser's family, so that users can tell their sessions apart and nothing
 * more is stored. A family is returned unchanged, because a session that replaces another takes it over.
 *
 * @param userAgent the request header, or a family
 * @returns such as `Firefox`; null if the browser is not a common one
 */
export function browserFamily(userAgent: string): string | null {
  return (
    BROWSER_FAMILIES.find(
      ([mark, family]) => userAgent === family || userAgent.includes(`${mark}/`),
    )?.[1] ?? null
  )
}
