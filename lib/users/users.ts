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

/** Somebody's name, address and rights, as a form or a command gives them. Faults are codes. */
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

/** What the list of people shows of somebody. */
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

/** Why an act on somebody was refused. */
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

/** Everybody with an account, by name; null where the actor may not manage people. */
export async function listUsers(actor: Actor): Promise<UserRow[] | null> {
  if (!canAdmin(actor, 'manageUsers')) return null
  return (await loadUsers({})).map(toUserRow)
}

/** One of them; null where there is none or the actor may not manage people. */
export async function findUser(actor: Actor, id: string): Promise<UserRow | null> {
  if (!canAdmin(actor, 'manageUsers')) return null
  const [user] = await loadUsers({ id })
  return user ? toUserRow(user) : null
}

/** Whether there is anybody who can manage people. */
export async function hasAdministrator(): Promise<boolean> {
  const found = await writer().user.findFirst({
    where: { role: 'administrator', disabledAt: null },
    select: { id: true },
  })
  return found !== null
}

/** Ids of the organisations that were named by slug or id; null where one of them is not there. */
async function findOrganisationIds(
  tx: Transaction,
  named: readonly string[],
): Promise<string[] | null> {
  const found = await tx.organisation.findMany({
    where: { OR: [{ slug: { in: [...named] } }, { id: { in: [...named] } }] },
    select: { id: true, slug: true },
  })
  const all = named.every((one) => found.some(({ id, slug }) => one === id || one === slug))
  return all ? found.map(({ id }) => id) : null
}

/** Only what the role knows what to do with. */
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
 * Gives somebody an account and a link by which they set their password.
 *
 * @returns the id and the link (null where it was mailed); `denied`, `exists` where the e-mail has an account,
 *   `unknownOrganisation`
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
    const reach = await scopeOf(tx, input)
    if (reach === null) return { ok: false, reason: 'unknownOrganisation' }
    const id = randomUUID()
    const now = new Date()
    const stamps = { createdAt: now, updatedAt: now }
    await tx.user.create({ data: { id, name, email, locale, role, ...stamps, ...reach } })
    const createdBy = actorName(actor)
    await recordAudit(tx, {
      actor: createdBy,
      action: 'userInvited',
      subject: id,
      detail: { role },
    })
    const person = { id, name, email, locale }
    const link = await sendPasswordLink(tx, person, { kind: 'invitation', createdBy })
    return { ok: true, id, link }
  })
}

/**
 * Makes somebody an administrator from the command line, or finds the one who was made so and has
 * not set a password yet, so that they can have another link.
 */
export async function addAdministrator(
  actor: Actor,
  input: Omit<UserInput, 'role' | 'regions' | 'organisations' | 'languages'>,
): Promise<{ ok: true; id: string } | Failure<'denied' | 'exists'>> {
  if (!canAdmin(actor, 'manageUsers')) return deny(actor, 'invite')
  return writer().$transaction(async (tx) => {
    const { name, email, locale } = input
    const known = await tx.user.findUnique({ where: { email }, include: { accounts: true } })
    if (known) {
      const { id, role, disabledAt, accounts } = known
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
 * Changes what somebody is called and may do. Rights count from the next request; where the role
 * changes, all their sessions end.
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
      const reach = await scopeOf(tx, { ...input, email: before.email })
      if (reach === null) return { ok: false, reason: 'unknownOrganisation' }
      const all = { where: { userId: id } }
      await tx.userRegion.deleteMany(all)
      await tx.userLanguage.deleteMany(all)
      await tx.userOrganisation.deleteMany(all)
      await tx.user.update({
        where: { id },
        data: { name, locale, role, updatedAt: new Date(), ...reach },
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

/** Shuts somebody out: their sessions end at once, their links are good no more. */
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

/** Lets somebody in again who was shut out. */
export async function enableUser(actor: Actor, id: string): Promise<Result<UserError>> {
  return withUser<Result<UserError>>(actor, id, 'enable', async (tx) => {
    await tx.user.update({ where: { id }, data: { disabledAt: null, updatedAt: new Date() } })
    await recordAudit(tx, { actor: actorName(actor), action: 'userEnabled', subject: id })
    return { ok: true }
  })
}

/** Ends all sessions of somebody. */
export async function revokeSessions(actor: Actor, id: string): Promise<Result<UserError>> {
  return withUser<Result<UserError>>(actor, id, 'revokeSessions', async (tx) => {
    await tx.session.deleteMany({ where: { userId: id } })
    await recordAudit(tx, { actor: actorName(actor), action: 'sessionsRevoked', subject: id })
    return { ok: true }
  })
}

/** Takes away somebody's second factor, so that they set up a new one; their sessions end. */
export async function resetTwoFactor(actor: Actor, id: string): Promise<Result<UserError>> {
  return withUser<Result<UserError>>(actor, id, 'resetTwoFactor', async (tx) => {
    await tx.twoFactor.deleteMany({ where: { userId: id } })
    // The steps of the old secret say nothing about the codes of the next.
    const data = { twoFactorEnabled: false, lastTotpStep: null, updatedAt: new Date() }
    await tx.user.update({ where: { id }, data })
    await tx.session.deleteMany({ where: { userId: id } })
    await recordAudit(tx, { actor: actorName(actor), action: 'twoFactorReset', subject: id })
    return { ok: true }
  })
}

/** Makes a new link by which somebody sets their password; gives it, or null where it was mailed. */
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

/** The id that belongs to an e-mail; null where it has no account. */
export async function findUserIdByEmail(email: string): Promise<string | null> {
  const found = await writer().user.findUnique({
    where: { email: email.trim().toLowerCase() },
    select: { id: true },
  })
  return found?.id ?? null
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

async function isLastAdministrator(tx: Transaction, person: ExistingUser): Promise<boolean> {
  if (person.role !== 'administrator' || person.disabledAt) return false
  const others = await tx.user.count({
    where: { role: 'administrator', disabledAt: null, id: { not: person.id } },
  })
  return others === 0
}
