import { writer, type Transaction } from '@/lib/db/client'
import { tokens } from './words'

/** Raised whenever the analysis changes: documents of an older analysis must be made again. */
export const ANALYSIS = 1

/** Public text of one listed profile, by weight. */
export type SearchableText = {
  /** Name and aliases. */
  names: string[]
  /** Names of country and region, in every language of the interface. */
  places: string[]
  /** Answers, in every language they stand in. */
  answers: string[]
}

/**
 * Writes the search document of a profile that has none, in the transaction that lists or changes
 * it. Only public text may come in here: whatever is in the index can be found.
 */
export async function writeSearchDocument(
  tx: Transaction,
  organisationId: string,
  text: SearchableText,
): Promise<void> {
  await tx.$executeRaw`
    INSERT INTO "SearchDocument" ("organisationId", "analysis") VALUES (${organisationId}, ${ANALYSIS})`
  await tx.$executeRaw`
    INSERT INTO "SearchIndex" (rowid, names, places, answers)
    SELECT "id", ${indexed(text.names)}, ${indexed(text.places)}, ${indexed(text.answers)}
    FROM "SearchDocument" WHERE "organisationId" = ${organisationId}`
}

/** Takes a profile out of the index; a trigger removes its row of the full-text table. */
export async function removeSearchDocument(tx: Transaction, organisationId: string): Promise<void> {
  await tx.$executeRaw`DELETE FROM "SearchDocument" WHERE "organisationId" = ${organisationId}`
}

/** Pages of the index that are worked on at once: some milliseconds, in which nobody else can write. */
const MERGE_PAGES = 16

/**
 * Rewrites the full-text index until nothing is left in it of what was deleted: a deletion marks the
 * row and leaves its words in the file. Step by step, each a transaction of its own.
 */
export async function compactSearchIndex(): Promise<void> {
  // A negative number begins a merge of everything, positive ones go on with it.
  for (let pages = -MERGE_PAGES; ; pages = MERGE_PAGES) {
    const worked = await writer().$transaction(async (tx) => {
      const before = await totalChanges(tx)
      await tx.$executeRaw`INSERT INTO "SearchIndex" ("SearchIndex", rank) VALUES ('merge', ${pages})`
      return (await totalChanges(tx)) - before
    })
    // The statement itself counts as one change.
    if (worked < 2) return
  }
}

async function totalChanges(tx: Transaction): Promise<number> {
  const [row] = await tx.$queryRaw<{ changes: number | bigint }[]>`
    SELECT total_changes() AS "changes"`
  return Number(row?.changes)
}

function indexed(texts: string[]): string {
  return tokens(texts.join('\n')).join(' ')
}
