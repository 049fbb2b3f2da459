import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import { recordAudit } from '@/lib/audit/record'
import { writer, type Transaction } from '@/lib/database/client'
import { parseLocale } from '@/lib/i18n/navigation'
import { routing, type Locale } from '@/lib/i18n/routing'
import { REGIONS } from '@/lib/geo/regions'
import { sendPasswordLink, type PasswordTokenKind } from '@/lib/auth/password-links'
import { actorName, canAdmin, ROLES, type Actor, type Role } from '@/lib/permissions/permissions'

const oneLine = (length: number) =>
  z
    .string()
    .trim()
    .min(1, { error: 'missing' })
    .max(length, { error: 'tooLong' })
    .regex(/^[^\p{Cc}\u202a-\u202e\u2066-\u2069]*$/u, { error: 'unsafe' })

/** Name, e-mail, role and scope of a user, from a form or a command. Messages of issues are error codes. */
export const userSchema = z.object({
  name: oneLine(150),
  email: oneLine(254)
    .toLowerCase()
    .pipe(z.email({ error: 'noEmail' })),
  locale: z.enum(routing.locales, { error: 'missing' }),
  role: z.enum(ROLES, { error: 'missing' }),
  regions: z.array(z.enum(REGIONS, { error: 'unknown' })),
  /** Slugs or ids. */
  organisations: z.array(oneLine(100)),
  languages: z.array(oneLine(35).regex(/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/, { error: 'unknown' })),
})
export type UserInput = z.infer<typeof userSchema>

/** A user as the list of users shows them. */
export type UserRow = {
  id: string
  name: string
  email: string
  locale: Locale
  role: Role
  regions: string[]
  organisations: { id: string; slug: string; name: string }[]
  languages: string[]
  hasTwoFactor: boolean
  hasPassword: boolean
  disabledAt: Date | null
  sessionCount: number
}

type Failure<Reason extends string> = { ok: false; reason: Reason }
type Result<Reason extends string> = { ok: true } | Failure<Reason>

/** Why an action on a user was refused. */
export type UserError = 'denied' | 'notFound' | 'lastAdministrator'

const userInclude = () => ({
  regions: true,
  languages: true,
  organisations: { include: { organisation: { select: { id: true, slug: true, name: true } } } },
  accounts: { select: { password: true } },
  _count: { select: { sessions: { where: { expiresAt: { gt: new Date() } } } } },
})

function loadUsers(where: { id?: string }) {
  return writer().user.findMany({ where, include: userInclude(), orderBy: { name: 'asc' } })
}

function toUserRow(user: Awaited<ReturnType<typeof loadUsers>>[number]): UserRow {
  const { id, name, email, role, disabledAt } = user
  return {
    ...{ id, name, email, role, disabledAt },
    locale: parseLocale(user.locale),
    regions: user.regions.map(({ region }) => region),
    organisations: user.organisations.map(({ organisation }) => organisation),
    languages: user.languages.map(({ language }) => language),
    hasTwoFactor: user.twoFactorEnabled,
    hasPassword: user.accounts.some(({ password }) => password !== null),
    sessionCount: user._count.sessions,
  }
}

/** All users by name; null if the actor may not manage users. */
export async function listUsers(actor: Actor): Promise<UserRow[] | null> {
  if (!canAdmin(actor, 'manageUsers')) return null
  return (await loadUsers({})).map(toUserRow)
}

/** One user; null if there is none with this id or the actor may not manage users. */
export async function findUser(actor: Actor, id: string): Promise<UserRow | null> {
  if (!canAdmin(actor, 'manageUsers')) return null
  const [user] = await loadUsers({ id })
  return user ? toUserRow(user) : null
}

/** Tells whether an enabled administrator exists. */
export async function hasAdministrator(): Promise<boolean> {
  const administrator = await writer().user.findFirst({
    where: { role: 'administrator', disabledAt: null },
    select: { id: true },
  })
  return administrator !== null
}

/** Ids of organisations that are named by slug or id; null if one of them does not exist. */
async function findOrganisationIds(
  tx: Transaction,
  slugsOrIds: readonly string[],
): Promise<string[] | null> {
  const found = await tx.organisation.findMany({
    where: { OR: [{ slug: { in: [...slugsOrIds] } }, { id: { in: [...slugsOrIds] } }] },
    select: { id: true, slug: true },
  })
  const allExist = slugsOrIds.every((name) =>
    found.some(({ id, slug }) => name === id || name === slug),
  )
  return allExist ? found.map(({ id }) => id) : null
}

