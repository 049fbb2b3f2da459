import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { cpus } from 'node:os'
import path from 'node:path'
import { migrate } from '@/lib/database/migrate'
import { env } from '@/lib/env'
import { REGIONS } from '@/lib/geo/regions'
import { PRIORITY_AREAS } from '@/lib/organisations/schema'
import { speedOf, weightOf, type Speed, type Weight } from './measure'
import { pastedPage } from './pages'
import { run, serve, serveSite } from './processes'
import { folder, say, settings } from './surroundings'
import { figure, table, verdict } from './table'

/** How many the directory of the benchmark holds. */
export const ORGANISATIONS = 5000
const IMPORTED_PAGES = 100
/** Of the whole run; the measuring takes what loading and building leave of it. */
const SECONDS_IN_ALL = 170
const LONGEST = 8
const SHORTEST = 3
/** Warming up and weighing, for each measurement. */
const BESIDES = 3

/** The trivial app. */
export const TRIVIAL = path.join(env.root, 'tests/bench/trivial')
const WORDS = ['police', 'santé', 'harbour', 'refugio', 'garderie', 'court', 'kenya', 'épargne']

const began = performance.now()

/** Fills `demo.db`, which further parts of the benchmark use too; seconds are null where it was there. */
export async function fillDirectory() {
  const file = path.join(folder, 'demo.db')
  if (existsSync(file)) return { seconds: null, bytes: statSync(file).size }
  say(`Inventing ${figure(ORGANISATIONS)} organisations …`)
  const { seconds } = await run(
    ['--import', 'tsx', 'cli/demo.ts', '--count', String(ORGANISATIONS)],
    settings('demo.db'),
  )
  return { seconds, bytes: statSync(file).size }
}

async function importPages() {
  say(`Importing ${figure(IMPORTED_PAGES)} pasted pages …`)
  const pages = path.join(folder, 'pages')
  mkdirSync(pages)
  const files = Array.from({ length: IMPORTED_PAGES }, (_, index) => {
    const file = path.join(pages, `${String(index)}.txt`)
    writeFileSync(file, pastedPage(2, index))
    return file
  })
  migrate(path.join(folder, 'import.db'), path.join(env.root, 'prisma/migrations'))
  const { seconds } = await run(
    ['--import', 'tsx', 'cli/import.ts', ...files],
    settings('import.db'),
  )
  return seconds
}

/** Built once and again when its source or Next has changed. */
export async function buildTrivial() {
  const sources = [
    'app/layout.jsx',
    'app/page.jsx',
    'app/cached/[words]/page.jsx',
    'next.config.mjs',
  ].map((name) => readFileSync(path.join(TRIVIAL, name)))
  const versions = readFileSync(path.join(env.root, 'package-lock.json'))
  const hash = createHash('sha256')
  for (const part of [...sources, versions]) hash.update(part)
  const wanted = hash.digest('hex')
  const stamp = path.join(TRIVIAL, '.next/bench-stamp')
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return
  say('Building the trivial app …')
  await run(['node_modules/next/dist/bin/next', 'build', TRIVIAL], { NODE_ENV: 'production' })
  writeFileSync(stamp, wanted)
}

/** Addresses of listed profiles, from the public list. */
async function profilePaths(origin: string): Promise<string[]> {
  const pages = await Promise.all(
    [1, 40, 80, 120, 160].map(async (page) => {
      const answer = await fetch(`${origin}/api/organisations?page=${String(page)}`)
      const list = (await answer.json()) as { organisations: { slug: string }[] }
      return list.organisations.map(({ slug }, place) =>
        place % 2 === 0 ? `/fr/organisations/${slug}` : `/en/organisations/${slug}`,
      )
    }),
  )
  return pages.flat()
}

const browsePaths = REGIONS.flatMap((region) =>
  PRIORITY_AREAS.map((area) => `/fr/organisations?region=${region}&area=${area}`),
)
const searchPaths = WORDS.flatMap((word) => [
  `/fr/organisations?q=${encodeURIComponent(word)}`,
  `/en/organisations?q=${encodeURIComponent(word)}`,
])

