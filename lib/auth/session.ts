import { writer } from '@/lib/database/client'
import { parseLocale } from '@/lib/i18n/navigation'
import type { Locale } from '@/lib/i18n/routing'
import { isRegion } from '@/lib/geo/regions'
import { auth } from './better-auth'
import type { Actor, Role } from '@/lib/permissions/permissions'
import { sessionExpiresAt, isSessionValid, REAUTHENTICATION_MINUTES } from './session-lifetime'

/** Somebody who has signed in, with what they may do. */
export type SignedIn = {
  actor: Extract<Actor, { kind: 'person' }>
  user: { id: string; name: string; email: string; locale: Locale }
  session: { id: string; reauthenticatedAt: Date | null }
}

/** Roles that see what is not public yet: nobody has them without a second factor. */
const TWO_FACTOR_ROLES: readonly Role[] = ['administrator', 'editor']

/** Whether a role needs a second factor. */
export function requiresTwoFactor(role: Role): boolean {
  return TWO_FACTOR_ROLES.includes(role)
}

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
  const base = { kind: 'person', id: user.id } as const
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
 * Who a request comes from, and whether they still have to set up the second factor that their role
 * needs. Null for nobody, for who is disabled, and where the session has ended.
 *
 * @param headers of the request; only its cookies are looked at
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
 * Who a request comes from. Null for nobody, for who is disabled, where the session has ended, and
 * where a second factor is still missing.
 *
 * @param headers of the request; only its cookies are looked at
 */
export async function findFullSession(headers: Headers): Promise<SignedIn | null> {
  const found = await findSession(headers)
  return found && !found.twoFactorMissing ? found.signedIn : null
}

/** Whether password or code were asked for a short while ago, as sensitive acts need. */
export function isReauthenticated({ session }: SignedIn, now = new Date()): boolean {
  const { reauthenticatedAt } = session
  return (
    reauthenticatedAt !== null &&
    now.getTime() - reauthenticatedAt.getTime() <= REAUTHENTICATION_MINUTES * 60_000
  )
}

/** Puts off the idle end of a session, because its person has just done something; not past its absolute end. */
export async function renewSession({ actor, session }: SignedIn): Promise<void> {
  const now = new Date()
  const stored = await writer().session.findUnique({ where: { id: session.id } })
  if (!stored || now.getTime() - stored.updatedAt.getTime() < RENEWAL_INTERVAL_MS) return
  await writer().session.updateMany({
    where: { id: session.id, expiresAt: { gt: now } },
    data: { updatedAt: now, expiresAt: sessionExpiresAt(actor.role, stored.createdAt, now) },
  })
}
