import { randomBytes } from 'node:crypto'
import type { IncomingMessage, OutgoingHttpHeaders } from 'node:http'
import { buffer } from 'node:stream/consumers'
import { newErrorId, subnetOfRequest, type Context, type Reply } from './context'
import { errorStatus } from './error-page'
import { databaseErrorReply, errorReply, failedReply, HTML } from './error-reply'
import { isNotFoundPage, notFoundReply, stripAndLog } from './not-found-page'
import type { Route, RouteKind } from './parse-url'
import {
  renderWithNext,
  streamWithNext,
  type RenderedResponse,
  type StreamedResponse,
} from './render'
import { headersForNext } from './request-headers'
import { scriptPolicy } from './response-headers'
import { stripScripts } from './strip-scripts'

// The headers of Next's that are sent on. All others (`Vary: rsc`, `Link`, `Refresh`, `x-nextjs-*`, its own
// `Cache-Control`) are for its scripts or for a cache of its own.
const PASSED_HEADERS = ['content-disposition', 'content-language', 'retry-after', 'x-robots-tag']
const PASSED_PROTECTED_HEADERS = [
  ...PASSED_HEADERS,
  ...['clear-site-data', 'set-cookie'],
  // Next's scripts read these in the response to a form that they have submitted.
  ...['x-action-redirect', 'x-action-revalidated'],
]
const ACTION_RESPONSE = 'text/x-component'

/**
 * Has Next render the reply to a request.
 *
 * @param gone aborts if the client disconnects
 * @returns null if it has disconnected
 */
export async function renderReply(
  context: Context,
  request: IncomingMessage,
  route: Route,
  body: Buffer | null,
  gone: AbortSignal,
): Promise<Reply | null> {
  const { handle, databaseErrorOf } = context
  const errorId = newErrorId()
  const nonce = randomBytes(16).toString('base64')
  const renderRequest = {
    // Next answers HEAD in its own way; asked by GET, the headers are those of the page.
    method: body ? 'POST' : 'GET',
    target: route.path + route.query,
    headers: requestHeaders(context, request, route, errorId, nonce),
    body,
  }
  if (body) renderRequest.headers['content-length'] = String(body.length)
  const onDatabaseError = (trouble: NonNullable<ReturnType<typeof databaseErrorOf>>) =>
    databaseErrorReply(context, request, route, body, trouble, errorId)
  try {
    if (route.kind === 'download') {
      const streamed = await streamWithNext(handle, renderRequest, gone)
      const trouble = streamed.status >= 500 ? databaseErrorOf(errorId) : null
      if (!trouble) return await replyFromDownload(context, streamed, route, errorId)
      streamed.body.destroy()
      return await onDatabaseError(trouble)
    }
    const rendered = await renderWithNext(handle, renderRequest, gone)
    const trouble = rendered.status >= 500 ? databaseErrorOf(errorId) : null
    if (trouble) return await onDatabaseError(trouble)
    return await replyFromNext(context, rendered, route, errorId, nonce)
  } catch (error) {
    if (gone.aborted) return null
    const trouble = databaseErrorOf(errorId)
    return trouble ? onDatabaseError(trouble) : failedReply(context, route, errorId, { error })
  }
}

function requestHeaders(
  context: Context,
  request: IncomingMessage,
  { kind }: Route,
  errorId: string,
  nonce: string,
) {
  const visitor =
    kind === 'protected'
      ? { policy: scriptPolicy(nonce), subnet: subnetOfRequest(context, request) }
      : null
  return headersForNext(request.headers, kind, context.origin, errorId, visitor)
}

async function replyFromNext(
  context: Context,
  rendered: RenderedResponse,
  route: Route,
  errorId: string,
  nonce: string,
): Promise<Reply> {
  const { kind } = route
  if (kind === 'root' || kind === 'unknown' || kind === 'download') {
    return errorReply(context, 404, route)
  }
  const { status, body } = rendered
  const contentType = contentTypeOf(rendered)
  const headers = passedHeaders(rendered, kind)
  if (rendered.headers['x-nextjs-action-not-found'] !== undefined) {
    return errorReply(context, 409, route)
  }
  // Next's scripts have submitted a form: they follow the redirect themselves, with the page or without.
  if (headers['x-action-redirect'] !== undefined && status < 400) {
    if (!contentType.startsWith(ACTION_RESPONSE)) return { kind, status, headers }
    return { kind, status, headers, contentType, body }
  }
  if (status >= 300 && status < 400) {
    const { location } = rendered.headers
    if (typeof location === 'string') {
      return { kind, status, headers: { ...headers, location } }
    }
    return failedReply(context, route, errorId, { reason: 'noLocation' })
  }
  if (kind === 'api' || kind === 'health' || kind === 'data') {
    return dataReply(context, rendered, route, kind, errorId)
  }
  return pageReply(context, rendered, route, kind, errorId, nonce)
}

