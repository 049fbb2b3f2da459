import type { IncomingMessage } from 'node:http'
import { canonicalQuery } from './canonical-query'
import { subnetOfRequest, type Context, type Reply } from './context'
import { errorReply, overloadedReply } from './error-reply'
import type { Route } from './parse-url'
import { renderReply } from './render-reply'
import { countFields, isReadable } from './replay-form'
import { readBody } from './request-body'

/** Next's own limit for the body of a form (`serverActions.bodySizeLimit`). */
export const MAX_BODY_BYTES = 1024 * 1024

/** The form of a profile in a hundred languages has about half as many. */
const MAX_FIELDS = 4_000

/**
 * The reply to a request of one person: a protected page, a form, a download.
 *
 * @param body of a form; null otherwise
 * @param gone aborts if the client disconnects
 * @returns null if it has disconnected
 */
export async function protectedReply(
  context: Context,
  request: IncomingMessage,
  route: Route,
  body: Buffer | null,
  gone: AbortSignal,
): Promise<Reply | null> {
  const isDownload = route.kind === 'download'
  const asked = isDownload ? { ...route, query: canonicalQuery(route.query) } : route
  const limiter = isDownload ? context.downloadLimiter : context.protectedLimiter
  const release = await limiter.acquire(subnetOfRequest(context, request), gone)
  if (!release) return gone.aborted ? null : overloadedReply(context, request, route, body)
  let reply: Reply | null = null
  try {
    reply = await renderReply(context, request, asked, body, gone)
    return reply
  } finally {
    // A download holds its slot until it is sent.
    if (reply?.stream) reply.stream.once('close', release)
    else release()
  }
}

/** Receives a form, checks it before anything parses it, and has Next answer it. */
export async function formReply(
  context: Context,
  request: IncomingMessage,
  route: Route,
  gone: AbortSignal,
): Promise<Reply | null> {
  const { headers } = request
  const { bodyBudget } = context
  // A compressed body may be a thousand times as large, and no browser compresses a form.
  if ((headers['content-encoding'] ?? 'identity') !== 'identity') {
    return errorReply(context, 415, route)
  }
  const subnet = subnetOfRequest(context, request)
  let reserved = 0
  try {
    const read = await readBody(request, MAX_BODY_BYTES, (bytes) => {
      if (!bodyBudget.reserve(subnet, bytes)) return false
      reserved += bytes
      return true
    })
    if (read.ok) {
      const contentType = headers['content-type'] ?? ''
      if (countFields(contentType, read.body) > MAX_FIELDS) return errorReply(context, 413, route)
      if (!(await isReadable(headers, read.body))) return errorReply(context, 415, route)
      return await protectedReply(context, request, route, read.body, gone)
    }
    if (read.reason === 'tooLarge') return errorReply(context, 413, route)
    return read.reason === 'noRoom' ? await overloadedReply(context, request, route) : null
  } finally {
    bodyBudget.release(subnet, reserved)
  }
}
