import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { cpus } from 'node:os'
import path from 'node:path'
import { brotliCompressSync } from 'node:zlib'
import Database from 'better-sqlite3'
import { REGIONS } from '@/lib/geo/regions'
import { PRIORITY_AREAS } from '@/lib/organisations/schema'
import { load, moveToLoad, onCore, tools } from './load'
import { weightOf } from './measure'
import { freePort, serve, serveProgram, serveSite, type Served } from './processes'
import { buildTrivial, fillDirectory, ORGANISATIONS, TRIVIAL, wordsForSize } from './site-pages'
import { folder, say, settings } from './surroundings'
import { figure, table, verdict } from './table'

/** Short ones, many of them: a machine shared with others changes its speed from one second to the next. */
const PROFILE = { rounds: 15, seconds: 2 }
const FILTERS = { rounds: 5, seconds: 4 }
const SPIKE = { connections: 500, seconds: 30 }
/** How long p95 is looked at before the spike, and at the most after it. */
const BEFORE = 10
const AFTER = 20
const MIB = 2 ** 20

/** Fifty first pages of the list, each by another filter. */
const FILTERED = [
  ...REGIONS.flatMap((region) => PRIORITY_AREAS.map((area) => `region=${region}&area=${area}`)),
  ...['fr', 'en', 'es'].flatMap((lang) => REGIONS.map((region) => `region=${region}&lang=${lang}`)),
].map((query) => `/fr/organisations?${query}`)

const median = (values: number[]) => quantile(values, 0.5)

function quantile(values: readonly number[], part: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? Number.NaN
}

/** Seconds of a processor that a process has used, whoever else was using it; null where nobody says. */
function processorTime(pid: number): number | null {
  try {
    const fields = readFileSync(`/proc/${String(pid)}/stat`, 'utf8')
      .replace(/^.*\) /, '')
      .split(' ')
    return (Number(fields[11]) + Number(fields[12])) / 100
  } catch {
    return null
  }
}

/** Resident memory of a process and its children, in bytes; null where the system does not say. */
function memoryOf(pid: number): number | null {
  try {
    const children = readFileSync(`/proc/${String(pid)}/task/${String(pid)}/children`, 'utf8')
    const all = [String(pid), ...children.split(' ').filter((child) => child !== '')]
    return all.reduce((sum, one) => {
      const status = readFileSync(`/proc/${one}/status`, 'utf8')
      return sum + Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1] ?? 0) * 1024
    }, 0)
  } catch {
    return null
  }
}

/** nginx that serves these bytes as a file, as little as it can do. */
async function serveFile(compressed: Buffer): Promise<Served | null> {
  if (!tools.nginx) return null
  const own = path.join(folder, 'nginx')
  mkdirSync(own, { recursive: true })
  writeFileSync(path.join(own, 'profile'), compressed)
  const port = await freePort()
  const configuration = path.join(own, 'nginx.conf')
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(
    (kind) => `${kind}_temp_path ${path.join(own, kind)};`,
  )
  writeFileSync(
    configuration,
    `daemon off; user root; worker_processes 1; pid ${own}/pid; error_log ${own}/error.log;
    events { worker_connections 2048; }
    http {
      ${temporary.join(' ')}
      access_log off; sendfile on; tcp_nopush on; keepalive_requests 1000000000;
      open_file_cache max=16; etag on;
      server {
        listen 127.0.0.1:${String(port)};
        location / { root ${own}; default_type "text/html; charset=utf-8"; add_header Content-Encoding br; }
      }
    }`,
  )
  const command = [
    ...onCore.site,
    'nginx',
    '-c',
    configuration,
    '-p',
    own,
    '-e',
    `${own}/error.log`,
  ]
  return serveProgram(command, {}, port, '/profile')
}

/** Answers a second, and answers for each second of a processor. */
type Rate = { wall: number; processor: number }
type Profiles = { kept: Rate[]; file: Rate[]; next: Rate[] }

