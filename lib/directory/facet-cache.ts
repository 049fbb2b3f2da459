import { reader } from '@/lib/database/client'
import { sql } from '@/lib/database/sql'
import { PUBLIC_SQL } from '@/lib/organisations/public'
import { Columns, type Arrival } from './facet-columns'

/** So many are read in one statement: a tenth of a second in which nobody else is answered. */
const READ_AT_ONCE = 10_000

/** What has been read, and up to where. */
type Read = {
  columns: Columns
  /** In the log of departed documents. */
  lastDeparted: number
  /** Among the documents; 0 before the first. */
  lastDocument: number
}

type Kept = {
  read: Read
  reading: Promise<void>
  /** The reading that begins when the present one has ended. */
  next: Promise<void> | null
}

// By client: another database is another directory.
const kept = new WeakMap<object, Kept>()

/**
 * All listed organisations as the database has them now, kept in memory and brought up to date at
 * every call (docs/decisions/014): what another process hid is gone from the next answer. They change
 * under the caller's hands with the next call: whoever has waited for something asks again.
 */
export async function listedNow(): Promise<Columns> {
  const client = reader()
  let state = kept.get(client)
  if (!state) {
    state = { read: nothingRead(), reading: Promise.resolve(), next: null }
    kept.set(client, state)
  }
  await broughtUpToDate(state)
  return state.read.columns
}

function nothingRead(): Read {
  return { columns: new Columns(), lastDeparted: 0, lastDocument: 0 }
}

/** A reading that has begun may have seen the database before this call; the next one serves all who wait. */
function broughtUpToDate(state: Kept): Promise<void> {
  return (state.next ??= state.reading
    .catch(() => undefined)
    .then(() => {
      state.reading = catchUp(state)
      state.next = null
      return state.reading
    }))
}

async function catchUp(state: Kept): Promise<void> {
  const { read } = state
  const changes = read.lastDocument > 0 ? await readChanges(read) : null
  if (changes && isWhole(changes) && !hasGap(read, changes)) take(read, changes)
  else state.read = await readAnew()
}

/** Nobody sees it before it is whole. */
async function readAnew(): Promise<Read> {
  const read = nothingRead()
  for (;;) {
    const changes = await readChanges(read)
    if (read.lastDocument > 0 && hasGap(read, changes)) return readAnew()
    take(read, changes)
    if (isWhole(changes)) return read
  }
}

function isWhole({ arrived }: Changes): boolean {
  return arrived.length < READ_AT_ONCE
}

/** The log no longer goes back to where it was read. */
function hasGap(read: Read, { firstDeparted, lastDeparted }: Changes): boolean {
  return firstDeparted > read.lastDeparted + 1 || lastDeparted < read.lastDeparted
}

function take(read: Read, changes: Changes): void {
  const { departed, arrived, lastDeparted, lastDocument } = changes
  read.columns.apply(departed, arrived)
  read.lastDeparted = lastDeparted
  const last = isWhole(changes) ? lastDocument : (arrived.at(-1)?.document ?? 0)
  read.lastDocument = Math.max(read.lastDocument, last)
}

type Changes = {
  firstDeparted: number
  lastDeparted: number
  lastDocument: number
  departed: number[]
  arrived: Arrival[]
}

/** In one statement, so that all of it is of the same moment. */
async function readChanges({ lastDeparted, lastDocument }: Read): Promise<Changes> {
  const [row] = await reader().$queryRaw<
    {
      firstDeparted: number | bigint | null
      lastDeparted: number | bigint | null
      lastDocument: number | bigint | null
      departed: string
      arrived: string
    }[]
  >(sql`
    SELECT (SELECT min("sequence") FROM "DepartedDocument") AS "firstDeparted",
      (SELECT max("sequence") FROM "DepartedDocument") AS "lastDeparted",
      (SELECT max("id") FROM "SearchDocument") AS "lastDocument",
      (SELECT json_group_array("documentId") FROM "DepartedDocument"
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
          ORDER BY d."id" LIMIT ${READ_AT_ONCE}
        )) AS "arrived"`)
  return {
    firstDeparted: Number(row?.firstDeparted ?? 0),
    lastDeparted: Number(row?.lastDeparted ?? 0),
    lastDocument: Number(row?.lastDocument ?? 0),
    departed: JSON.parse(row?.departed ?? '[]') as number[],
    arrived: (JSON.parse(row?.arrived ?? '[]') as ArrivedRow[]).map(toArrival),
  }
}

type Text = string | null
type ArrivedRow = [
  document: number,
  id: string,
  nameFolded: string,
  listedAt: Text,
  region: Text,
  country: Text,
  areas: Text,
  languages: Text,
]

function toArrival([
  document,
  id,
  nameFolded,
  listedAt,
  region,
  country,
  ...lists
]: ArrivedRow): Arrival {
  const [areas, languages] = lists.map((list) => list?.split(' ') ?? []) as [string[], string[]]
  return { document, id, nameFolded, listedAt, region, country, areas, languages }
}
