import { writer } from '@/lib/database/client'
import { parseLocale } from '@/lib/i18n/navigation'
import type { Locale } from '@/lib/i18n/routing'
import { isRegion } from '@/lib/geo/regions'
import { auth } from './better-auth'
import type { Actor, Role } from '@/lib/permissions/permissions'
import { sessionExpiresAt, isSessionValid, REAUTHENTICATION_MINUTES } from './session-lifetime'

/** The user of a valid session, and the actor that permissions are checked for. */
export type SignedIn = {
  actor: Extract<Actor, { kind: 'user' }>
  user: { id: string; name: string; email: string; locale: Locale }
  session: { id: string; reauthenticatedAt: Date | null }
}

/** Roles that see unpublished profiles of other people. */
const TWO_FACTOR_ROLES: readonly Role[] = ['administrator', 'editor', 'translator']

/** Tells whether a role has to use two-factor authentication. */
export function requiresTwoFactor(role: Role): boolean {
  return TWO_FACTOR_ROLES.includes(role)
}

/** Sessions are extended at most this often, to save a write per request. */
const RENEWAL_INTERVAL_MS = 60_000

type StoredUser = {
  id: string
  name: string
  email: string
  locale: string
  role: Role
  regions: { region: string }[]
  organisations: { organisationId: string }[]
  languages: { language: string }[]
}

function toActor(user: StoredUser): SignedIn['actor'] {
  const base = { kind: 'user', id: user.id } as const
  const organisations = user.organisations.map(({ organisationId }) => organisationId)
  switch (user.role) {
    case 'administrator':
      return { ...base, role: user.role }
    case 'editor':
      return {
        ...base,
        role: user.role,
        regions: user.regions.map(({ region }) => region).filter(isRegion),
      }
    case 'translator':
      return {
        ...base,
        role: user.role,
        organisations,
        languages: user.languages.map(({ language }) => language),
      }
    case 'member':
      return { ...base, role: user.role, organisations }
  }
}

/**
 * Finds the session of a request.
 *
 * @param headers of the request; only its cookies are read
 * @returns the user, and whether they still have to set up the two-factor authentication that their role
 *   requires; null if nobody is signed in, the session has ended or the account is disabled
 */
export async function findSession(
  headers: Headers,
): Promise<{ signedIn: SignedIn; twoFactorMissing: boolean } | null> {
  if (!headers.has('cookie')) return null
  const found = await auth().api.getSession({ headers })
  if (!found) return null
  const session = await writer().session.findUnique({
    where: { id: found.session.id },
    include: { user: { include: { regions: true, organisations: true, languages: true } } },
  })
  if (!session || session.user.disabledAt) return null
  const { user } = session
  if (!isSessionValid(user.role, session, new Date())) return null
  return {
    signedIn: {
      actor: toActor(user),
      user: {
        id: user.id,
        name: user.name,
        email: user.email,
        locale: parseLocale(user.locale),
      },
      session: { id: session.id, reauthenticatedAt: session.reauthenticatedAt },
    },
    twoFactorMissing: requiresTwoFactor(user.role) && !user.twoFactorEnabled,
  }
}

/**
 * Finds the session of a request, if it has full access.
 *
 * @param headers of the request; only its cookies are read
 * @returns null if nobody is signed in, the session has ended, the account is disabled, or required
 *   two-factor authentication is not set up yet
 */
export async function findFullSession(headers: Headers): Promise<SignedIn | null> {
  const found = await findSession(headers)
  return found && !found.twoFactorMissing ? found.signedIn : null
}

/** Tells whether the user gave the password or a code recently enough for a sensitive action. */
export function isReauthenticated({ session }: SignedIn, now = new Date()): boolean {
  const { reauthenticatedAt } = session
  return (
    reauthenticatedAt !== null &&
    now.getTime() - reauthenticatedAt.getTime() <= REAUTHENTICATION_MINUTES * 60_000
  )
}

/** Extends the idle timeout of a session that is in use, never past its absolute end. */
export async function renewSession({ actor, session }: SignedIn): Promise<void> {
  const now = new Date()
  const stored = await writer().session.findUnique({ where: { id: session.id } })
  if (!stored || now.getTime() - stored.updatedAt.getTime() < RENEWAL_INTERVAL_MS) return
  await writer().session.updateMany({
    where: { id: session.id, expiresAt: { gt: now } },
    data: { updatedAt: now, expiresAt: sessionExpiresAt(actor.role, stored.createdAt, now) },
  })
}
