import { spawn, spawnSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { cpus } from 'node:os'
import path from 'node:path'
import autocannon from 'autocannon'
import { folder } from './surroundings'

const has = (program: string, ask: string) => spawnSync(program, [ask]).error === undefined

/** What this machine has to measure with. */
export const tools = {
  wrk: has('wrk', '-v'),
  nginx: has('nginx', '-v'),
  taskset: has('taskset', '-V') && cpus().length > 1,
}

/** What a command begins with to run on the core of the site, and on that of the load. */
export const onCore = {
  site: tools.taskset ? ['taskset', '-c', '0'] : [],
  load: tools.taskset ? ['taskset', '-c', '1'] : [],
}

/** Moves this very process to the core of the load; gives what moves it back. */
export function moveToLoad(): () => void {
  const move = (cores: string) => {
    if (tools.taskset) spawnSync('taskset', ['-a', '-p', '-c', cores, String(process.pid)])
  }
  move('1')
  return () => move(`0-${String(cpus().length - 1)}`)
}

/** As a browser asks. */
const HEADERS = { accept: 'text/html', 'accept-encoding': 'gzip, deflate, br' }

/**
 * Asks for addresses in turn, as fast as the answers come.
 *
 * @returns answers a second
 * @throws where an answer is an error, unless `mayRefuse`
 */
export async function load(
  origin: string,
  addresses: readonly string[],
  {
    seconds,
    connections = 16,
    mayRefuse = false,
  }: { seconds: number; connections?: number; mayRefuse?: boolean },
): Promise<number> {
  return tools.wrk
    ? loadByWrk(origin, addresses, seconds, connections, mayRefuse)
    : loadByAutocannon(origin, addresses, seconds, connections, mayRefuse)
}

async function loadByWrk(
  origin: string,
  addresses: readonly string[],
  seconds: number,
  connections: number,
  mayRefuse: boolean,
): Promise<number> {
  // A script costs the load as much as it costs nginx to answer: one address needs none.
  const [only = '/', ...others] = addresses
  const script = path.join(folder, `addresses-${String(addresses.length)}.lua`)
  // Lua reads \ddd as a byte: nothing in an address can end the text.
  const quoted = addresses.map(
    (address) => `"${[...Buffer.from(address)].map((byte) => `\\${String(byte)}`).join('')}"`,
  )
  writeFileSync(
    script,
    [
      `local addresses = { ${quoted.join(', ')} }`,
      'local requests, at = {}, 0',
      'function init() for i, a in ipairs(addresses) do requests[i] = wrk.format("GET", a) end end',
      'function request() at = at % #requests + 1 return requests[at] end',
    ].join('\n'),
  )
  const headers = Object.entries(HEADERS).flatMap(([name, value]) => ['-H', `${name}: ${value}`])
  const [program = '', ...args] = [
    ...onCore.load,
    ...['wrk', '-t1', `-c${String(connections)}`, `-d${String(seconds)}s`, '--timeout', '30s'],
    ...headers,
    ...(others.length === 0 ? [origin + only] : ['-s', script, origin]),
  ]
  const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'] })
  let said = ''
  child.stdout.on('data', (words: Buffer) => (said += words.toString()))
  child.stderr.on('data', (words: Buffer) => (said += words.toString()))
  await new Promise((resolve) => child.once('close', resolve))
  const rate = Number(/Requests\/sec:\s+([\d.]+)/.exec(said)?.[1])
  if (!(rate > 0) || (!mayRefuse && said.includes('Non-2xx'))) throw new Error(`wrk said:\n${said}`)
  return rate
}

async function loadByAutocannon(
  origin: string,
  addresses: readonly string[],
  seconds: number,
  connections: number,
  mayRefuse: boolean,
): Promise<number> {
  const result = await autocannon({
    url: origin,
    connections,
    duration: seconds,
    requests: addresses.map((address) => ({ method: 'GET', path: address, headers: HEADERS })),
  })
  if (!mayRefuse && result.non2xx + result.errors > 0)
    throw new Error(`${origin}: not all answered`)
  return result['2xx'] / result.duration
}
