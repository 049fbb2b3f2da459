import type { Transaction } from '@/lib/db/client'
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

function indexed(texts: string[]): string {
  return tokens(texts.join('\n')).join(' ')
}
