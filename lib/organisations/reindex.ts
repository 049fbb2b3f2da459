import { randomUUID } from 'node:crypto'
import { reader, writer } from '@/lib/database/client'
import { sql } from '@/lib/database/sql'
import { releaseLeases, acquireLease } from '@/lib/database/lease'
import { log } from '@/lib/log'
import { INDEX_VERSION, type IndexRows } from '@/lib/search/analyze'
import { compactSearchIndex, writeIndexRows } from '@/lib/search/document'
import { incrementContentVersion } from '@/lib/database/content-version'
import { PUBLIC_SQL } from './public'
import { toIndexRows, type ProfileToIndex } from './search-text'

/**
 * Written in one transaction. While serving: some milliseconds in which nobody else can write. By
 * hand: the index merges less the more it is given at once.
 */
const BATCH_SIZE: Readonly<Record<ReindexScope, number>> = { outdated: 25, all: 1000 }
/** Between two of them while serving, for those who wait to write and to read. */
const PAUSE_MS = 20
const JOB = 'reindex'
/** A process that died holds the job for so long at the most. */
const LEASE_MS = 60_000
const RENEW_LEASE_AFTER_MS = 15_000
const RETRY_AFTER_MS = 60_000
const INITIAL_DELAY_MS = 2_000

/** Which documents are made again. */
type ReindexScope =
  /** Those of an older analysis than this program's. */
  | 'outdated'
  /** All of them, and those that are missing. */
  | 'all'

/**
 * Makes search documents of listed profiles again, in small transactions. Stopped at any moment it
 * leaves whole documents, and called again it goes on; two processes at once do the same work twice
 * and no harm. Old documents are found by what they hold until their turn comes.
 *
 * @param scope `all` begins from the start, `outdated` goes on where an earlier run was stopped
 * @param between called after every transaction with the number done; false stops
 * @param analyse turns profiles into rows of the index; tests change profiles meanwhile
 * @returns how many were made
 */
export async function rebuildSearchIndex(
  scope: ReindexScope,
  between: (done: number) => boolean | Promise<boolean> = () => true,
  analyse: (profiles: readonly ProfileToIndex[]) => IndexRows | Promise<IndexRows> = toIndexRows,
): Promise<number> {
  if (scope === 'all') await addMissingDocuments()
  let done = 0
  let isWhole = false
  try {
    let chunk = await loadBatch(scope, 0)
    while (chunk.last !== null) {
      const rows = await analyse(chunk.profiles)
      done += await writeBatch(chunk.profiles, rows, scope === 'all')
      if (!(await between(done))) return done
      chunk = await loadBatch(scope, chunk.last)
    }
    isWhole = true
  } finally {
    if (done > 0) {
      if (isWhole) await compactSearchIndex(scope === 'outdated')
      // Whatever was kept of lists and pages was found by the documents before.
      await writer().$transaction(incrementContentVersion)
    }
  }
  return done
}

/** Of no analysis yet: stopped before their turn, they are made while the site serves. */
async function addMissingDocuments(): Promise<void> {
  await writer().$transaction(async (tx) => {
    const added = await tx.$executeRaw`
      INSERT INTO "SearchDocument" ("organisationId", "indexVersion")
      SELECT o."id", 0 FROM "Organisation" o
      WHERE ${PUBLIC_SQL}
        AND NOT EXISTS (SELECT 1 FROM "SearchDocument" WHERE "organisationId" = o."id")`
    if (added > 0) await incrementContentVersion(tx)
  })
}

/** @returns `last` is the id of the last document that was looked at; null: there are no more */
async function loadBatch(scope: ReindexScope, after: number) {
  const isDue = scope === 'all' ? sql`true` : sql`"indexVersion" < ${INDEX_VERSION}`
  // A walk along the ids from where the last one ended: looking for the next is never a scan.
  const rows = await reader().$queryRaw<{ id: number | bigint; read: string | null }[]>`
    SELECT due."id", CASE WHEN o."id" IS NOT NULL THEN json_object(
      'name', o."name", 'country', o."country", 'region', o."region",
      'aliases', (SELECT json_group_array("name" ORDER BY "position")
        FROM "Alias" WHERE "organisationId" = o."id"),
      'answers', (SELECT json_group_array(json_object('language', "language", 'text', "text"))
        FROM "Answer" WHERE "organisationId" = o."id")
    ) END AS "read"
    FROM (
      SELECT "id", "organisationId" FROM "SearchDocument"
      WHERE "id" > ${after} AND ${isDue} ORDER BY "id" LIMIT ${BATCH_SIZE[scope]}
    ) due LEFT JOIN "Organisation" o ON o."id" = due."organisationId" AND ${PUBLIC_SQL}
    ORDER BY due."id"`
  const profiles = rows.flatMap(({ id, read }) => (read === null ? [] : [{ id: Number(id), read }]))
  const last = rows.at(-1)?.id
  return { profiles, last: last === undefined ? null : Number(last) }
}

/**
 * Whoever saves a profile gives it a document with a new id, and no id is ever given twice: where one
 * is still there, its text is what was read.
 *
 * @returns how many were still there
 */
async function writeBatch(
  profiles: readonly ProfileToIndex[],
  rows: IndexRows,
  atOnce: boolean,
): Promise<number> {
  const ids = JSON.stringify(profiles.map(({ id }) => id))
  return writer().$transaction(async (tx) => {
    const there = await tx.$executeRaw`
      UPDATE "SearchDocument" SET "indexVersion" = ${INDEX_VERSION}
      WHERE "id" IN (SELECT value FROM json_each(${ids}))`
    await writeIndexRows(tx, [rows], atOnce)
    return there
  })
}

/**
 * Looks after the search documents while this process serves: what an older program made is made
 * again, by one process at a time.
 *
 * @returns stops it: what is written stays, the next process goes on
 */
export function startReindexJob(): () => Promise<void> {
  const holder = randomUUID()
  let stopped = false
  let timer: NodeJS.Timeout | undefined
  let running = Promise.resolve()
  const round = async () => {
    try {
      await rebuildWithLease(holder, () => stopped)
    } catch (error) {
      log.error({ event: 'jobFailed', error })
    }
    if (!stopped) schedule(RETRY_AFTER_MS)
  }
  const schedule = (wait: number) => {
    timer = setTimeout(() => {
      running = round()
    }, wait).unref()
  }
  schedule(INITIAL_DELAY_MS)
  return async () => {
    stopped = true
    clearTimeout(timer)
    await running
  }
}

/**
 * Makes outdated documents again if no other process is at it.
 *
 * @param isStopped asked after every transaction
 * @returns how many were made; 0 where another process holds the job
 */
export async function rebuildWithLease(holder: string, isStopped: () => boolean): Promise<number> {
  if (!(await hasOutdatedDocuments()) || !(await acquireLease(JOB, holder, LEASE_MS))) return 0
  let renewed = Date.now()
  try {
    return await rebuildSearchIndex('outdated', async () => {
      await new Promise((resolve) => setTimeout(resolve, PAUSE_MS))
      if (Date.now() - renewed > RENEW_LEASE_AFTER_MS) {
        renewed = Date.now()
        if (!(await acquireLease(JOB, holder, LEASE_MS))) return false
      }
      return !isStopped()
    })
  } finally {
    await releaseLeases(holder)
  }
}

async function hasOutdatedDocuments(): Promise<boolean> {
  const rows = await writer().$queryRaw<unknown[]>`
    SELECT 1 FROM "SearchDocument" WHERE "indexVersion" < ${INDEX_VERSION} LIMIT 1`
  return rows.length > 0
}
