import { connect } from 'node:net'
import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import autocannon from 'autocannon'

/** As a browser asks on a first visit. */
const HEADERS = { accept: 'text/html', 'accept-encoding': 'gzip, deflate, br' }
const CONNECTIONS = 16
const WARM_UP = 2

/** What a page did under load. */
export type Speed = {
  /** Answers a second. */
  perSecond: number
  /** Milliseconds, while all connections ask without a pause. */
  p50: number
  p99: number
}

/** What a page weighs, in bytes. */
export type Weight = {
  /** HTML, decompressed. */
  html: number
  /** The answer as it came over the wire, headers included. */
  wire: number
  /** With everything that the page makes a browser fetch: styles, icons, scripts. */
  coldVisit: number
}

/**
 * Asks for pages in turn over 16 connections, each of them again as soon as it has its answer.
 *
 * @param seconds how long, after two seconds of warming up
 * @throws where an answer is anything but 2xx
 */
export async function speedOf(origin: string, paths: string[], seconds: number): Promise<Speed> {
  const load = (duration: number) =>
    autocannon({
      url: origin,
      connections: CONNECTIONS,
      duration,
      requests: paths.map((path) => ({ method: 'GET', path, headers: HEADERS })),
    })
  await load(WARM_UP)
  const result = await load(seconds)
  if (result.non2xx + result.errors + result.timeouts > 0) {
    throw new Error(
      `${String(paths[0])}: ${String(result.non2xx)} answers not 2xx, ${String(result.errors)} errors`,
    )
  }
  const { p50, p99 } = result.latency
  return { perSecond: result['2xx'] / result.duration, p50, p99 }
}

/** Weighs one page as a browser with an empty cache would load it. */
export async function weightOf(origin: string, path: string): Promise<Weight> {
  const page = await fetchRaw(origin, path)
  const html = page.body.toString('utf8')
  const parts = [...html.matchAll(/<(?:link|script|img)\b[^>]*>/g)].flatMap(([tag]) => {
    const fetched = /^<link/.test(tag) ? /rel="(?:stylesheet|icon|preload)"/.test(tag) : true
    const address = /\b(?:href|src)="([^"]+)"/.exec(tag)?.[1]?.replaceAll('&amp;', '&')
    return fetched && address?.startsWith('/') ? [address] : []
  })
  let coldVisit = page.wire
  for (const part of new Set(parts)) coldVisit += (await fetchRaw(origin, part)).wire
  return { html: page.body.length, wire: page.wire, coldVisit }
}

/** Reads an answer from the socket itself: every byte counts. */
function fetchRaw(origin: string, path: string): Promise<{ wire: number; body: Buffer }> {
  const { hostname, port } = new URL(origin)
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = []
    const socket = connect(Number(port), hostname, () => {
      const headers = Object.entries({
        ...HEADERS,
        host: `${hostname}:${port}`,
        connection: 'close',
      })
      const lines = headers.map(([name, value]) => `${name}: ${value}\r\n`)
      socket.write(`GET ${path} HTTP/1.1\r\n${lines.join('')}\r\n`)
    })
    socket.once('error', reject)
    socket.on('data', (chunk) => chunks.push(chunk))
    socket.once('end', () => {
      const answer = Buffer.concat(chunks)
      const end = answer.indexOf('\r\n\r\n')
      const head = answer.subarray(0, end).toString('latin1').toLowerCase()
      if (!/^http\/1\.1 2/.test(head)) {
        reject(new Error(`${path}: ${head.split('\r\n', 1)[0] ?? ''}`))
        return
      }
      const rest = answer.subarray(end + 4)
      const body = /\ntransfer-encoding: chunked/.test(head) ? joinChunks(rest) : rest
      resolve({ wire: answer.length, body: decode(body, head) })
    })
  })
}

function joinChunks(coded: Buffer): Buffer {
  const parts: Buffer[] = []
  for (let at = 0; ;) {
    const line = coded.indexOf('\r\n', at)
    const size = Number.parseInt(coded.subarray(at, line).toString('latin1'), 16)
    if (line === -1 || !(size > 0)) return Buffer.concat(parts)
    parts.push(coded.subarray(line + 2, line + 2 + size))
    at = line + 2 + size + 2
  }
}

function decode(body: Buffer, head: string): Buffer {
  const encoding = /\ncontent-encoding: (\w+)/.exec(head)?.[1]
  if (encoding === 'br') return brotliDecompressSync(body)
  return encoding === 'gzip' ? gunzipSync(body) : body
}
