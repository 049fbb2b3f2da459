import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http'
import Negotiator from 'negotiator'
import { routing, type Locale } from '@/lib/i18n/routing'
import { isAllowedOrigin } from './check-origin'
import { createContext, newErrorId, type Context, type HandlerOptions, type Reply } from './context'
import { errorReply, failedReply } from './error-reply'
import { notFoundReply } from './not-found-page'
import { allowedMethods, matchRoute, type Route } from './parse-url'
import { formReply, MAX_BODY_BYTES, protectedReply } from './protected-pages'
import { lookup, publicReply } from './public-pages'
import { isQuickExit, quickExitHeaders } from './quick-exit'
import type { ResponseTraits } from './response-headers'
import { sendCached, sendReply } from './send'

/**
 * Handles every request before Next.js: routing, caching, limits, and sending the response.
 *
 * @returns a listener for Node's server; it answers every request, and logs failures with an id that the
 *   response shows
 */
export function createRequestListener(options: HandlerOptions): RequestListener {
  const context = createContext(options)
  return (request, response) => {
    try {
      if (serveFromCache(context, request, response)) return
    } catch (error) {
      context.log.error({ event: 'requestFailed', errorId: newErrorId(), error })
    }
    serve(context, request, response).catch((error: unknown) => {
      context.log.error({ event: 'requestFailed', errorId: newErrorId(), error })
      response.destroy()
    })
  }
}

/** Whether the response was in the cache, with the right encoding, and is sent. */
function serveFromCache(
  context: Context,
  request: IncomingMessage,
  response: ServerResponse,
): boolean {
  const { method, headers } = request
  if (method !== 'GET' && method !== 'HEAD') return false
  if ('content-length' in headers || 'transfer-encoding' in headers) return false
  const found = lookup(context, request)
  if (!found) return false
  sendCached(request, response, found.response, found.variant)
  return true
}

async function serve(context: Context, request: IncomingMessage, response: ServerResponse) {
  const left = new AbortController()
  response.once('close', () => {
    if (!response.writableFinished) left.abort()
  })
  let reply: Reply | null
  try {
    reply = await dispatch(context, request, left.signal)
  } catch (error) {
    reply = failedReply(context, null, newErrorId(), { error })
  }
  if (reply && !left.signal.aborted) await sendReply(context, request, response, reply)
}

/** Finds what answers a request; null if the client has disconnected. */
async function dispatch(
  context: Context,
  request: IncomingMessage,
  gone: AbortSignal,
): Promise<Reply | null> {
  const { method = 'GET', url = '/', headers } = request
  const matched = matchRoute(url)
  if (!matched.ok) return errorReply(context, 400, matched.route)
  const { route } = matched
  const { kind, path } = route

  if (!isAllowedOrigin(method, headers, context.allowedOrigins)) {
    return errorReply(context, 403, route)
  }
  const file = context.staticFiles.find(decodeURIComponent(path))
  if (!file && !route.isRoutable) return notFoundReply(context, route)
  if (Number(headers['content-length'] ?? 0) > MAX_BODY_BYTES) {
    return errorReply(context, 413, route)
  }
  const methods = allowedMethods(kind)
  const allow = methods.join(', ')
  if (method === 'OPTIONS') return { kind: replyKind(route), status: 204, headers: { allow } }
  if (!methods.includes(method)) return errorReply(context, 405, route, { headers: { allow } })
  if (file) {
    const { body } = await file.read('identity')
    return { kind: file.kind, status: 200, contentType: file.contentType, body, file }
  }
  if (kind === 'root') return homeReply(headers['accept-language'])
  // Before everything that may have to wait.
  if (context.exitUrl !== null && isQuickExit(route)) {
    const exit = quickExitHeaders(headers, context.exitUrl, context.isSecure)
    return { kind: 'page', status: 303, headers: exit }
  }
  if (kind === 'page' || kind === 'api' || kind === 'data') {
    return publicReply(context, request, route, gone)
  }
  if (method === 'POST') return formReply(context, request, route, gone)
  return protectedReply(context, request, route, null, gone)
}

function replyKind({ kind }: Route): ResponseTraits['kind'] {
  if (kind === 'download') return 'data'
  return kind === 'root' || kind === 'unknown' ? 'page' : kind
}

/** `/` leads to the home page in a language of the browser's. */
function homeReply(acceptLanguage: string | undefined): Reply {
  const headers = { location: `/${preferredLocale(acceptLanguage)}`, vary: 'Accept-Language' }
  return { kind: 'page', status: 307, headers }
}

function preferredLocale(acceptLanguage: string | undefined): Locale {
  const preferred = new Negotiator({ headers: { 'accept-language': acceptLanguage } }).language([
    ...routing.locales,
  ])
  return routing.locales.find((locale) => locale === preferred) ?? routing.defaultLocale
}