/** The parts of a scope that mean something for the role; null if an organisation does not exist. */
async function scopeOf(tx: Transaction, input: UserInput) {
  const { role } = input
  const hasOrganisations = role === 'member' || role === 'translator'
  const organisations = hasOrganisations ? await findOrganisationIds(tx, input.organisations) : []
  if (organisations === null) return null
  const regions = role === 'editor' ? [...new Set(input.regions)] : []
  const languages = role === 'translator' ? [...new Set(input.languages)] : []
  return {
    regions: { create: regions.map((region) => ({ region })) },
    languages: { create: languages.map((language) => ({ language })) },
    organisations: { create: organisations.map((organisationId) => ({ organisationId })) },
  }
}

/**
 * Creates an account and a link for choosing its password.
 *
 * @returns the id and the link (null if it was mailed); or why not: `denied`, `exists` if the e-mail
 *   already has an account, `unknownOrganisation`
 */
export async function inviteUser(
  actor: Actor,
  input: UserInput,
): Promise<
  | { ok: true; id: string; link: string | null }
  | Failure<'denied' | 'exists' | 'unknownOrganisation'>
> {
  if (!canAdmin(actor, 'manageUsers')) return deny(actor, 'invite')
  return writer().$transaction(async (tx) => {
    const { name, email, locale, role } = input
    if (await tx.user.findUnique({ where: { email } })) return { ok: false, reason: 'exists' }
    const scope = await scopeOf(tx, input)
    if (scope === null) return { ok: false, reason: 'unknownOrganisation' }
    const id = randomUUID()
    const now = new Date()
    const stamps = { createdAt: now, updatedAt: now }
    await tx.user.create({ data: { id, name, email, locale, role, ...stamps, ...scope } })
    const createdBy = actorName(actor)
    await recordAudit(tx, {
      actor: createdBy,
      action: 'userInvited',
      subject: id,
      detail: { role },
    })
    const user = { id, name, email, locale }
    const link = await sendPasswordLink(tx, user, { kind: 'invitation', createdBy })
    return { ok: true, id, link }
  })
}

/**
 * Creates an administrator from the command line, without a link. An administrator with this e-mail who
 * has not chosen a password yet is found instead, so that they can get another link.
 *
 * @returns the id; or why not: `denied`, `exists` if the e-mail has another account
 */
export async function addAdministrator(
  actor: Actor,
  input: Omit<UserInput, 'role' | 'regions' | 'organisations' | 'languages'>,
): Promise<{ ok: true; id: string } | Failure<'denied' | 'exists'>> {
  if (!canAdmin(actor, 'manageUsers')) return deny(actor, 'invite')
  return writer().$transaction(async (tx) => {
    const { name, email, locale } = input
    const existing = await tx.user.findUnique({ where: { email }, include: { accounts: true } })
    if (existing) {
      const { id, role, disabledAt, accounts } = existing
      const isUnfinished = role === 'administrator' && disabledAt === null && accounts.length === 0
      return isUnfinished ? { ok: true, id } : { ok: false, reason: 'exists' }
    }
    const id = randomUUID()
    const now = new Date()
    await tx.user.create({
      data: { id, name, email, locale, role: 'administrator', createdAt: now, updatedAt: now },
    })
    await recordAudit(tx, {
      ...{ actor: actorName(actor), action: 'userInvited', subject: id },
      detail: { role: 'administrator' },
    })
    return { ok: true, id }
  })
}

/**
 * Changes name, language, role and scope of a user. It takes effect with their next request; if the
 * role changes, all their sessions end.
 *
 * @returns if it failed, why: `denied`, `notFound`, `unknownOrganisation`, `lastAdministrator` if nobody could
 *   manage users afterwards
 */
export async function updateUser(
  actor: Actor,
  id: string,
  input: Omit<UserInput, 'email'>,
): Promise<Result<UserError | 'unknownOrganisation'>> {
  return withUser<Result<UserError | 'unknownOrganisation'>>(
    actor,
    id,
    'change',
    async (tx, before) => {
      const { name, locale, role } = input
      if (role !== 'administrator' && (await isLastAdministrator(tx, before))) {
        return { ok: false, reason: 'lastAdministrator' }
      }
      const scope = await scopeOf(tx, { ...input, email: before.email })
      if (scope === null) return { ok: false, reason: 'unknownOrganisation' }
      const ofUser = { where: { userId: id } }
      await tx.userRegion.deleteMany(ofUser)
      await tx.userLanguage.deleteMany(ofUser)
      await tx.userOrganisation.deleteMany(ofUser)
      await tx.user.update({
        where: { id },
        data: { name, locale, role, updatedAt: new Date(), ...scope },
      })
      if (role !== before.role) await tx.session.deleteMany({ where: { userId: id } })
      await recordAudit(tx, {
        ...{ actor: actorName(actor), action: 'userChanged', subject: id },
        detail: { before: before.role, role },
      })
      return { ok: true }
    },
  )
}

