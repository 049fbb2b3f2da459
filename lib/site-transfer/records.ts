import type { Transaction } from '@/lib/database/client'
import { CONTACT_KINDS, PRIORITY_AREAS, QUESTIONS } from '@/lib/organisations/schema'
import { FORMAT, FORMAT_VERSION, type RecordKind } from './format'

/** Rows read at once: of short ones, of organisations, and of those that hold a whole profile. */
const ROWS = 500
const ORGANISATIONS = 50
const PROFILES = 10

/** A record as the database holds it: dates are `Date`s, and nothing is validated. */
export type RawRecord = { record: RecordKind } & Record<string, unknown>

/**
 * Reads every record of a site except the `end`, in the order of the file. Rows are ordered by number
 * or id, so that the same content always gives the same file.
 *
 * @param tx a transaction of the reading client, which sees the database as it was at one moment
 */
export async function* readRecords(tx: Transaction): AsyncGenerator<RawRecord, void> {
  const migration = await latestMigration(tx)
  yield { record: 'site', format: FORMAT, version: FORMAT_VERSION, migration }
  for await (const entry of auditEntries(tx)) yield { record: 'auditEntry', ...entry }
  for await (const row of organisations(tx)) {
    yield toRecord(row, await erasuresOf(tx, row.id))
    const owner = { organisation: row.id }
    for await (const revision of revisionsOf(tx, row.id)) {
      yield { record: 'revision', ...owner, ...revision }
    }
    // Most organisations have neither: two queries less for each of them.
    const has = row._count
    for await (const { id: _, ...page } of has.imports > 0 ? pagesOf(tx, row.id) : []) {
      yield { record: 'importedPage', ...owner, ...page }
    }
    for await (const proposal of has.proposals > 0 ? proposalsOf(tx, row.id) : []) {
      yield { record: 'proposal', ...owner, ...proposal }
    }
  }
  for await (const user of users(tx)) {
    yield {
      record: 'user',
      ...user,
      regions: user.regions.map(({ region }) => region),
      organisations: user.organisations.map(({ organisationId }) => organisationId),
      languages: user.languages.map(({ language }) => language),
    }
  }
}

/**
 * Yields rows page by page, so that only one page is in memory.
 *
 * @param start lower than every key
 * @param find the first `size` rows whose key is greater than `after`, in the order of their keys
 */
async function* paged<Key, Row>(
  size: number,
  start: Key,
  find: (after: Key, size: number) => Promise<Row[]>,
  keyOf: (row: Row) => Key,
): AsyncGenerator<Row, void> {
  for (let after = start; ;) {
    const rows = await find(after, size)
    yield* rows
    const last = rows.at(-1)
    if (last === undefined || rows.length < size) return
    after = keyOf(last)
  }
}

async function latestMigration(tx: Transaction): Promise<string> {
  const [row] = await tx.$queryRaw<{ name: string }[]>`
    SELECT max("migration_name") AS "name" FROM "_prisma_migrations" WHERE "rolled_back_at" IS NULL`
  return row?.name ?? ''
}

function auditEntries(tx: Transaction) {
  return paged(
    ROWS,
    0,
    (after, take) =>
      tx.auditEntry.findMany({
        where: { number: { gt: after } },
        orderBy: { number: 'asc' },
        take,
      }),
    ({ number }) => number,
  )
}

function organisations(tx: Transaction) {
  return paged(ORGANISATIONS, '', (after, take) => findOrganisations(tx, after, take), idOf)
}

function findOrganisations(tx: Transaction, after: string, take: number) {
  return tx.organisation.findMany({
    where: { id: { gt: after } },
    orderBy: { id: 'asc' },
    take,
    omit: { nameFolded: true },
    include: {
      aliases: { orderBy: { position: 'asc' } },
      answers: { orderBy: { position: 'asc' }, omit: { organisationId: true, position: true } },
      formerSlugs: { orderBy: { slug: 'asc' }, omit: { organisationId: true } },
      priorityAreas: true,
      contacts: { omit: { organisationId: true } },
      _count: { select: { imports: true, proposals: true } },
    },
  })
}

type OrganisationRow = Awaited<ReturnType<typeof findOrganisations>>[number]

function erasuresOf(tx: Transaction, organisationId: string) {
  return tx.erasure.findMany({
    where: { organisationId },
    orderBy: { id: 'asc' },
    omit: { organisationId: true },
  })
}

function revisionsOf(tx: Transaction, organisationId: string) {
  return paged(
    PROFILES,
    0,
    (after, take) =>
      tx.revision.findMany({
        where: { organisationId, number: { gt: after } },
        orderBy: { number: 'asc' },
        omit: { organisationId: true },
        take,
      }),
    ({ number }) => number,
  )
}

function pagesOf(tx: Transaction, organisationId: string) {
  return paged(
    PROFILES,
    0,
    (after, take) =>
      tx.importedPage.findMany({
        where: { organisationId, id: { gt: after } },
        orderBy: { id: 'asc' },
        omit: { organisationId: true },
        take,
      }),
    idOf,
  )
}

function proposalsOf(tx: Transaction, organisationId: string) {
  return paged(
    PROFILES,
    '',
    (after, take) =>
      tx.proposal.findMany({
        where: { organisationId, id: { gt: after } },
        orderBy: { id: 'asc' },
        omit: { organisationId: true },
        include: { versions: { omit: { proposalId: true }, orderBy: { number: 'asc' } } },
        take,
      }),
    idOf,
  )
}

/** Without anything that somebody could sign in with. */
function users(tx: Transaction) {
  return paged(
    ROWS,
    '',
    (after, take) =>
      tx.user.findMany({
        where: { id: { gt: after } },
        orderBy: { id: 'asc' },
        take,
        select: {
          ...{ id: true, name: true, email: true, emailVerified: true, role: true, locale: true },
          ...{ disabledAt: true, createdAt: true, updatedAt: true },
          regions: { orderBy: { region: 'asc' } },
          organisations: { orderBy: { organisationId: 'asc' } },
          languages: { orderBy: { language: 'asc' } },
        },
      }),
    idOf,
  )
}

function idOf<Id>({ id }: { id: Id }): Id {
  return id
}

function toRecord(row: OrganisationRow, erasures: unknown[]): RawRecord {
  const { _count, aliases, answers, contacts, priorityAreas, ...columns } = row
  const areas = new Set(priorityAreas.map(({ area }) => area))
  const contactOf = (wanted: string) => {
    const found = contacts.find(({ kind }) => kind === wanted)
    return found === undefined ? null : { value: found.value, published: found.published }
  }
  const answersTo = (wanted: string) =>
    answers
      .filter(({ question }) => question === wanted)
      .map(({ question: _, sourceLanguage: language, sourceRevision: revision, ...answer }) => ({
        ...answer,
        source: language === null || revision === null ? null : { language, revision },
      }))
  return {
    record: 'organisation',
    ...columns,
    aliases: aliases.map(({ name }) => name),
    contacts: Object.fromEntries(CONTACT_KINDS.map((kind) => [kind, contactOf(kind)])),
    priorityAreas: PRIORITY_AREAS.filter((area) => areas.has(area)),
    answers: Object.fromEntries(QUESTIONS.map((question) => [question, answersTo(question)])),
    erasures,
  }
}
