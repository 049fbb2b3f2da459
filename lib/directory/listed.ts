import { reader } from '@/lib/db/client'
import { sql } from '@/lib/db/sql'
import { PUBLIC_SQL } from '@/lib/profile/public'

/** What choosing and counting need of a listed organisation. */
export type Listed = {
  id: string
  region: string | null
  /** ISO 3166-1 alpha-2. */
  country: string | null
  areas: readonly string[]
  /** BCP 47; `und` where it is not certain. */
  languages: readonly string[]
  /** Place among all by the day of listing, the latest first; from 1. */
  newest: number
}

type Kept = { contentVersion: number; listed: Promise<readonly Listed[]> }

// By client: another database is another directory, even at the same content version.
const kept = new WeakMap<object, Kept>()

/**
 * All listed organisations by name, with what is chosen by. Kept in memory until the public content
 * changes, which every call asks of the database: counting five thousand organisations in four ways
 * costs the database thirty milliseconds, and this process one or two.
 */
export async function listedOrganisations(): Promise<readonly Listed[]> {
  const client = reader()
  // Asked before reading: what changes in between is newer than it says and read again next time.
  const contentVersion = await currentContentVersion()
  const before = kept.get(client)
  if (before?.contentVersion === contentVersion) return before.listed
  const listed = readListed()
  kept.set(client, { contentVersion, listed })
  // A failed reading must not stay.
  listed.catch(() => kept.delete(client))
  return listed
}

async function currentContentVersion(): Promise<number> {
  const rows = await reader().$queryRaw<{ contentVersion: number }[]>`
    SELECT "contentVersion" FROM "Directory" WHERE "id" = 1`
  return Number(rows[0]?.contentVersion)
}

async function readListed(): Promise<readonly Listed[]> {
  const rows = await reader().$queryRaw<
    {
      id: string
      region: string | null
      country: string | null
      areas: string | null
      languages: string | null
      newest: number
    }[]
  >(sql`
    SELECT o."id", o."region", o."country",
      (SELECT string_agg(p."area", ' ') FROM "PriorityArea" p
        WHERE p."organisationId" = o."id") AS "areas",
      (SELECT string_agg(a."language", ' ') FROM "Answer" a
        WHERE a."organisationId" = o."id") AS "languages",
      row_number() OVER (ORDER BY o."listedAt" DESC, o."nameFolded", o."id") AS "newest"
    FROM "Organisation" o WHERE ${PUBLIC_SQL}
    ORDER BY o."nameFolded", o."id"`)
  return rows.map(({ areas, languages, newest, ...row }) => ({
    ...row,
    areas: areas?.split(' ') ?? [],
    languages: [...new Set(languages?.split(' ') ?? [])],
    newest: Number(newest),
  }))
}
