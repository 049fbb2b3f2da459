import type { Transaction } from '@/lib/db/client'
import { tokens } from './words'

/** More words than anyone types; keeps hostile input cheap. */
const WORD_LIMIT = 24

/** The folded words of a search, each to be found at the beginning of a word; all are required. */
export function queryTokens(q: string): string[] {
  return [...new Set(tokens(q))].slice(0, WORD_LIMIT)
}

/**
 * The ids of the organisations whose public text holds every word of the search. Tokens hold letters
 * and digits only and are quoted: nothing typed is read as syntax. A search without a single word
 * finds nothing.
 */
export async function findMatching(
  db: Pick<Transaction, '$queryRaw'>,
  q: string,
): Promise<ReadonlySet<string>> {
  const expression = queryTokens(q)
    .map((token) => `"${token}"*`)
    .join(' ')
  if (expression === '') return new Set()
  // One row: handing over thousands of them costs more than the search.
  const rows = await db.$queryRaw<{ ids: string | null }[]>`
    SELECT string_agg(d."organisationId", ' ') AS "ids" FROM "SearchIndex"
    JOIN "SearchDocument" d ON d."id" = "SearchIndex".rowid
    WHERE "SearchIndex" MATCH ${expression}`
  return new Set(rows[0]?.ids?.split(' ') ?? [])
}