async function rateOf(
  served: Served,
  pid: number,
  address: string,
  seconds: number,
): Promise<Rate> {
  const before = processorTime(pid)
  const wall = await load(served.origin, [address], { seconds })
  const after = processorTime(pid)
  const used = before === null || after === null ? Number.NaN : after - before
  return { wall, processor: (wall * seconds) / used }
}

/** nginx answers in a process of its own; that of the master where the system does not say which. */
function workerOf(pid: number): number {
  try {
    const children = readFileSync(`/proc/${String(pid)}/task/${String(pid)}/children`, 'utf8')
    return Number(children.split(' ')[0])
  } catch {
    return pid
  }
}

/** The same profile from our memory, from nginx and from Next's own cache, in turn. */
async function measureProfile(site: Served, profile: string): Promise<Profiles> {
  await buildTrivial()
  const { html } = await weightOf(site.origin, profile)
  const page = await fetch(site.origin + profile)
  const nginx = await serveFile(brotliCompressSync(await page.text()))
  const next = await serve(
    [path.join(TRIVIAL, 'server.mjs')],
    { NODE_ENV: 'production' },
    '/cached/1',
    onCore.site,
  )
  const words = await wordsForSize(next.origin, html)
  const measured: Profiles = { kept: [], file: [], next: [] }
  try {
    for (let round = 0; round <= PROFILE.rounds; round++) {
      say(`Measuring a kept profile beside others, ${String(round)} of ${String(PROFILE.rounds)} …`)
      // The first round warms up.
      const seconds = round === 0 ? 4 : PROFILE.seconds
      const kept = await rateOf(site, site.pid, profile, seconds)
      const file = nginx && (await rateOf(nginx, workerOf(nginx.pid), '/profile', seconds))
      const made = await rateOf(next, next.pid, `/cached/${String(words)}`, seconds)
      if (round === 0) continue
      measured.kept.push(kept)
      if (file) measured.file.push(file)
      measured.next.push(made)
    }
  } finally {
    await Promise.all([nginx?.stop(), next.stop()])
  }
  return measured
}

/** Raises the version of the content, as a change that the public can see would: nothing kept is sent any more. */
function changeContent(): void {
  const database = new Database(path.join(folder, 'demo.db'))
  database.exec('UPDATE "ContentVersion" SET "contentVersion" = "contentVersion" + 1')
  database.close()
}

/** Each address once, eight at a time; answers a second. */
async function onceEach(origin: string, addresses: readonly string[]): Promise<number> {
  const waiting = [...addresses]
  const began = performance.now()
  const ask = async () => {
    for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
      const answer = await fetch(origin + next, { headers: { 'accept-encoding': 'br' } })
      if (!answer.ok) throw new Error(`${next}: ${String(answer.status)}`)
      await answer.arrayBuffer()
    }
  }
  await Promise.all(Array.from({ length: 8 }, ask))
  return (addresses.length * 1000) / (performance.now() - began)
}

async function measureFilters(site: Served): Promise<{ made: number[]; kept: number[] }> {
  const measured: Awaited<ReturnType<typeof measureFilters>> = { made: [], kept: [] }
  for (let round = 0; round <= FILTERS.rounds; round++) {
    say(
      `Measuring ${String(FILTERED.length)} filters, ${String(round)} of ${String(FILTERS.rounds)} …`,
    )
    changeContent()
    await (await fetch(`${site.origin}/fr`)).arrayBuffer()
    const made = await onceEach(site.origin, FILTERED)
    await onceEach(site.origin, FILTERED)
    const kept = await load(site.origin, FILTERED, {
      seconds: round === 0 ? 1 : FILTERS.seconds,
    })
    if (round === 0) continue
    measured.made.push(made)
    measured.kept.push(kept)
  }
  return measured
}

type Probe = { at: number; took: number }

