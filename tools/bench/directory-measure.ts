import { readFileSync, writeFileSync } from 'node:fs'
import Database from 'better-sqlite3'
import { closeDatabase, reader, writer } from '@/lib/database/client'
import { seededRandom } from '@/tools/demo/random'
import { VOCABULARY } from '@/tools/demo/vocabulary'
import { filtersToQuery, parseFilters } from '@/lib/directory/filters'
import { currentFacetIndex } from '@/lib/directory/facet-cache'
import { findProfilesPage, listWithFacets } from '@/lib/directory/queries'
import { env } from '@/lib/env'
import { REGIONS } from '@/lib/geo/regions'
import { confirmProfile } from '@/lib/organisations/publish'
import { rebuildSearchIndex } from '@/lib/organisations/reindex'
import { PRIORITY_AREAS } from '@/lib/organisations/schema'
import { termsIn } from '@/lib/search/tokenize'

/** What was measured in one directory; milliseconds unless the name says otherwise. */
export type DirectoryFigures = {
  listed: number
  /** Query strings, with how many organisations each found. */
  queries: [query: string, found: number][]
  selective: Quantiles
  bare: Quantiles
  common: Quantiles
  browse: Quantiles
  /** Reading everything into memory, once. */
  load: number
  /** Bringing it up to date after one profile was saved. */
  refresh: Quantiles
  /** Search documents made again a second, and with the compaction of the index after it. */
  rebuilt: [made: number, compacted: number]
  /** Bytes of the process before and after reading everything. */
  memory: [before: number, after: number]
}
type Quantiles = { p50: number; p95: number }

const QUERIES = 50
const ROUNDS = 6
const COMMON = ['sex workers', 'travailleuses du sexe', 'droits', 'travail', 'santé', 'with']
const LOCALE = 'fr'

// Run as a process of its own on one database: `directory-measure.ts QUERIES RESULT`, two files; where
// the first is not there yet, the queries are chosen and written to it.
const [queryFile = '', resultFile = ''] = process.argv.slice(2)

const filtersOf = (query: string) => parseFilters(new URLSearchParams(query)).filters

async function timed(run: () => unknown): Promise<number> {
  const began = performance.now()
  await run()
  return performance.now() - began
}

function quantiles(times: number[]): Quantiles {
  const sorted = [...times].sort((a, b) => a - b)
  const at = (part: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))]
  return { p50: at(0.5) ?? 0, p95: at(0.95) ?? 0 }
}

/** Each of a list several times, in turn, after one round that does not count. */
async function timesOf<One>(list: One[], run: (one: One) => unknown): Promise<Quantiles> {
  const times: number[] = []
  for (let round = 0; round <= ROUNDS; round++) {
    for (const one of list) {
      const time = await timed(() => run(one))
      if (round > 0) times.push(time)
    }
  }
  return quantiles(times)
}

/** Two words of what is said in the directory and one filter, each finding 0.01 to 5 %: always the same. */
async function chooseQueries(): Promise<string[]> {
  const random = seededRandom(4, 2)
  const words = [
    ...new Set(
      Object.values(VOCABULARY)
        .flat()
        .flatMap((phrase) => [phrase.fr, phrase.en])
        .flatMap((phrase) => phrase.match(/\p{L}{4,}/gu) ?? []),
    ),
  ]
  const all = (await currentFacetIndex()).size
  const chosen = new Set<string>()
  for (let tries = 0; chosen.size < QUERIES && tries < 20_000; tries++) {
    const [first, second] = [random.pick(words), random.pick(words)]
    const filter = random.pick([
      `region=${random.pick(REGIONS)}`,
      `area=${random.pick(PRIORITY_AREAS)}`,
      `lang=${random.pick(['fr', 'en', 'es'])}`,
      `country=${random.pick(['BI', 'FR', 'KE', 'GB', 'CA', 'SN', 'AR', 'IN'])}`,
    ])
    if (first === second) continue
    const query = filtersToQuery(filtersOf(`q=${first} ${second}&${filter}`))
    const { total } = await findProfilesPage(filtersOf(query))
    if (total / all >= 0.0001 && total / all <= 0.05) chosen.add(query)
  }
  return [...chosen]
}

function readQueries(): string[] | null {
  try {
    return JSON.parse(readFileSync(queryFile, 'utf8')) as string[]
  } catch {
    return null
  }
}

function bareQuery(): (query: string) => unknown {
  const database = new Database(env.databaseFile, { readonly: true })
  const statement = database.prepare(
    'SELECT rowid, rank FROM "SearchIndex" WHERE "SearchIndex" MATCH ? ORDER BY rank',
  )
  return (query) =>
    statement.all(
      termsIn(filtersOf(query).q)
        .map((token) => `"${token}"*`)
        .join(' '),
    )
}

async function refreshTimes(): Promise<number[]> {
  const times: number[] = []
  const some = await writer().organisation.findMany({ where: { status: 'listed' }, take: 20 })
  for (const { id } of some) {
    const saved = await confirmProfile(
      { kind: 'user', id: 'bench', role: 'administrator' },
      { id, reason: 'bench' },
    )
    if (!saved.ok) throw new Error(saved.reason)
    times.push(await timed(currentFacetIndex))
  }
  return times
}

/** Documents a second, until the last was made and until the index was compacted after it. */
async function rebuildRates(): Promise<[made: number, compacted: number]> {
  const began = performance.now()
  let seconds = 0
  const progress = () => {
    seconds = (performance.now() - began) / 1000
    return true
  }
  const count = await rebuildSearchIndex('all', progress)
  const all = (performance.now() - began) / 1000
  return [count / seconds, count / all]
}

await reader().$queryRaw`SELECT 1`
const before = process.memoryUsage.rss()
const load = await timed(currentFacetIndex)
const after = process.memoryUsage.rss()
const queries = readQueries() ?? (await chooseQueries())
writeFileSync(queryFile, JSON.stringify(queries))

const browse = [
  '',
  'sort=newest',
  'page=12',
  ...REGIONS.map((region) => `region=${region}`),
  ...PRIORITY_AREAS.map((area) => `area=${area}`),
  ...['fr', 'en', 'es', 'ru'].map((lang) => `lang=${lang}`),
  ...['BI', 'FR', 'KE', 'US'].map((country) => `country=${country}`),
  'region=africa&lang=fr&sort=newest',
  'region=europe&area=health&area=stigma',
  'region=africa&country=BI&lang=fr&area=health',
]
const found: DirectoryFigures['queries'] = []
for (const query of queries) found.push([query, (await findProfilesPage(filtersOf(query))).total])

const page = (query: string) => listWithFacets(filtersOf(query), LOCALE)
const figures: DirectoryFigures = {
  listed: (await currentFacetIndex()).size,
  queries: found,
  bare: await timesOf(queries, bareQuery()),
  selective: await timesOf(queries, page),
  common: await timesOf(COMMON, (words) => page(`q=${words}`)),
  browse: await timesOf(browse, page),
  load,
  refresh: quantiles(await refreshTimes()),
  rebuilt: await rebuildRates(),
  memory: [before, after],
}
writeFileSync(resultFile, JSON.stringify(figures))
await closeDatabase()
