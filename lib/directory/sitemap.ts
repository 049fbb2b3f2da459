import { reader } from '@/lib/database/client'
import { sql } from '@/lib/database/sql'
import { PUBLIC_SQL } from '@/lib/organisations/public'

/**
 * Names of the site map's pieces. A profile stands in the piece of the first digit of its id, which
 * is random: a piece holds a sixteenth of the directory, is read by the index of the ids alone, and
 * keeps its profiles whatever is listed or hidden elsewhere.
 */
export const SITEMAP_SHARDS = '0123456789abcdef'.split('')

/** The pieces that hold any listed profile. */
export async function nonEmptySitemapShards(): Promise<string[]> {
  const filled = await Promise.all(
    SITEMAP_SHARDS.map((piece) =>
      reader().$queryRaw<unknown[]>(
        sql`SELECT 1 FROM "Organisation" o WHERE ${inShard(piece)} AND ${PUBLIC_SQL} LIMIT 1`,
      ),
    ),
  )
  return SITEMAP_SHARDS.filter((_, index) => filled[index]?.length === 1)
}

/**
 * Addresses and dates of the listed profiles of one piece, by id, with the languages of their texts.
 *
 * @param piece one of `SITEMAP_PIECES`
 */
export async function loadSitemapShard(
  piece: string,
): Promise<{ slug: string; updatedAt: string; languages: string[] }[]> {
  const rows = await reader().$queryRaw<
    { slug: string; updatedAt: string | Date; languages: string | null }[]
  >(sql`
    SELECT o."slug", o."updatedAt",
      (SELECT string_agg(a."language", ' ') FROM "Answer" a
        WHERE a."organisationId" = o."id") AS "languages"
    FROM "Organisation" o WHERE ${inShard(piece)} AND ${PUBLIC_SQL} ORDER BY o."id"`)
  return rows.map(({ slug, updatedAt, languages }) => ({
    slug,
    updatedAt: new Date(updatedAt).toISOString(),
    languages: [...new Set(languages?.split(' ') ?? [])],
  }))
}

// Ids are written in lower case; every one that begins with a digit stands before the next character.
function inShard(piece: string) {
  return sql`o."id" >= ${piece} AND o."id" < ${String.fromCharCode(piece.charCodeAt(0) + 1)}`
}
