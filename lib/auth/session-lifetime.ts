import type { Role } from '@/lib/permissions/permissions'

const MINUTE = 60_000
const DAY = 24 * 60 * MINUTE

/** A sensitive act asks again for password or code when it was last asked for longer ago. */
export const REAUTHENTICATION_MINUTES = 10

/** Sessions end when nothing was done for so long, and in any case so long after signing in. */
const SESSION_LIFETIMES: Record<Role, { idle: number; absolute: number }> = {
  administrator: { idle: 30 * MINUTE, absolute: DAY / 2 },
  editor: { idle: 30 * MINUTE, absolute: DAY / 2 },
  translator: { idle: 7 * DAY, absolute: 30 * DAY },
  member: { idle: 7 * DAY, absolute: 30 * DAY },
}

/** The longest that a session of any role lives, in milliseconds: how long a browser keeps its cookie. */
export const MAX_SESSION_MS = Math.max(
  ...Object.values(SESSION_LIFETIMES).map(({ absolute }) => absolute),
)

/** When a session ends that began at `createdAt` and is used now. */
export function sessionExpiresAt(role: Role, createdAt: Date, now: Date): Date {
  const { idle, absolute } = SESSION_LIFETIMES[role]
  return new Date(Math.min(now.getTime() + idle, createdAt.getTime() + absolute))
}

/** Whether a session may still be used: neither its idle end nor that of its role has come. */
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
 * The family of a browser, by which people know their own sessions apart; null where it is none of
 * the usual. A family stays what it is: a session that replaces another takes it over.
 */
export function browserFamily(userAgent: string): string | null {
  return (
    BROWSER_FAMILIES.find(
      ([mark, family]) => userAgent === family || userAgent.includes(`${mark}/`),
    )?.[1] ?? null
  )
}
