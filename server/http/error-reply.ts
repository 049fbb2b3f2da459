import type { IncomingMessage, OutgoingHttpHeaders } from 'node:http'
import type { DatabaseError } from '@/lib/database/busy-or-full'
import type { Context, Reply } from './context'
import { apiError, errorPage, type ErrorStatus } from './error-page'
import { allowedMethods, type Route } from './parse-url'
import { readSubmittedForm, type SubmittedForm } from './replay-form'

export const HTML = 'text/html; charset=utf-8'
const JSON_TYPE = 'application/json; charset=utf-8'

/** Seconds. */
export const RETRY_AFTER = { 'retry-after': '5' }

type ErrorDetails = {
  errorId?: string | null
  headers?: OutgoingHttpHeaders
  submitted?: SubmittedForm | null
}

/** The error of a request: a page, or JSON for programs. */
export function errorReply(
  { siteName, exitUrl, staticFiles }: Context,
  status: ErrorStatus,
  route: Route | null,
  { errorId = null, headers = {}, submitted = null }: ErrorDetails = {},
): Reply {
  const kind = route?.kind ?? 'unknown'
  if (kind === 'api' || kind === 'health') {
    const allowed = status === 405 ? allowedMethods(kind) : null
    const body = Buffer.from(apiError(status, errorId, allowed))
    return { kind, status, headers, contentType: JSON_TYPE, body }
  }
  const html = errorPage({
    status,
    locale: route?.locale ?? null,
    errorId,
    siteName,
    hasExit: exitUrl !== null,
    stylesheets: staticFiles.stylesheets,
    submitted,
  })
  return { kind: 'page', status, headers, contentType: HTML, body: Buffer.from(html) }
}

/** A failure of ours: logged with an id that the response shows. */
export function failedReply(
  context: Context,
  route: Route | null,
  errorId: string,
  entry: { status?: number; reason?: string; error?: unknown },
): Reply {
  context.log.error({ event: 'requestFailed', errorId, ...entry })
  return errorReply(context, 500, route, { errorId })
}

/**
 * The database is busy (503) or full (507): nothing was changed, and the response holds the form that was
 * submitted.
 */
export async function databaseErrorReply(
  context: Context,
  request: IncomingMessage,
  route: Route,
  body: Buffer | null,
  trouble: DatabaseError,
  errorId: string,
): Promise<Reply> {
  const status = trouble === 'busy' ? 503 : 507
  context.log.warn({ event: 'requestRejected', errorId, status, reason: trouble })
  const submitted = await submittedForm(request, route, body)
  return errorReply(context, status, route, {
    headers: trouble === 'busy' ? RETRY_AFTER : {},
    submitted,
  })
}

/** Too much is being rendered already; see `ConcurrencyLimiter`. */
export async function overloadedReply(
  context: Context,
  request: IncomingMessage,
  route: Route,
  body: Buffer | null = null,
): Promise<Reply> {
  const submitted = await submittedForm(request, route, body)
  return errorReply(context, 503, route, { headers: RETRY_AFTER, submitted })
}

async function submittedForm(
  { headers }: IncomingMessage,
  { path, query }: Route,
  body: Buffer | null,
): Promise<SubmittedForm | null> {
  return body && readSubmittedForm(headers, body, path + query)
}