/** Asks for an address so many times a second, whatever becomes of the answers, until it is stopped. */
function probe(addressOf: () => string, perSecond: number) {
  const answers: Probe[] = []
  const timer = setInterval(() => {
    const at = performance.now()
    void fetch(addressOf(), { headers: { 'accept-encoding': 'br' } })
      .then((answer) => answer.arrayBuffer())
      .catch(() => undefined)
      .then(() => answers.push({ at, took: performance.now() - at }))
  }, 1000 / perSecond)
  return { answers, stop: () => clearInterval(timer) }
}

type Spike = { before: number; during: number; after: number; back: number | null }

/** p95 before, during and after, and seconds until it is what it was. */
function judge(answers: readonly Probe[], begin: number, end: number): Spike {
  const between = (from: number, to: number) =>
    answers.filter(({ at }) => at >= from && at < to).map(({ took }) => took)
  const before = quantile(between(0, begin), 0.95)
  // Twice as much, or five milliseconds more, is noise of a machine that does other things too.
  const usual = Math.max(before * 2, before + 5)
  let back: number | null = null
  for (let second = 0; second < AFTER && back === null; second++) {
    const p95 = quantile(between(end + second * 1000, end + (second + 1) * 1000), 0.95)
    if (p95 <= usual) back = second + 1
  }
  const after = quantile(between(end + AFTER * 500, end + AFTER * 1000), 0.95)
  return { before, during: quantile(between(begin, end), 0.95), after, back }
}

/** Five hundred connections ask without a pause, every fourth time for something that has to be made. */
async function measureSpike(site: Served, profile: string): Promise<{ kept: Spike; made: Spike }> {
  say(`A spike of ${String(SPIKE.connections)} connections for ${String(SPIKE.seconds)} s …`)
  let number = 0
  const fresh = () => `${site.origin}/fr/organisations?q=mot${String(++number)}`
  const kept = probe(() => site.origin + profile, 40)
  const made = probe(fresh, 20)
  const pause = (seconds: number) =>
    new Promise((resolve) => {
      setTimeout(resolve, seconds * 1000)
    })
  await pause(BEFORE)
  const begin = performance.now()
  const mixed = Array.from({ length: 4000 }, (_, place) =>
    place % 4 === 0 ? `/en/organisations?q=word${String(place)}` : profile,
  )
  await load(site.origin, mixed, { ...SPIKE, mayRefuse: true })
  const end = performance.now()
  await pause(AFTER + 2)
  kept.stop()
  made.stop()
  return { kept: judge(kept.answers, begin, end), made: judge(made.answers, begin, end) }
}

async function profilesOf(origin: string): Promise<string[]> {
  const found: string[] = []
  for (let page = 1; page <= 60; page++) {
    const answer = await fetch(`${origin}/api/organisations?page=${String(page)}`)
    const { organisations } = (await answer.json()) as { organisations: { slug: string }[] }
    found.push(...organisations.map(({ slug }) => `/fr/organisations/${slug}`))
  }
  return found
}

/** What stands in front of Next: its memory beside nginx and beside Next's own cache, and under a spike. */
export async function benchDelivery(): Promise<string> {
  await fillDirectory()
  const moveBack = moveToLoad()
  const site = await serveSite(settings('demo.db'), onCore.site)
  let highest: number | null = null
  const watch = setInterval(() => {
    const now = memoryOf(site.pid)
    if (now !== null) highest = Math.max(highest ?? 0, now)
  }, 200)
  try {
    const atStart = memoryOf(site.pid)
    const profiles = await profilesOf(site.origin)
    const profile = profiles[0] ?? '/fr'
    const speeds = await measureProfile(site, profile)
    const filters = await measureFilters(site)
    say('Filling the memory with profiles …')
    await onceEach(site.origin, profiles)
    const spike = await measureSpike(site, profile)
    return report({ speeds, filters, spike, atStart, highest })
  } finally {
    clearInterval(watch)
    await site.stop()
    moveBack()
  }
}

