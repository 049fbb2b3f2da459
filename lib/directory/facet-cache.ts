import { reader } from '@/lib/database/client'
import { sql } from '@/lib/database/sql'
import { PUBLIC_SQL } from '@/lib/organisations/public'
import { FacetIndex, type IndexedOrganisation } from './facet-columns'

/** So many are read in one statement: a tenth of a second in which nobody else is answered. */
const BATCH_SIZE = 10_000

/** What has been read, and up to where. */
type LoadedIndex = {
  index: FacetIndex
  /** In the log of departed documents. */
  lastDeparted: number
  /** Among the documents; 0 before the first. */
  lastDocument: number
}

type CachedIndex = {
  read: LoadedIndex
  reading: Promise<void>
  /** The reading that begins when the present one has ended. */
  next: Promise<void> | null
}

// By client: another database is another directory.
const cache = new WeakMap<object, CachedIndex>()

/**
 * All listed organisations as the database has them now, kept in memory and brought up to date at
 * every call (docs/decisions/014): what another process hid is gone from the next answer. They change
 * under the caller's hands with the next call: whoever has waited for something asks again.
 */
export async function currentFacetIndex(): Promise<FacetIndex> {
  const client = reader()
  let state = cache.get(client)
  if (!state) {
    state = { read: emptyIndex(), reading: Promise.resolve(), next: null }
    cache.set(client, state)
  }
  await refresh(state)
  return state.read.index
}

function emptyIndex(): LoadedIndex {
  return { index: new FacetIndex(), lastDeparted: 0, lastDocument: 0 }
}

/** A reading that has begun may have seen the database before this call; the next one serves all who wait. */
function refresh(state: CachedIndex): Promise<void> {
  return (state.next ??= state.reading
    .catch(() => undefined)
    .then(() => {
      state.reading = applyNewChanges(state)
      state.next = null
      return state.reading
    }))
}

async function applyNewChanges(state: CachedIndex): Promise<void> {
  const { read } = state
  const changes = read.lastDocument > 0 ? await loadChanges(read) : null
  if (changes && isLastBatch(changes) && !hasGap(read, changes)) applyBatch(read, changes)
  else state.read = await reload()
}

/** Nobody sees it before it is whole. */
async function reload(): Promise<LoadedIndex> {
  const read = emptyIndex()
  for (;;) {
    const changes = await loadChanges(read)
    if (read.lastDocument > 0 && hasGap(read, changes)) return reload()
    applyBatch(read, changes)
    if (isLastBatch(changes)) return read
  }
}

function isLastBatch({ arrived }: IndexChanges): boolean {
  return arrived.length < BATCH_SIZE
}

/** The log no longer goes back to where it was read. */
function hasGap(read: LoadedIndex, { firstDeparted, lastDeparted }: IndexChanges): boolean {
  return firstDeparted > read.lastDeparted + 1 || lastDeparted < read.lastDeparted
}

function applyBatch(read: LoadedIndex, changes: IndexChanges): void {
  const { departed, arrived, lastDeparted, lastDocument } = changes
  read.index.applyChanges(departed, arrived)
  read.lastDeparted = lastDeparted
  const last = isLastBatch(changes) ? lastDocument : (arrived.at(-1)?.document ?? 0)
  read.lastDocument = Math.max(read.lastDocument, last)
}

type IndexChanges = {
  firstDeparted: number
  lastDeparted: number
  lastDocument: number
  departed: number[]
  arrived: IndexedOrganisation[]
}

/** In one statement, so that all of it is of the same moment. */
async function loadChanges({ lastDeparted, lastDocument }: LoadedIndex): Promise<IndexChanges> {
  const [row] = await reader().$queryRaw<
    {
      firstDeparted: number | bigint | null
      lastDeparted: number | bigint | null
      lastDocument: number | bigint | null
      departed: string
      arrived: string
    }[]
  >(sql`
    SELECT (SELECT min("sequence") FROM "IndexTombstone") AS "firstDeparted",
      (SELECT max("sequence") FROM "IndexTombstone") AS "lastDeparted",
      (SELECT max("id") FROM "SearchDocument") AS "lastDocument",
      (SELECT json_group_array("documentId") FROM "IndexTombstone"
        WHERE "sequence" > ${lastDeparted}) AS "departed",
      (SELECT json_group_array(json_array(
          "document", "id", "nameFolded", "listedAt", "region", "country", "areas", "languages"))
        FROM (
          SELECT d."id" AS "document", o."id", o."nameFolded", o."listedAt", o."region", o."country",
            (SELECT string_agg(p."area", ' ') FROM "PriorityArea" p
              WHERE p."organisationId" = o."id") AS "areas",
            (SELECT string_agg(a."language", ' ') FROM "Answer" a
              WHERE a."organisationId" = o."id") AS "languages"
          FROM "SearchDocument" d CROSS JOIN "Organisation" o ON o."id" = d."organisationId"
          WHERE d."id" > ${lastDocument} AND ${PUBLIC_SQL}
          ORDER BY d."id" LIMIT ${BATCH_SIZE}
        )) AS "arrived"`)
  return {
    firstDeparted: Number(row?.firstDeparted ?? 0),
    lastDeparted: Number(row?.lastDeparted ?? 0),
    lastDocument: Number(row?.lastDocument ?? 0),
    departed: JSON.parse(row?.departed ?? '[]') as number[],
    arrived: (JSON.parse(row?.arrived ?? '[]') as IndexedOrganisationRow[]).map(
      toIndexedOrganisation,
    ),
  }
}

type NullableText = string | null
type IndexedOrganisationRow = [
  document: number,
  id: string,
  nameFolded: string,
  listedAt: NullableText,
  region: NullableText,
  country: NullableText,
  areas: NullableText,
  languages: NullableText,
]

function toIndexedOrganisation([
  document,
  id,
  nameFolded,
  listedAt,
  region,
  country,
  ...lists
]: IndexedOrganisationRow): IndexedOrganisation {
  const [areas, languages] = lists.map((list) => list?.split(' ') ?? []) as [string[], string[]]
  return { document, id, nameFolded, listedAt, region, country, areas, languages }
}
