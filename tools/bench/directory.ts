import { readFileSync, statSync } from 'node:fs'
import path from 'node:path'
import type { DirectoryFigures } from './directory-measure'
import { run } from './processes'
import { folder, say, settings } from './surroundings'
import { figure, table, verdict } from './table'

const SIZES = [300, 5_000, 100_000] as const
/** The queries are chosen here: large enough for rare words, and the same ones are asked everywhere. */
const CHOSEN_AT = 5_000
const MIB = 2 ** 20

type Measured = DirectoryFigures & { size: number; fillSeconds: number; bytes: number }

async function fill(size: number): Promise<Pick<Measured, 'fillSeconds' | 'bytes'>> {
  say(`Inventing ${figure(size)} organisations …`)
  const database = `${String(size)}.db`
  let last = ''
  const progress = setInterval(() => say(`  ${last}`), 10_000)
  const { seconds: fillSeconds } = await run(
    ['--import', 'tsx', 'cli/demo.ts', '--count', String(size)],
    settings(database),
    (words) => (last = words.trim().split('\n').at(-1) ?? last),
  )
  clearInterval(progress)
  return { fillSeconds, bytes: statSync(path.join(folder, database)).size }
}

async function measure(size: number): Promise<Measured> {
  const filled = await fill(size)
  say(`Measuring at ${figure(size)} …`)
  const result = path.join(folder, `${String(size)}.json`)
  await run(
    ['--import', 'tsx', 'tools/bench/directory-measure.ts', queryFile(), result],
    settings(`${String(size)}.db`),
  )
  const figures = JSON.parse(readFileSync(result, 'utf8')) as DirectoryFigures
  return { ...figures, ...filled, size }
}

function queryFile(): string {
  return path.join(folder, 'queries.json')
}

/**
 * The list with its counts at three sizes: server time of the first page as the page asks for it, the
 * same words asked of the bare index, browsing, reading into memory, loading, and which of the
 * criteria hold.
 */
export async function benchDirectory(): Promise<string> {
  const at = new Map<number, Measured>()
  for (const size of [CHOSEN_AT, ...SIZES.filter((other) => other !== CHOSEN_AT)]) {
    at.set(size, await measure(size))
  }
  const all = SIZES.flatMap((size) => at.get(size) ?? [])
  const [, middle, large] = all
  if (!middle || !large) throw new Error('not all sizes were measured')
  const pair = ({ p50, p95 }: { p50: number; p95: number }) => `${figure(p50)} / ${figure(p95)}`
  const row = (name: string, cell: (one: Measured) => string) => [name, ...all.map(cell)]
  const share = (one: Measured, place: number) => {
    const found = one.queries[place]?.[1] ?? 0
    return `${figure(found)} (${((100 * found) / one.listed).toFixed(2)} %)`
  }
  return [
    table([
      ['organisations', ...SIZES.map(figure)],
      row('listed', ({ listed }) => figure(listed)),
      row('two words and a filter, p50 / p95 ms', ({ selective }) => pair(selective)),
      row('  the words alone, bare index', ({ bare }) => pair(bare)),
      row('commonest words', ({ common }) => pair(common)),
      row('browsing without words', ({ browse }) => pair(browse)),
      row('into memory, once, ms', ({ load }) => figure(load)),
      row('after one save', ({ refresh }) => pair(refresh)),
      row('search documents made again, a second', ({ rebuilt: [made] }) => figure(made)),
      row('  and the index compacted', ({ rebuilt: [, compacted] }) => figure(compacted)),
      row('RSS before and after, MiB', ({ memory }) =>
        memory.map((bytes) => figure(bytes / MIB)).join(' / '),
      ),
      row('filling, s', ({ fillSeconds }) => figure(fillSeconds)),
      row('  organisations a second', ({ size, fillSeconds }) => figure(size / fillSeconds)),
      row('database, MiB', ({ bytes }) => figure(bytes / MIB)),
    ]),
    '',
    table([
      ['criterion', 'limit', 'measured', ''],
      ...[
        { name: 'words and filter, p95 at 5,000, ms', limit: 15, value: middle.selective.p95 },
        { name: 'words and filter, p95 at 100,000, ms', limit: 60, value: large.selective.p95 },
        {
          name: 'growth of p95 from 5,000 to 100,000',
          limit: 6,
          value: large.selective.p95 / middle.selective.p95,
        },
        {
          name: 'times the bare index, p95 at 100,000',
          limit: 4,
          value: large.selective.p95 / large.bare.p95,
        },
        { name: 'commonest words, p95 at 5,000, ms', limit: 25, value: middle.common.p95 },
        { name: 'commonest words, p95 at 100,000, ms', limit: 200, value: large.common.p95 },
        { name: 'browsing, p95 at 5,000, ms', limit: 15, value: middle.browse.p95 },
        { name: 'browsing, p95 at 100,000, ms', limit: 60, value: large.browse.p95 },
        {
          name: 'search documents made again at 5,000, a second',
          limit: 2000,
          value: middle.rebuilt[0],
          atLeast: true,
        },
        {
          name: 'search documents made again at 100,000, a second',
          limit: 2000,
          value: large.rebuilt[0],
          atLeast: true,
        },
        {
          name: 'filling 100,000, organisations a second',
          limit: 170,
          value: large.size / large.fillSeconds,
          atLeast: true,
        },
      ].map(verdict),
    ]),
    '',
    table([
      ['query', ...SIZES.map(figure)],
      ...middle.queries.map(([query], place) => [
        decodeURIComponent(query.replaceAll('+', ' ')),
        ...all.map((one) => share(one, place)),
      ]),
    ]),
    '',
  ].join('\n')
}
