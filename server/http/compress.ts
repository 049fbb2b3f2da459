import type { IncomingHttpHeaders } from 'node:http'
import type { Duplex } from 'node:stream'
import { promisify } from 'node:util'
import {
  brotliCompress,
  brotliDecompress,
  constants,
  createBrotliCompress,
  createGzip,
  gunzip,
  gzip,
} from 'node:zlib'
import Negotiator from 'negotiator'

export type Encoding = 'br' | 'gzip' | 'identity'

const brotli = promisify(brotliCompress)
const gzipped = promisify(gzip)
const unbrotli = promisify(brotliDecompress)
const gunzipped = promisify(gunzip)

/** Below this a compressed body saves less than its header costs. */
const SMALLEST_WORTH_COMPRESSING = 300

const compressible =
  /^(text\/|application\/(json|xml|.*\+xml|.*\+json|javascript|manifest\+json)|image\/svg\+xml)/

/** Whether bodies of this content type get smaller; such responses vary by `Accept-Encoding`. */
export function isCompressible(contentType: string): boolean {
  return compressible.test(contentType)
}

/** Browsers send a handful of values of this header; others are parsed each time. */
const VALUES_REMEMBERED = 100
const remembered = new Map<string | undefined, Encoding>()

/** The encoding of a response: brotli rather than gzip if both are accepted, else none. */
export function preferredEncoding(headers: IncomingHttpHeaders, bodyLength: number): Encoding {
  if (bodyLength < SMALLEST_WORTH_COMPRESSING) return 'identity'
  const wish = headers['accept-encoding']
  let encoding = remembered.get(wish)
  if (encoding === undefined) {
    encoding = negotiate(wish)
    if (remembered.size < VALUES_REMEMBERED) remembered.set(wish, encoding)
  }
  return encoding
}

function negotiate(wish: string | undefined): Encoding {
  const accepted = new Negotiator({ headers: { 'accept-encoding': wish } })
    .encodings(['br', 'gzip', 'identity'])
    .filter((encoding) => encoding !== 'identity')
  if (accepted.includes('br')) return 'br'
  return accepted.includes('gzip') ? 'gzip' : 'identity'
}

/**
 * Compresses a body.
 *
 * @param effort `once` for bodies that are cached (brotli 11, gzip 9), `each` for those made per request
 *   (brotli 5, gzip 6)
 */
export async function compress(
  body: Buffer,
  encoding: Encoding,
  effort: 'once' | 'each',
): Promise<Buffer> {
  if (encoding === 'identity') return body
  if (encoding === 'gzip') return gzipped(body, { level: effort === 'once' ? 9 : 6 })
  return brotli(body, {
    params: {
      [constants.BROTLI_PARAM_QUALITY]: effort === 'once' ? 11 : 5,
      [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT,
      [constants.BROTLI_PARAM_SIZE_HINT]: body.length,
      [constants.BROTLI_PARAM_LGWIN]: windowFor(body.length),
    },
  })
}

/** The smallest window (as a power of two) that holds a whole body; a larger one only takes memory. */
function windowFor(bytes: number): number {
  const needed = Math.ceil(Math.log2(bytes + 16))
  return Math.min(
    Math.max(needed, constants.BROTLI_MIN_WINDOW_BITS),
    constants.BROTLI_DEFAULT_WINDOW,
  )
}

/** Undoes `compress`. */
export async function decompress(body: Buffer, encoding: Encoding): Promise<Buffer> {
  if (encoding === 'identity') return body
  return encoding === 'gzip' ? gunzipped(body) : unbrotli(body)
}

/** A stream that compresses with effort `each`; null for `identity`. */
export function compressor(encoding: Encoding): Duplex | null {
  if (encoding === 'identity') return null
  if (encoding === 'gzip') return createGzip({ level: 6 })
  return createBrotliCompress({
    params: {
      [constants.BROTLI_PARAM_QUALITY]: 5,
      [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT,
    },
  })
}
