import type { IncomingMessage, OutgoingHttpHeaders, ServerResponse } from 'node:http'
import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { compress, compressor, isCompressible, preferredEncoding } from './compress'
import type { Context, Reply } from './context'
import { encodingFor } from './public-pages'
import type { CachedResponse, CachedVariant } from './response-cache'
import { responseHeaders, varyByEncoding } from './response-headers'
import { hashOf } from './static-files'

/** Milliseconds; a download that takes longer is broken off, so that it releases its slot. */
const DOWNLOAD_TIMEOUT = 10 * 60_000

/** Sends a reply, compressed as the client prefers, or 304 if the client has it already. */
export async function sendReply(
  context: Context,
  request: IncomingMessage,
  response: ServerResponse,
  reply: Reply,
): Promise<void> {
  if (reply.cached) {
    const { target, response: cached } = reply.cached
    const encoding = encodingFor(request.headers, cached)
    sendCached(request, response, cached, await context.cache.variant(target, cached, encoding))
    return
  }
  const { kind, status, contentType = '', stream, nonce } = reply
  const isHtml = contentType.startsWith('text/html')
  const headers: OutgoingHttpHeaders = {
    ...responseHeaders({ kind, status, isHtml, isSecure: context.isSecure, nonce }),
    ...reply.headers,
  }
  if (contentType !== '') headers['content-type'] = contentType
  if (isCompressible(contentType)) headers['vary'] = varyByEncoding(headers['vary'])
  if (stream) await sendStream(request, response, { status, contentType, stream }, headers)
  else await sendBody(request, response, reply, headers)
}

/** Sends a cached response in the encoding of a variant. */
export function sendCached(
  { method, headers }: IncomingMessage,
  response: ServerResponse,
  cached: CachedResponse,
  variant: CachedVariant,
): void {
  if (headers['if-none-match'] !== undefined && hasTag(headers['if-none-match'], cached.hash)) {
    response.writeHead(304, variant.headersNotModified).end()
    return
  }
  response.writeHead(cached.status, variant.headers)
  if (method === 'HEAD') response.end()
  else response.end(variant.body)
}

async function sendBody(
  request: IncomingMessage,
  response: ServerResponse,
  { status, contentType = '', body = Buffer.alloc(0), file }: Reply,
  headers: OutgoingHttpHeaders,
): Promise<void> {
  const encoding = isCompressible(contentType)
    ? preferredEncoding(request.headers, body.length)
    : 'identity'
  if (status === 200 && headers['cache-control'] !== 'no-store') {
    const hash = file ? (await file.read('identity')).hash : hashOf(body)
    headers['etag'] = `"${hash}${encoding === 'identity' ? '' : `-${encoding}`}"`
    if (hasTag(request.headers['if-none-match'], hash)) {
      delete headers['content-type']
      response.writeHead(304, headers).end()
      return
    }
  }
  let sent = body
  if (encoding !== 'identity') {
    headers['content-encoding'] = encoding
    sent = file ? (await file.read(encoding)).body : await compress(body, encoding, 'each')
  }
  if (status !== 204) headers['content-length'] = sent.length
  response.writeHead(status, headers)
  if (request.method === 'HEAD' || status === 204) response.end()
  else response.end(sent)
}

/** A failure in the middle breaks the connection, so that nobody takes a part for the whole. */
async function sendStream(
  request: IncomingMessage,
  response: ServerResponse,
  { status, contentType, stream }: { status: number; contentType: string; stream: Readable },
  headers: OutgoingHttpHeaders,
): Promise<void> {
  const encoding = isCompressible(contentType)
    ? preferredEncoding(request.headers, Infinity)
    : 'identity'
  if (encoding !== 'identity') headers['content-encoding'] = encoding
  response.writeHead(status, headers)
  if (request.method === 'HEAD') {
    stream.destroy()
    response.end()
    return
  }
  const timeout = setTimeout(() => request.socket.destroy(), DOWNLOAD_TIMEOUT)
  const through = compressor(encoding)
  await (through ? pipeline(stream, through, response) : pipeline(stream, response))
    .catch((error: unknown) => {
      // If the client disconnected, nothing has failed.
      if (!request.socket.destroyed) throw error
    })
    .finally(() => clearTimeout(timeout))
}

/** Weak comparison (RFC 9110 13.1.2) with any encoding of the body of this hash. */
function hasTag(ifNoneMatch: string | undefined, hash: string): boolean {
  if (ifNoneMatch === undefined) return false
  return ifNoneMatch.split(',').some((tag) => {
    const bare = tag.trim().replace(/^W\//, '')
    return (
      bare === '*' || bare === `"${hash}"` || bare === `"${hash}-br"` || bare === `"${hash}-gzip"`
    )
  })
}
