import { writer, type Transaction } from '@/lib/database/client'
import {
  INDEX_VERSION,
  analyze,
  buildIndexRows,
  type IndexRows,
  type SearchableText,
} from './analyze'

/**
 * Writes the search document of a profile that has none, in the transaction that lists or changes
 * it. Only public text may come in here: whatever is in the index can be found.
 */
export async function writeSearchDocument(
  tx: Transaction,
  organisationId: string,
  text: SearchableText,
): Promise<void> {
  const { names, places, answers } = analyze(text)
  await tx.$executeRaw`
    INSERT INTO "SearchDocument" ("organisationId", "indexVersion") VALUES (${organisationId}, ${INDEX_VERSION})`
  await tx.$executeRaw`
    INSERT INTO "SearchIndex" (rowid, names, places, answers)
    SELECT "id", ${names}, ${places}, ${answers}
    FROM "SearchDocument" WHERE "organisationId" = ${organisationId}`
}

/**
 * What SQLite does by itself when rows come in; all but `crisismerge` are its defaults:
 * https://www.sqlite.org/fts5.html, “Configuration Options”.
 */
const FTS5_DEFAULTS = {
  /** Percentage of deleted rows from which a part of the index is rewritten. */
  deletemerge: 10,
  /** So many parts of one size are made one. */
  automerge: 4,
  /**
   * Of so many parts of one size, one is made in the middle of writing, whoever writes: as many as are
   * left behind while all are made again, so that nobody's save waits for that.
   */
  crisismerge: 256,
  /** Bytes kept in memory before they become a part. */
  hashsize: 2 ** 20,
}
/**
 * For rows that are made again: each chunk leaves deleted rows behind in what the chunks before have
 * written; rewritten every time, that costs three times as much as the rest.
 */
const REINDEX_SETTINGS = { deletemerge: 0 }
/** For whoever waits: hardly a part is merged before all are there, which halves the cost of writing. */
const OFFLINE_REINDEX_SETTINGS = {
  ...REINDEX_SETTINGS,
  automerge: 0,
  crisismerge: FTS5_DEFAULTS.crisismerge,
  hashsize: 2 ** 24,
}

/**
 * The same for many: cheaper than one by one. Never the text of a profile under the id of an older
 * document: whoever makes documents again relies on that.
 *
 * @param profiles that have none
 */
export async function writeSearchDocuments(
  tx: Transaction,
  profiles: readonly { organisationId: string; text: SearchableText }[],
): Promise<void> {
  if (profiles.length === 0) return
  const organisations = JSON.stringify(profiles.map(({ organisationId }) => organisationId))
  const documents = await tx.$queryRaw<{ id: number | bigint; organisationId: string }[]>`
    INSERT INTO "SearchDocument" ("organisationId", "indexVersion")
    SELECT value, ${INDEX_VERSION} FROM json_each(${organisations})
    RETURNING "id", "organisationId"`
  const textOf = new Map(profiles.map(({ organisationId, text }) => [organisationId, text]))
  const texts = documents
    .flatMap(({ id, organisationId }) => {
      const text = textOf.get(organisationId)
      return text ? [{ id: Number(id), text }] : []
    })
    .sort((one, other) => one.id - other.id)
  await writeIndexRows(tx, [buildIndexRows(texts)])
}

/**
 * Writes rows of the full-text table for documents that are still there, in the place of those that
 * are; the others are left out. Whoever makes them all compacts the index afterwards.
 *
 * @param pieces as `indexRows` makes them, ids rising from the first to the last: for every one that
 *   is lower than the one before, SQLite begins a new part of the index
 * @param atOnce the index is compacted before others search it: faster, and leaves it in many parts
 */
export async function writeIndexRows(
  tx: Transaction,
  pieces: readonly IndexRows[],
  atOnce = false,
): Promise<void> {
  const settings = atOnce ? OFFLINE_REINDEX_SETTINGS : REINDEX_SETTINGS
  await configureFts5(tx, settings)
  // One statement: after each, SQLite would write a part of the index.
  let end = 0
  const places = pieces.flatMap(({ spans }) =>
    spans.map(([id, names, places, answers]) => {
      const starts = [end, end + names, end + names + places]
      end += names + places + answers
      return [id, ...starts.map((start) => start + 1), names, places, answers]
    }),
  )
  const text = Buffer.concat(pieces.map((piece) => piece.text))
  await tx.$executeRaw`
    INSERT OR REPLACE INTO "SearchIndex" (rowid, names, places, answers)
    SELECT d."id",
      CAST(substr(text, at.value ->> 1, at.value ->> 4) AS TEXT),
      CAST(substr(text, at.value ->> 2, at.value ->> 5) AS TEXT),
      CAST(substr(text, at.value ->> 3, at.value ->> 6) AS TEXT)
    FROM json_each(${JSON.stringify(places)}) at
    CROSS JOIN (SELECT ${text} AS text)
    CROSS JOIN "SearchDocument" d ON d."id" = at.value ->> 0`
  // What is still in memory would be written, and merged, under the settings that come next.
  await tx.$executeRaw`INSERT INTO "SearchIndex" ("SearchIndex") VALUES ('flush')`
  const names = Object.keys(settings) as (keyof typeof FTS5_DEFAULTS)[]
  await configureFts5(tx, Object.fromEntries(names.map((name) => [name, FTS5_DEFAULTS[name]])))
}

async function configureFts5(
  tx: Transaction,
  settings: Partial<typeof FTS5_DEFAULTS>,
): Promise<void> {
  for (const [name, value] of Object.entries(settings)) {
    await tx.$executeRaw`
      INSERT INTO "SearchIndex" ("SearchIndex", rank) VALUES (${name}, CAST(${value} AS INTEGER))`
  }
}

/** Takes a profile out of the index; a trigger removes its row of the full-text table. */
export async function removeSearchDocument(tx: Transaction, organisationId: string): Promise<void> {
  await tx.$executeRaw`DELETE FROM "SearchDocument" WHERE "organisationId" = ${organisationId}`
}

/** Pages of the index that are worked on at once: some milliseconds, in which nobody else can write. */
const MERGE_PAGES = 16
/** Fewer commits where nobody waits. */
const OFFLINE_MERGE_PAGES = 1000

/**
 * Rewrites the full-text index until it is one part, which is searched in half the time of many, and
 * nothing is left in it of what was deleted: a deletion marks the row and leaves its words in the file.
 * Step by step, each a transaction of its own.
 *
 * @param isServing small steps, between which others write; else large ones, for a command
 */
export async function compactSearchIndex(
  isServing: boolean,
  client: Pick<ReturnType<typeof writer>, '$transaction'> = writer(),
): Promise<void> {
  const step = isServing ? MERGE_PAGES : OFFLINE_MERGE_PAGES
  // A negative number begins a merge of everything, positive ones go on with it.
  for (let pages = -step; ; pages = step) {
    const worked = await client.$transaction(async (tx) => {
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
