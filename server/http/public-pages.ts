import type { IncomingMessage } from 'node:http'
import { canonicalQuery } from './canonical-query'
import { isCompressible, preferredEncoding, type Encoding } from './compress'
import { newErrorId, subnetOfRequest, type Context, type Reply } from './context'
import { failedReply, overloadedReply } from './error-reply'
import type { Route } from './parse-url'
import { renderReply } from './render-reply'
import type { CachedResponse, CachedVariant } from './response-cache'
import { responseHeaders, varyByEncoding } from './response-headers'
import { hashOf } from './static-files'

/**
 * The reply to a public URL, which is the same for everybody: from the cache if it is of the current
 * content version, else rendered once, however many are waiting for it.
 *
 * @param gone aborts if the client disconnects
 * @returns null if it has disconnected
 */
export async function publicReply(
  context: Context,
  request: IncomingMessage,
  route: Route,
  gone: AbortSignal,
): Promise<Reply | null> {
  const canonical = { ...route, query: canonicalQuery(route.query) }
  const target = canonical.path + canonical.query
  const found = cachedReply(context, canonical, target)
  if (found) return found
  const release = await context.publicLimiter.acquire(subnetOfRequest(context, request), gone)
  if (!release) return gone.aborted ? null : overloadedReply(context, request, route)
  try {
    return (
      cachedReply(context, canonical, target) ??
      (await coalesce(context, request, canonical, target))
    )
  } finally {
    release()
  }
}

/** Fast path: the cached response already has the right encoding. */
export function lookup(
  { cache, cacheVersion }: Context,
  { url = '/', headers }: IncomingMessage,
): { response: CachedResponse; variant: CachedVariant } | null {
  const response = cache.get(url, cacheVersion())
  const variant = response?.variants.get(encodingFor(headers, response))
  return response && variant ? { response, variant } : null
}

/** The encoding that a client gets a cached response in. */
export function encodingFor(
  headers: IncomingMessage['headers'],
  { contentType, length }: CachedResponse,
): Encoding {
  return isCompressible(contentType) ? preferredEncoding(headers, length) : 'identity'
}

function cachedReply(
  { cache, cacheVersion }: Context,
  { kind }: Route,
  target: string,
): Reply | null {
  const response = cache.get(target, cacheVersion())
  if (!response) return null
  const { status, contentType } = response
  return { kind: kind as Reply['kind'], status, contentType, cached: { target, response } }
}

/** Concurrent requests for the same page share one render. */
function coalesce(
  context: Context,
  request: IncomingMessage,
  route: Route,
  target: string,
): Promise<Reply> {
  const version = context.cacheVersion()
  const key = `${String(version)} ${target}`
  const running = context.rendering.get(key)
  if (running) return running
  const work = renderAndCache(context, request, route, target, version).finally(() =>
    context.rendering.delete(key),
  )
  context.rendering.set(key, work)
  return work
}

async function renderAndCache(
  context: Context,
  request: IncomingMessage,
  route: Route,
  target: string,
  version: number,
): Promise<Reply> {
  // Others may be waiting for it too, so it is rendered to the end even if this client disconnects.
  const reply = await renderReply(context, request, route, null, new AbortController().signal)
  if (!reply) return failedReply(context, route, newErrorId(), { reason: 'noResponse' })
  const { kind, status, contentType = '', body } = reply
  // A page that was rendered while the content changed may mix both versions.
  if (status !== 200 || !body || context.cacheVersion() !== version) return reply
  const isHtml = contentType.startsWith('text/html')
  const headers = responseHeaders({ kind, status, isHtml, isSecure: context.isSecure })
  for (const [name, value] of Object.entries(reply.headers ?? {})) headers[name] = String(value)
  headers['content-type'] = contentType
  if (isCompressible(contentType)) headers['vary'] = varyByEncoding(headers['vary'])
  const response: CachedResponse = {
    ...{ status, contentType, body, length: body.length, headers },
    ...{ hash: hashOf(body), variants: new Map() },
  }
  const encoding = encodingFor(request.headers, response)
  await context.cache.set(target, version, response, encoding)
  return { ...reply, cached: { target, response } }
}