function dataReply(
  context: Context,
  rendered: RenderedResponse,
  route: Route,
  kind: 'api' | 'health' | 'data',
  errorId: string,
): Reply {
  const { status, body } = rendered
  const contentType = contentTypeOf(rendered)
  const reply = { kind, status, headers: passedHeaders(rendered, kind), contentType, body }
  const isOwnError = contentType.startsWith('application/json') && body.length > 0
  if (status >= 500) {
    context.log.error({ event: 'requestFailed', errorId, status })
    return isOwnError ? reply : errorReply(context, 500, route, { errorId })
  }
  // No route of ours answers these with HTML: Next's pages have caught the URL.
  if (contentType.startsWith('text/html')) return errorReply(context, 404, route)
  if (status >= 400 && !isOwnError) return errorReply(context, errorStatus(status), route)
  return reply
}

function pageReply(
  context: Context,
  rendered: RenderedResponse,
  route: Route,
  kind: 'page' | 'protected',
  errorId: string,
  nonce: string,
): Reply | Promise<Reply> {
  const { status, body } = rendered
  const contentType = contentTypeOf(rendered)
  const headers = passedHeaders(rendered, kind)
  if (status >= 500) return failedReply(context, route, errorId, { status })
  if (contentType.startsWith(ACTION_RESPONSE)) {
    if (kind === 'protected') return { kind, status, headers, contentType, body }
    return failedReply(context, route, errorId, { reason: 'notHtml' })
  }
  if (!contentType.startsWith('text/html') && status < 400 && body.length > 0) {
    // A file of the protected part is stored as little as its pages.
    return {
      kind: kind === 'protected' ? kind : 'data',
      ...{ status, headers, contentType, body },
    }
  }
  // Protected pages run scripts, so nothing is stripped from them.
  const { html, hasContent } =
    kind === 'protected' ? stripScripts(body.toString('utf8')) : stripAndLog(context, body)
  if (!hasContent) {
    if (status === 404) return notFoundReply(context, route)
    if (status >= 400) return errorReply(context, errorStatus(status), route)
    return failedReply(context, route, errorId, { reason: 'emptyPage' })
  }
  if (kind === 'protected') return { kind, status, headers, contentType: HTML, body, nonce }
  return {
    kind,
    status: isNotFoundPage(route) ? 404 : status,
    headers,
    contentType: HTML,
    body: Buffer.from(html),
  }
}

/** A download that is refused says why in its own words. */
async function replyFromDownload(
  context: Context,
  streamed: StreamedResponse,
  route: Route,
  errorId: string,
): Promise<Reply> {
  const { status, body } = streamed
  const contentType = contentTypeOf(streamed)
  const reply = { kind: 'data' as const, status, headers: passedHeaders(streamed, route.kind) }
  if (status === 200) return { ...reply, contentType, stream: body }
  const said = await buffer(body)
  if (status >= 500) return failedReply(context, route, errorId, { status })
  const isOwn = status >= 400 && !contentType.startsWith('text/html') && said.length > 0
  if (isOwn) return { ...reply, contentType, body: said }
  return status === 404
    ? notFoundReply(context, route)
    : errorReply(context, errorStatus(status), route)
}

type Headers = Pick<RenderedResponse, 'headers'>

function contentTypeOf({ headers }: Headers): string {
  return String(headers['content-type'] ?? '')
}

function passedHeaders({ headers }: Headers, kind: RouteKind): OutgoingHttpHeaders {
  const names = kind === 'protected' ? PASSED_PROTECTED_HEADERS : PASSED_HEADERS
  return Object.fromEntries(
    names.flatMap((name) => {
      const value = headers[name]
      return value === undefined ? [] : [[name, value]]
    }),
  )
}
