import { appendFileSync } from 'node:fs'
import { request, type IncomingMessage } from 'node:http'
import { request as requestSecurely } from 'node:https'
import { connect } from 'node:net'
import { brotliDecompressSync, gunzipSync } from 'node:zlib'

export type Answer = {
  status: number
  headers: Record<string, string | string[] | undefined>
  /** Decoded. */
  body: string
  /** Bytes of the body as they came over the wire. */
  size: number
}

type Question = {
  method?: string
  headers?: Record<string, string>
  body?: string
}

/** Asks the site for an address exactly as written: no redirect is followed, nothing is added. */
export function ask(
  base: string | undefined,
  address: string,
  { method = 'GET', headers = {}, body }: Question = {},
): Promise<Answer> {
  const { protocol, hostname, port } = new URL(base ?? '')
  noteAsked(address)
  const asked = { hostname, port, method, path: address, headers }
  return new Promise((resolve, reject) => {
    const speak = (hear: (incoming: IncomingMessage) => void) =>
      protocol === 'https:'
        ? // The certificate of the tests is trusted by nobody.
          requestSecurely({ ...asked, rejectUnauthorized: false }, hear)
        : request(asked, hear)
    const outgoing = speak((incoming) => {
      const chunks: Buffer[] = []
      incoming.on('data', (chunk: Buffer) => chunks.push(chunk))
      incoming.on('error', reject)
      incoming.on('end', () => {
        const raw = Buffer.concat(chunks)
        resolve({
          status: incoming.statusCode ?? 0,
          headers: incoming.headers,
          body: decode(raw, incoming.headers['content-encoding']).toString('utf8'),
          size: raw.length,
        })
      })
    })
    outgoing.on('error', reject)
    outgoing.end(body)
  })
}

/** Keeps an address that a test asks for: nothing of it may stand in the log of the site. */
export function noteAsked(address: string): void {
  const file = process.env['ASKED_FILE']
  if (file !== undefined) appendFileSync(file, `${address.replaceAll('\n', '')}\n`)
}

function decode(raw: Buffer, encoding: string | undefined): Buffer {
  if (raw.length === 0) return raw
  if (encoding === 'br') return brotliDecompressSync(raw)
  return encoding === 'gzip' ? gunzipSync(raw) : raw
}

/** Says something to a server as it stands, and gives all that it answers until it hangs up. */
export function say(port: number, host: string, words: string): Promise<string> {
  return new Promise((resolve, reject) => {
    let answer = ''
    const socket = connect(port, host, () => socket.write(words))
    socket.setEncoding('utf8')
    socket.on('data', (text: string) => {
      answer += text
    })
    socket.on('error', reject)
    socket.on('close', () => resolve(answer))
  })
}
