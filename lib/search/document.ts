import { writer, type Transaction } from '@/lib/db/client'
import { join, sql } from '@/lib/db/sql'
import type { Country } from '@/lib/places/countries'
import { furtherNames } from '@/lib/places/recognise'
import type { Region } from '@/lib/places/regions'
import { conceptsAt, wordIn, type Concept } from './concepts'
import { conceptTerm, NAME_EDGE, placeTerm, stemTerm, TEXT_EDGE } from './index-terms'
import { STEMMED, type Stemmed } from './stem'
import { tokens } from './words'

/** Raised whenever the analysis changes: documents of an older analysis must be made again. */
export const ANALYSIS = 2

/** Public text of one listed profile, by weight. */
export type SearchableText = {
  /** Name and aliases. */
  names: string[]
  country: Country | null
  region: Region | null
  /** Names of country and region, in every language of the interface. */
  places: string[]
  /** Answers, in every language they stand in (BCP 47). */
  answers: { language: string; text: string }[]
}

/** What a document holds in each column of the full-text table: terms, joined by spaces. */
export type Indexed = { names: string; places: string; answers: string }

/**
 * Analyses the public text of a profile: folded words as they stand and after them their stems and
 * the groups of synonyms they belong to, French and English; places also by every name they go by.
 */
export function analyse({ names, country, region, places, answers }: SearchableText): Indexed {
  return {
    names: analyseTexts(
      NAME_EDGE,
      names.map((text) => ({ text, languages: STEMMED, stemmed: STEMMED })),
    ),
    places: analysePlaces(country, region, places),
    answers: analyseTexts(
      TEXT_EDGE,
      answers.map(({ language, text }) => {
        const own = STEMMED.filter((one) => language === one || language.startsWith(`${one}-`))
        // Elsewhere the stemmers would take words apart that they do not know; acronyms and loan
        // words of the field are the same everywhere.
        return { text, stemmed: own, languages: own.length > 0 ? own : STEMMED }
      }),
    ),
  }
}

// A directory has far fewer places than organisations.
const analysedPlaces = new Map<string, string>()

function analysePlaces(country: Country | null, region: Region | null, places: string[]): string {
  const key = [country, region, ...places].join('\n')
  const known = analysedPlaces.get(key)
  if (known !== undefined) return known
  const names = [...places, ...(country === null ? [] : furtherNames(country))]
  const analysed = [
    ...[country, region].flatMap((place) => (place === null ? [] : [placeTerm(place)])),
    ...names.flatMap((name) => [TEXT_EDGE, ...tokens(name)]),
  ].join(' ')
  analysedPlaces.set(key, analysed)
  return analysed
}

function analyseTexts(
  edge: string,
  texts: { text: string; stemmed: readonly Stemmed[]; languages: readonly Stemmed[] }[],
): string {
  const raw: string[] = [edge]
  // Once each: how often a word comes is told by the words as they stand, and the index is smaller.
  const stems = new Set<string>()
  const concepts = new Set<Concept>()
  for (const { text, stemmed, languages } of texts) {
    const own = tokens(text)
    for (const token of own) raw.push(token)
    raw.push(edge)
    for (const language of languages) {
      const isStemmed = stemmed.includes(language)
      own.forEach((token, place) => {
        const word = wordIn(token, language)
        if (isStemmed) stems.add(word.stem)
        if (word.begins.length === 0) return
        for (const { concept } of conceptsAt(own, place, word, language)) concepts.add(concept)
      })
    }
  }
  for (const stemmed of stems) raw.push(stemTerm(stemmed))
  for (const concept of concepts) raw.push(conceptTerm(concept))
  return raw.join(' ')
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
  const { names, places, answers } = analyse(text)
  await tx.$executeRaw`
    INSERT INTO "SearchDocument" ("organisationId", "analysis") VALUES (${organisationId}, ${ANALYSIS})`
  await tx.$executeRaw`
    INSERT INTO "SearchIndex" (rowid, names, places, answers)
    SELECT "id", ${names}, ${places}, ${answers}
    FROM "SearchDocument" WHERE "organisationId" = ${organisationId}`
}

/** What SQLite does by itself when rows come in, its defaults: https://www.sqlite.org/fts5.html, “Configuration Options”. */
const USUAL = {
  /** Percentage of deleted rows from which a part of the index is rewritten. */
  deletemerge: 10,
  /** So many parts of one size are made one. */
  automerge: 4,
  /** Bytes kept in memory before they become a part. */
  hashsize: 2 ** 20,
}
/**
 * For rows that are made again: each chunk leaves deleted rows behind in what the chunks before have
 * written; rewritten every time, that costs three times as much as the rest.
 */
const AGAIN = { deletemerge: 0 }
/** For whoever waits: no part is merged before all are there, which halves the cost of writing. */
const AGAIN_AT_ONCE = { ...AGAIN, automerge: 0, hashsize: 2 ** 24 }

/**
 * Makes the documents of listed profiles again, each keeping its id; those that have none get one.
 * Cheaper than one by one. Whoever makes them all compacts the index afterwards.
 *
 * @param atOnce the index is compacted before others search it: faster, and leaves it in many parts
 */
export async function rewriteSearchDocuments(
  tx: Transaction,
  profiles: readonly { organisationId: string; text: SearchableText }[],
  atOnce = false,
): Promise<void> {
  const ids = JSON.stringify(profiles.map(({ organisationId }) => organisationId))
  const documents = await tx.$queryRaw<{ id: number | bigint; organisationId: string }[]>`
    INSERT INTO "SearchDocument" ("organisationId", "analysis")
    SELECT value, ${ANALYSIS} FROM json_each(${ids}) WHERE true
    ON CONFLICT ("organisationId") DO UPDATE SET "analysis" = excluded."analysis"
    RETURNING "id", "organisationId"`
  const textOf = new Map(profiles.map(({ organisationId, text }) => [organisationId, text]))
  // In the order of their ids: for every one that is lower than the last, SQLite begins a new part of
  // the index.
  const rows = documents
    .sort((one, other) => Number(one.id) - Number(other.id))
    .flatMap(({ id, organisationId }) => {
      const text = textOf.get(organisationId)
      if (!text) return []
      const { names, places, answers } = analyse(text)
      return [sql`(${id}, ${names}, ${places}, ${answers})`]
    })
  if (rows.length === 0) return
  const settings = atOnce ? AGAIN_AT_ONCE : AGAIN
  await configure(tx, settings)
  await tx.$executeRaw`
    INSERT OR REPLACE INTO "SearchIndex" (rowid, names, places, answers) VALUES ${join(rows)}`
  // What is still in memory would be written, and merged, under the settings that come next.
  await tx.$executeRaw`INSERT INTO "SearchIndex" ("SearchIndex") VALUES ('flush')`
  const names = Object.keys(settings) as (keyof typeof USUAL)[]
  await configure(tx, Object.fromEntries(names.map((name) => [name, USUAL[name]])))
}

async function configure(tx: Transaction, settings: Partial<typeof USUAL>): Promise<void> {
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
const MERGE_PAGES_AT_ONCE = 1000

/**
 * Rewrites the full-text index until nothing is left in it of what was deleted: a deletion marks the
 * row and leaves its words in the file. Step by step, each a transaction of its own.
 *
 * @param isServing small steps, between which others write; else large ones, for a command
 */
export async function compactSearchIndex(isServing: boolean): Promise<void> {
  const step = isServing ? MERGE_PAGES : MERGE_PAGES_AT_ONCE
  // A negative number begins a merge of everything, positive ones go on with it.
  for (let pages = -step; ; pages = step) {
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