function report({
  speeds,
  filters,
  spike,
  atStart,
  highest,
}: {
  speeds: Profiles
  filters: { made: number[]; kept: number[] }
  spike: { kept: Spike; made: Spike }
  atStart: number | null
  highest: number | null
}): string {
  const ratio = (ours: number[], theirs: number[]) =>
    median(ours.map((value, round) => value / (theirs[round] ?? Number.NaN)))
  const wall = (rates: Rate[]) => rates.map((rate) => rate.wall)
  const processor = (rates: Rate[]) => rates.map((rate) => rate.processor)
  const shown = (value: number, digits?: number) =>
    !Number.isFinite(value) ? '–' : digits === undefined ? figure(value) : value.toFixed(digits)
  const profile = (name: string, rates: Rate[], beside: boolean) => [
    name,
    shown(median(wall(rates))),
    `${shown(Math.min(...wall(rates)))} – ${shown(Math.max(...wall(rates)))}`,
    beside ? shown(ratio(wall(speeds.kept), wall(rates)), 2) : '',
    shown(median(processor(rates))),
    beside ? shown(ratio(processor(speeds.kept), processor(rates)), 2) : '',
  ]
  const times = (name: string, { before, during, after, back }: Spike) => [
    name,
    ...[before, during, after].map(figure),
    back === null ? `not within ${String(AFTER)}` : String(back),
  ]
  const atLeast = (name: string, limit: number, value: number) =>
    Number.isNaN(value)
      ? [name, `≥ ${String(limit)}`, 'not run', 'nginx is not here']
      : verdict({ name, limit, value, atLeast: true })
  const [core] = cpus()
  const missing = Object.entries(tools).flatMap(([name, isThere]) => (isThere ? [] : [name]))
  return [
    `Delivery: ${figure(ORGANISATIONS)} organisations, Node ${process.versions.node}, ${String(cpus().length)} × ${core?.model ?? 'unknown processor'}`,
    `${tools.taskset ? 'site on one core, load on another' : 'site and load share all cores'}; load by ${tools.wrk ? 'wrk' : 'autocannon, which is slower than what it measures'}${missing.length === 0 ? '' : `; not here: ${missing.join(', ')}`}`,
    '',
    table([
      ['', 'answers/s', 'lowest – highest', 'ratio', 'for each s of processor', 'ratio'],
      profile('profile out of memory, brotli', speeds.kept, false),
      profile('  nginx, the same bytes as a file', speeds.file, true),
      profile('  Next’s own cached page of its size', speeds.next, true),
    ]),
    '',
    table([
      ['', 'answers/s', 'ratio'],
      ['50 filtered lists, kept', figure(median(filters.kept)), ''],
      [
        '  the same, made',
        figure(median(filters.made)),
        ratio(filters.kept, filters.made).toFixed(1),
      ],
    ]),
    '',
    table([
      ['p95, ms', 'before', 'during', 'after', 'back after s'],
      times('kept profile', spike.kept),
      times('search that has to be made', spike.made),
    ]),
    '',
    table([
      ['criterion', 'limit', 'measured', ''],
      atLeast('kept profile ÷ nginx (aim 0.6)', 0.5, ratio(wall(speeds.kept), wall(speeds.file))),
      atLeast(
        'kept profile ÷ Next’s own cache (aim 20)',
        15,
        ratio(wall(speeds.kept), wall(speeds.next)),
      ),
      atLeast('kept lists ÷ made', 20, ratio(filters.kept, filters.made)),
      highest === null
        ? ['memory under load, MiB', '≤ 350', 'not run', 'no /proc here']
        : verdict({ name: 'memory under load, MiB', limit: 350, value: highest / MIB }),
      verdict({
        name: 'p95 is back, s after the spike',
        limit: 10,
        value: Math.max(spike.kept.back ?? Infinity, spike.made.back ?? Infinity),
      }),
    ]),
    `memory at the start: ${atStart === null ? 'unknown' : `${figure(atStart / MIB)} MiB`}`,
    '',
  ].join('\n')
}
