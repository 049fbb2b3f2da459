import { ROLES, type Actor } from '@/lib/permissions/permissions'
import {
  openCopy,
  openCopyReadOnly,
  type PrismaClient,
  type Transaction,
} from '@/lib/database/client'
import { incrementContentVersion } from '@/lib/database/content-version'
import { eraseProfile } from '@/lib/organisations/erase'
import { holdProfile, keepBack } from '@/lib/organisations/hold'
import { CONTACT_KINDS, type Status } from '@/lib/organisations/schema'
import { loadStoredProfile, type StoredProfile } from '@/lib/organisations/stored'
import { toOrganisationRow } from '@/lib/organisations/write-rows'
import { compactSearchIndex } from '@/lib/search/document'

/** How many of each kind a restore kept as strict as they were, or held because nobody could tell. */
export type KeptBack = {
  hidden: number
  withdrawn: number
  erased: number
  /** Contact details that are published in the backup and were not any more. */
  contacts: number
  disabled: number
  /** People who had lost a role, a region, an organisation or a language. */
  scopes: number
  /** People whose password or second factor of the backup is no longer good. */
  credentials: number
  /** One-time links that are no longer good. */
  links: number
  /** Profiles about which nothing later is known: off the site until an administrator lists them. */
  held: number
}

const ACTOR: Actor = { kind: 'system', name: 'command-line' }
const STRICTNESS: Record<Status, number> = { listed: 0, draft: 1, hidden: 2, withdrawn: 3 }

/**
 * Makes the draft of a restored database at least as strict as the database that it replaces: what was
 * hidden, withdrawn, erased, unpublished, disabled, taken away, changed or used since the backup stays
 * so. What the replaced database does not know, or all of it where there is none, cannot be compared:
 * such a profile is hidden and held, and the credentials and links of such a person end.
 *
 * @param draft absolute path of the restored database, migrated to this program
 * @param replaced absolute path of a copy of the replaced database, migrated too; null if there is none
 *   that can be read
 * @param isLatest the operator states that nothing came after the backup: nothing is held
 */
export async function keepStricter(
  draft: string,
  replaced: string | null,
  isLatest: boolean,
): Promise<KeptBack> {
  const client = openCopy(draft)
  const later = replaced === null ? null : openCopyReadOnly(replaced)
  const kept: KeptBack = {
    ...{ hidden: 0, withdrawn: 0, erased: 0, contacts: 0, held: 0 },
    ...{ disabled: 0, scopes: 0, credentials: 0, links: 0 },
  }
  try {
    await keepProfiles(client, later, isLatest, kept)
    await keepUsers(client, later, isLatest, kept)
    await keepLinks(client, later, isLatest, kept)
    if (kept.erased > 0) await compactSearchIndex(false, client)
    return kept
  } finally {
    await client.$disconnect()
    await later?.$disconnect()
  }
}

async function keepProfiles(
  client: PrismaClient,
  later: PrismaClient | null,
  isLatest: boolean,
  kept: KeptBack,
): Promise<void> {
  const erased = new Set(
    (await client.erasure.findMany({ select: { organisationId: true } })).map(
      ({ organisationId }) => organisationId,
    ),
  )
  const rows = await client.organisation.findMany({ where: { fictional: false } })
  for (const { id } of rows) {
    if (erased.has(id)) continue
    const known = later === null ? null : await loadStoredProfile(later, id)
    const erasure = await later?.erasure.findFirst({ where: { organisationId: id } })
    if (known === null && isLatest) continue
    await client.$transaction(async (tx) => {
      const before = await loadStoredProfile(tx, id)
      if (before === null) return
      if (erasure) {
        await eraseAgain(tx, before, erasure)
        kept.erased += 1
      } else {
        await keepProfile(tx, before, known, kept)
      }
    })
  }
}

async function eraseAgain(
  tx: Transaction,
  before: StoredProfile,
  { actor, reason }: { actor: string; reason: string },
): Promise<void> {
  const after = await eraseProfile(tx, before, actor, reason)
  await tx.organisation.updateMany({ where: { id: before.id }, data: toOrganisationRow(after) })
  await incrementContentVersion(tx)
}

async function keepProfile(
  tx: Transaction,
  before: StoredProfile,
  known: StoredProfile | null,
  kept: KeptBack,
): Promise<void> {
  if (known === null) {
    if (await holdProfile(tx, ACTOR, before)) kept.held += 1
    return
  }
  const status = stricterStatus(before.status, known.status)
  const held = status !== 'withdrawn' && (before.held || known.held)
  const unpublished = CONTACT_KINDS.filter((kind) => {
    const contact = before.contacts[kind]
    const since = known.contacts[kind]
    return contact?.published && !(since?.published && since.value === contact.value)
  })
  if (status === before.status && held === before.held && unpublished.length === 0) return
  const contacts = { ...before.contacts }
  for (const kind of unpublished) {
    const contact = contacts[kind]
    contacts[kind] = contact && { ...contact, published: false }
  }
  await keepBack(tx, ACTOR, before, { ...before, status, held, contacts })
  kept.contacts += unpublished.length
  if (status !== before.status) kept[status === 'withdrawn' ? 'withdrawn' : 'hidden'] += 1
}

