import { ROLES, type Actor } from '@/lib/permissions/permissions'
import {
  openCopy,
  openCopyReadOnly,
  type PrismaClient,
  type Transaction,
} from '@/lib/database/client'
import { eraseProfile, isErased } from '@/lib/organisations/erase'
import { holdProfile, keepBack } from '@/lib/organisations/hold'
import { CONTACT_KINDS, type Status } from '@/lib/organisations/schema'
import { loadStoredProfile, type StoredProfile } from '@/lib/organisations/stored'
import { compactSearchIndex } from '@/lib/search/document'

/** What a restore keeps back, in the order of its report. */
export const KEPT_BACK_KINDS = [
  // Profiles about which nothing later is known: off the site until an administrator lists them.
  'held',
  'withdrawn',
  'hidden',
  'erased',
  // Contact details that are published in the backup and were not any more.
  'contacts',
  'disabled',
  // People who had lost a role, a region, an organisation or a language.
  'scopes',
  // People whose password or second factor of the backup is no longer good.
  'credentials',
  // One-time links that are no longer good.
  'links',
] as const

/** How many of each kind a restore kept as strict as they were, or held because nobody could tell. */
export type KeptBack = Record<(typeof KEPT_BACK_KINDS)[number], number>

const ACTOR: Actor = { kind: 'system', name: 'command-line' }

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
  const kept = Object.fromEntries(KEPT_BACK_KINDS.map((kind) => [kind, 0])) as KeptBack
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
  if (later === null && isLatest) return
  const rows = await client.organisation.findMany({
    where: { fictional: false },
    select: { id: true },
  })
  for (const { id } of rows) {
    if (await isErased(client, id)) continue
    const known = later && (await loadStoredProfile(later, id))
    if (known === null && isLatest) continue
    const erasure = await later?.erasure.findFirst({ where: { organisationId: id } })
    await client.$transaction(async (tx) => {
      const before = await loadStoredProfile(tx, id)
      if (before === null) return
      if (erasure) {
        await eraseProfile(tx, before, erasure.actor, erasure.reason)
        kept.erased += 1
      } else {
        await keepProfile(tx, before, known, kept)
      }
    })
  }
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

function stricterStatus(status: Status, later: Status): Status {
  if (later === 'withdrawn') return later
  return status === 'listed' && later !== 'listed' ? 'hidden' : status
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
  const idsOfOpen = async (one: PrismaClient) =>
    (await one.oneTimeToken.findMany({ where: { usedAt: null }, select: { id: true } })).map(
      ({ id }) => id,
    )
  const good = new Set(later ? await idsOfOpen(later) : [])
  // A link that is gone was used or its time was over.
  const ended = (await idsOfOpen(client)).filter((id) => !good.has(id))
  await client.oneTimeToken.updateMany({
    where: { id: { in: ended } },
    data: { usedAt: new Date() },
  })
  kept.links += ended.length
}
