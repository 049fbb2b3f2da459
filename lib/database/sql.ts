import type { PrismaClient, Transaction } from './client'
import { Prisma } from '@/lib/database/generated/client'

/** Tagged template for parameterised SQL fragments; values become parameters, never text. */
export const sql = Prisma.sql
/** Joins fragments or values with a separator (a comma where none is given). */
export const join = Prisma.join
/** Text that becomes SQL as it is: never anything from outside. */
export const raw = Prisma.raw

/** Rows as Prisma's own `createMany` takes them, by table. */
type InsertRows = {
  Organisation: Prisma.OrganisationCreateManyInput
  Answer: Prisma.AnswerCreateManyInput
  PriorityArea: Prisma.PriorityAreaCreateManyInput
  Alias: Prisma.AliasCreateManyInput
  Contact: Prisma.ContactCreateManyInput
  Revision: Prisma.RevisionCreateManyInput
  AuditEntry: Prisma.AuditEntryCreateManyInput
  FormerSlug: Prisma.FormerSlugCreateManyInput
  Erasure: Prisma.ErasureCreateManyInput
  ImportedPage: Prisma.ImportedPageCreateManyInput
  Proposal: Prisma.ProposalCreateManyInput
  ProposalVersion: Prisma.ProposalVersionCreateManyInput
  User: Prisma.UserCreateManyInput
  UserRegion: Prisma.UserRegionCreateManyInput
  UserOrganisation: Prisma.UserOrganisationCreateManyInput
  UserLanguage: Prisma.UserLanguageCreateManyInput
}

/** SQLite takes at most 32,766 parameters in one statement; no table has 20 columns. */
const ROWS_PER_STATEMENT = 1000

/**
 * Inserts rows as one statement. Prisma compiles every `createMany` anew, which costs ten times as
 * much as the insert; a profile is written in half a dozen of these.
 *
 * @param rows all with the same fields; none: nothing is done
 * @throws where a row breaks a constraint, with Prisma's code of a failed raw query (P2010)
 */
export async function insert<Table extends keyof InsertRows>(
  tx: Transaction,
  table: Table,
  rows: InsertRows[Table][],
): Promise<void> {
  for (let start = 0; start < rows.length; start += ROWS_PER_STATEMENT) {
    const part = rows.slice(start, start + ROWS_PER_STATEMENT)
    const columns = Object.keys(part[0] ?? {}) as (keyof InsertRows[Table])[]
    const names = Prisma.raw(columns.map((column) => `"${String(column)}"`).join(', '))
    const values = part.map((row) => sql`(${join(columns.map((column) => row[column]))})`)
    await tx.$executeRaw`INSERT INTO ${Prisma.raw(`"${table}"`)} (${names}) VALUES ${join(values)}`
  }
}

/**
 * The last number that the database gave away in a table that never gives one twice; 0 where it gave
 * none. It stays when rows are deleted.
 */
export async function lastAutoincrement(
  client: PrismaClient,
  table: 'AuditEntry',
): Promise<number> {
  const [found] = await client.$queryRaw<{ seq: number | bigint }[]>`
    SELECT "seq" FROM "sqlite_sequence" WHERE "name" = ${table}`
  return Number(found?.seq ?? 0)
}