/** How many words make the trivial page as large as a given one. */
export async function wordsForSize(origin: string, bytes: number): Promise<number> {
  const sizeOf = async (words: number) =>
    (await weightOf(origin, `/?words=${String(words)}&number=1`)).html
  const [few, many] = [await sizeOf(200), await sizeOf(1200)]
  return Math.max(1, Math.round(200 + ((bytes - few) / (many - few)) * 1000))
}

type Row = { name: string; speed: Speed; weight: Weight }

async function measureAll(): Promise<[ours: Row, trivial: Row][]> {
  const site = await serveSite(settings('demo.db'))
  const trivial = await serve(
    [path.join(TRIVIAL, 'server.mjs')],
    { NODE_ENV: 'production' },
    '/?words=1&number=1',
  )
  try {
    const targets = [
      { name: 'profile page', paths: await profilePaths(site.origin) },
      { name: 'browse page, filtered', paths: browsePaths },
      { name: 'search', paths: searchPaths },
    ]
    const left = SECONDS_IN_ALL - (performance.now() - began) / 1000
    const each = left / (targets.length * 2) - BESIDES
    const seconds = Math.round(Math.min(LONGEST, Math.max(SHORTEST, each)))
    const pairs: [Row, Row][] = []
    for (const { name, paths } of targets) {
      say(`Measuring: ${name}, ${String(seconds)} s, then a trivial page of its size …`)
      const weight = await weightOf(site.origin, paths[0] ?? '/')
      const ours = { name, weight, speed: await speedOf(site.origin, paths, seconds) }
      const words = await wordsForSize(trivial.origin, weight.html)
      const others = paths.map((_, number) => `/?words=${String(words)}&number=${String(number)}`)
      pairs.push([
        ours,
        {
          name: '  trivial page of its size',
          weight: await weightOf(trivial.origin, others[0] ?? '/'),
          speed: await speedOf(trivial.origin, others, seconds),
        },
      ])
    }
    return pairs
  } finally {
    await Promise.all([site.stop(), trivial.stop()])
  }
}

function cells({ name, speed, weight }: Row, ratio: string): string[] {
  return [
    name,
    ...[speed.perSecond, speed.p50, speed.p99].map(figure),
    ratio,
    ...[weight.html, weight.wire, weight.coldVisit].map(figure),
  ]
}

/** What pages weigh and how fast they come, beside a trivial page; loading and importing. */
export async function benchPages(): Promise<string> {
  const demo = await fillDirectory()
  const importSeconds = await importPages()
  await buildTrivial()
  const pairs = await measureAll()

  const heading = ['', 'req/s', 'p50 ms', 'p99 ms', '× trivial', 'HTML B', 'wire B', 'cold visit B']
  const [processor] = cpus()
  return [
    `${figure(ORGANISATIONS)} organisations, 16 connections, Node ${process.versions.node}, ${String(cpus().length)} × ${processor?.model ?? 'unknown processor'}`,
    '',
    table([
      heading,
      ...pairs.flatMap(([ours, trivial]) => [
        cells(ours, (ours.speed.perSecond / trivial.speed.perSecond).toFixed(2)),
        cells(trivial, ''),
      ]),
    ]),
    '',
    table([
      ['', 'seconds', 'per second', ''],
      [
        'demo',
        demo.seconds === null ? '–' : figure(demo.seconds),
        demo.seconds === null ? '–' : figure(ORGANISATIONS / demo.seconds),
        `database ${figure(demo.bytes / 2 ** 20)} MiB`,
      ],
      [
        'import',
        figure(importSeconds),
        figure(IMPORTED_PAGES / importSeconds),
        `${String(IMPORTED_PAGES)} pages, start included`,
      ],
    ]),
    '',
    table([
      ['criterion', 'limit', 'measured', ''],
      // L2 asks for it with ten connections and 2,000 organisations.
      ...pairs
        .slice(1)
        .map(([{ name, speed }]) =>
          verdict({ name: `${name}, req/s`, limit: 120, value: speed.perSecond, atLeast: true }),
        ),
    ]),
    '',
    `${figure((performance.now() - began) / 1000)} s in all`,
    '',
  ].join('\n')
}