/** A profile that was listed in the backup and is a draft since is hidden: it was public once. */
function stricterStatus(status: Status, later: Status): Status {
  if (STRICTNESS[later] <= STRICTNESS[status]) return status
  if (status === 'draft') return later === 'withdrawn' ? later : status
  return later === 'draft' ? 'hidden' : later
}

const userInclude = {
  ...{ regions: true, organisations: true, languages: true, twoFactors: true },
  accounts: { select: { id: true, password: true } },
} as const

function findUsers(client: Pick<PrismaClient, 'user'>) {
  return client.user.findMany({ include: userInclude })
}
type UserRow = Awaited<ReturnType<typeof findUsers>>[number]

async function keepUsers(
  client: PrismaClient,
  later: PrismaClient | null,
  isLatest: boolean,
  kept: KeptBack,
): Promise<void> {
  const known = new Map((later ? await findUsers(later) : []).map((user) => [user.id, user]))
  for (const user of await findUsers(client)) {
    const since = known.get(user.id) ?? null
    await client.$transaction(async (tx) => {
      if (since === null) {
        if (!isLatest && (await endCredentials(tx, user))) kept.credentials += 1
        return
      }
      if (since.disabledAt !== null && user.disabledAt === null) {
        await tx.user.update({ where: { id: user.id }, data: { disabledAt: since.disabledAt } })
        kept.disabled += 1
      }
      if (await keepScope(tx, user, since)) kept.scopes += 1
      if (!hasSameCredentials(user, since) && (await endCredentials(tx, user))) {
        kept.credentials += 1
      }
    })
  }
}

/** Whether password and second factor are those of the replaced database, used recovery codes included. */
function hasSameCredentials(user: UserRow, since: UserRow): boolean {
  const of = ({ accounts, twoFactors }: UserRow) =>
    JSON.stringify([
      accounts.map(({ password }) => password).sort(),
      twoFactors.map(({ secret, backupCodes }) => [secret, backupCodes]).sort(),
    ])
  return of(user) === of(since)
}

/** @returns whether there were any */
async function endCredentials(tx: Transaction, user: UserRow): Promise<boolean> {
  // Without an account row a person counts as invited, so that they can be given a link.
  const { count } = await tx.account.deleteMany({ where: { userId: user.id } })
  const factors = await tx.twoFactor.deleteMany({ where: { userId: user.id } })
  await tx.user.update({
    where: { id: user.id },
    data: { twoFactorEnabled: false, lastTotpStep: null },
  })
  return count + factors.count > 0
}

/** Takes away what the person had lost; of two roles the one that may do less. */
async function keepScope(tx: Transaction, user: UserRow, since: UserRow): Promise<boolean> {
  const isLess = ROLES.indexOf(since.role) > ROLES.indexOf(user.role)
  const ofUser = { userId: user.id }
  if (isLess) {
    await tx.user.update({ where: { id: user.id }, data: { role: since.role } })
    await tx.userRegion.deleteMany({ where: ofUser })
    await tx.userOrganisation.deleteMany({ where: ofUser })
    await tx.userLanguage.deleteMany({ where: ofUser })
    const organisations = await tx.organisation.findMany({
      where: { id: { in: since.organisations.map(({ organisationId }) => organisationId) } },
      select: { id: true },
    })
    await tx.user.update({
      where: { id: user.id },
      data: {
        regions: { create: since.regions.map(({ region }) => ({ region })) },
        languages: { create: since.languages.map(({ language }) => ({ language })) },
        organisations: { create: organisations.map(({ id }) => ({ organisationId: id })) },
      },
    })
    return true
  }
  // Somebody who got a higher role since has other scopes now: those of the backup are no loss.
  if (since.role !== user.role) return false
  const removed = [
    await tx.userRegion.deleteMany({
      where: { ...ofUser, region: { notIn: since.regions.map(({ region }) => region) } },
    }),
    await tx.userOrganisation.deleteMany({
      where: {
        ...ofUser,
        organisationId: { notIn: since.organisations.map(({ organisationId }) => organisationId) },
      },
    }),
    await tx.userLanguage.deleteMany({
      where: { ...ofUser, language: { notIn: since.languages.map(({ language }) => language) } },
    }),
  ]
  return removed.some(({ count }) => count > 0)
}

async function keepLinks(
  client: PrismaClient,
  later: PrismaClient | null,
  isLatest: boolean,
  kept: KeptBack,
): Promise<void> {
  if (later === null && isLatest) return
  const open = await client.oneTimeToken.findMany({
    where: { usedAt: null },
    select: { id: true, userId: true },
  })
  const good = new Set(
    (later
      ? await later.oneTimeToken.findMany({ where: { usedAt: null }, select: { id: true } })
      : []
    ).map(({ id }) => id),
  )
  // A link that is gone was used or its time was over.
  const ended = open.filter(({ id }) => !good.has(id)).map(({ id }) => id)
  await client.oneTimeToken.updateMany({
    where: { id: { in: ended } },
    data: { usedAt: new Date() },
  })
  kept.links += ended.length
}
