import { randomUUID } from 'node:crypto'
import { writer, type Transaction } from '@/lib/db/client'
import { sql } from '@/lib/db/sql'
import { dropLeases, takeLease } from '@/lib/jobs/lease'
import { log } from '@/lib/log'
import { ANALYSIS, compactSearchIndex, rewriteSearchDocuments } from '@/lib/search/document'
import { PUBLIC_SQL } from './public'
import { searchableText } from './search-text'

/**
 * Written in one transaction. While serving: some ten milliseconds in which nobody else can write. By
 * hand: the index merges less the more it is given at once.
 */
const CHUNK: Readonly<Record<Scope, number>> = { outdated: 25, all: 1000 }
/** Between two of them while serving, for those who wait to write and to read. */
const PAUSE = 20
const JOB = 'reindex'
/** A process that died holds the job for so long at the most. */
const LEASE = 60_000
const RENEWED_AFTER = 15_000
const AGAIN_AFTER = 60_000
const FIRST_LOOK = 2_000

/** Which documents are made again. */
type Scope =
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
 * @returns how many were made
 */
export async function rebuildSearchDocuments(
  scope: Scope,
  between: (done: number) => boolean | Promise<boolean> = () => true,
): Promise<number> {
  let done = 0
  for (let after: string | null = ''; after !== null;) {
    const from: string = after
    const made = await writer().$transaction((tx) => rebuildChunk(tx, scope, from))
    done += made.count
    after = made.last
    if (made.count > 0 && !(await between(done))) break
  }
  // Whatever was kept of lists and pages was found by the documents before.
  if (done > 0) {
    await compactSearchIndex(scope === 'outdated')
    await writer()
      .$executeRaw`UPDATE "Directory" SET "contentVersion" = "contentVersion" + 1 WHERE "id" = 1`
  }
  return done
}

type Read = {
  organisationId: string
  name: string
  country: string | null
  region: string | null
  aliases: string[]
  answers: { language: string; text: string }[]
}

async function rebuildChunk(
  tx: Transaction,
  scope: Scope,
  after: string,
): Promise<{ count: number; last: string | null }> {
  // A walk along an index from where the last one ended: looking for the next is never a scan.
  const due =
    scope === 'all'
      ? sql`SELECT o."id" AS "organisationId", o."id" AS "cursor" FROM "Organisation" o
          WHERE ${PUBLIC_SQL} AND o."id" > ${after} ORDER BY o."id" LIMIT ${CHUNK[scope]}`
      : sql`SELECT "organisationId", "id" AS "cursor" FROM "SearchDocument"
          WHERE "id" > ${Number(after)} AND "analysis" < ${ANALYSIS} ORDER BY "id" LIMIT ${CHUNK[scope]}`
  const rows = await tx.$queryRaw<{ cursor: string | number | bigint; read: string }[]>(sql`
    SELECT due."cursor", json_object(
      'organisationId', o."id", 'name', o."name", 'country', o."country", 'region', o."region",
      'aliases', (SELECT json_group_array("name" ORDER BY "position")
        FROM "Alias" WHERE "organisationId" = o."id"),
      'answers', (SELECT json_group_array(json_object('language', "language", 'text', "text"))
        FROM "Answer" WHERE "organisationId" = o."id")
    ) AS "read"
    FROM (${due}) due JOIN "Organisation" o ON o."id" = due."organisationId" AND ${PUBLIC_SQL}
    ORDER BY due."cursor"`)
  const profiles = rows.map(({ read }) => JSON.parse(read) as Read)
  await rewriteSearchDocuments(
    tx,
    profiles.map((profile) => ({
      organisationId: profile.organisationId,
      text: searchableText(profile),
    })),
    scope === 'all',
  )
  return {
    count: profiles.length,
    last: rows.length < CHUNK[scope] ? null : String(rows.at(-1)?.cursor),
  }
}

/**
 * Looks after the search documents while this process serves: what an older program made is made
 * again, by one process at a time.
 *
 * @returns stops it: what is written stays, the next process goes on
 */
export function startReindexing(): () => Promise<void> {
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
    if (!stopped) schedule(AGAIN_AFTER)
  }
  const schedule = (wait: number) => {
    timer = setTimeout(() => {
      running = round()
    }, wait).unref()
  }
  schedule(FIRST_LOOK)
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
  if (!(await hasOutdated()) || !(await takeLease(JOB, holder, LEASE))) return 0
  let renewed = Date.now()
  try {
    return await rebuildSearchDocuments('outdated', async () => {
      await new Promise((resolve) => setTimeout(resolve, PAUSE))
      if (Date.now() - renewed > RENEWED_AFTER) {
        renewed = Date.now()
        if (!(await takeLease(JOB, holder, LEASE))) return false
      }
      return !isStopped()
    })
  } finally {
    await dropLeases(holder)
  }
}

async function hasOutdated(): Promise<boolean> {
  const rows = await writer().$queryRaw<unknown[]>`
    SELECT 1 FROM "SearchDocument" WHERE "analysis" < ${ANALYSIS} LIMIT 1`
  return rows.length > 0
}