/** Disables an account: its sessions end at once and its links stop working. */
export async function disableUser(actor: Actor, id: string): Promise<Result<UserError>> {
  return withUser<Result<UserError>>(actor, id, 'disable', async (tx, before) => {
    if (await isLastAdministrator(tx, before)) return { ok: false, reason: 'lastAdministrator' }
    const now = new Date()
    await tx.user.update({ where: { id }, data: { disabledAt: now, updatedAt: now } })
    await tx.session.deleteMany({ where: { userId: id } })
    await tx.oneTimeToken.updateMany({ where: { userId: id, usedAt: null }, data: { usedAt: now } })
    await recordAudit(tx, { actor: actorName(actor), action: 'userDisabled', subject: id })
    return { ok: true }
  })
}

/** Enables a disabled account. */
export async function enableUser(actor: Actor, id: string): Promise<Result<UserError>> {
  return withUser<Result<UserError>>(actor, id, 'enable', async (tx) => {
    await tx.user.update({ where: { id }, data: { disabledAt: null, updatedAt: new Date() } })
    await recordAudit(tx, { actor: actorName(actor), action: 'userEnabled', subject: id })
    return { ok: true }
  })
}

/** Ends all sessions of a user. */
export async function revokeSessions(actor: Actor, id: string): Promise<Result<UserError>> {
  return withUser<Result<UserError>>(actor, id, 'revokeSessions', async (tx) => {
    await tx.session.deleteMany({ where: { userId: id } })
    await recordAudit(tx, { actor: actorName(actor), action: 'sessionsRevoked', subject: id })
    return { ok: true }
  })
}

/** Resets a user's two-factor authentication, so that they set it up again; their sessions end. */
export async function resetTwoFactor(actor: Actor, id: string): Promise<Result<UserError>> {
  return withUser<Result<UserError>>(actor, id, 'resetTwoFactor', async (tx) => {
    await tx.twoFactor.deleteMany({ where: { userId: id } })
    // The last accepted time step belongs to the old secret.
    const data = { twoFactorEnabled: false, lastTotpStep: null, updatedAt: new Date() }
    await tx.user.update({ where: { id }, data })
    await tx.session.deleteMany({ where: { userId: id } })
    await recordAudit(tx, { actor: actorName(actor), action: 'twoFactorReset', subject: id })
    return { ok: true }
  })
}

/**
 * Creates a link with which a user chooses a password.
 *
 * @returns the link, or null if it was mailed; `notFound` also if the account is disabled
 */
export async function createPasswordLink(
  actor: Actor,
  id: string,
): Promise<{ ok: true; link: string | null } | Failure<UserError>> {
  return withUser<{ ok: true; link: string | null } | Failure<UserError>>(
    actor,
    id,
    'createLink',
    async (tx, before) => {
      if (before.disabledAt) return { ok: false, reason: 'notFound' }
      const account = await tx.account.findFirst({
        where: { userId: id, password: { not: null } },
        select: { id: true },
      })
      const kind: PasswordTokenKind = account ? 'reset' : 'invitation'
      const createdBy = actorName(actor)
      await recordAudit(tx, {
        actor: createdBy,
        action: 'linkCreated',
        subject: id,
        detail: { kind },
      })
      return { ok: true, link: await sendPasswordLink(tx, before, { kind, createdBy }) }
    },
  )
}

/** The id of the account with this e-mail; null if there is none. */
export async function findUserIdByEmail(email: string): Promise<string | null> {
  const user = await writer().user.findUnique({
    where: { email: email.trim().toLowerCase() },
    select: { id: true },
  })
  return user?.id ?? null
}

type ExistingUser = {
  id: string
  name: string
  email: string
  locale: string
  role: Role
  disabledAt: Date | null
}

async function deny(actor: Actor, what: string): Promise<Failure<'denied'>> {
  await writer().$transaction((tx) =>
    recordAudit(tx, { actor: actorName(actor), action: 'permissionDenied', detail: { what } }),
  )
  return { ok: false, reason: 'denied' }
}

/** Runs a change of one user in a transaction, if the actor may manage users and the user exists. */
async function withUser<Outcome>(
  actor: Actor,
  id: string,
  what: string,
  work: (tx: Transaction, before: ExistingUser) => Promise<Outcome>,
): Promise<Outcome | Failure<'denied' | 'notFound'>> {
  if (!canAdmin(actor, 'manageUsers')) return deny(actor, what)
  return writer().$transaction(async (tx) => {
    const before = await tx.user.findUnique({ where: { id } })
    return before ? work(tx, before) : { ok: false as const, reason: 'notFound' as const }
  })
}

async function isLastAdministrator(tx: Transaction, user: ExistingUser): Promise<boolean> {
  if (user.role !== 'administrator' || user.disabledAt) return false
  const others = await tx.user.count({
    where: { role: 'administrator', disabledAt: null, id: { not: user.id } },
  })
  return others === 0
}
