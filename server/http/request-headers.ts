import type { IncomingHttpHeaders } from 'node:http'
import type { RouteKind } from './parse-url'

// Allow-lists, because the headers that Next acts on grow with each version: `x-middleware-subrequest`
// (CVE-2025-29927), `rsc`, `next-router-*`, `x-nextjs-*`, `x-matched-path`, `x-forwarded-host` …
// A public page gets none, so that its response can't differ between visitors.
const PROTECTED_HEADERS = [
  'accept',
  'accept-language',
  'content-length',
  'content-type',
  'cookie',
  // Next's scripts submit a form and read a part of a page. Whatever else they ask for is answered with
  // whole pages, which they then navigate to.
  'next-action',
  'next-router-state-tree',
  'referer',
  'user-agent',
]

/** What Next learns about a visitor of the protected part, besides the request's headers. */
export type Visitor = {
  /** The response's Content-Security-Policy: Next puts its nonce on every script. */
  policy: string
  /** The client's subnet, for rate limits on signing in. */
  subnet: string
}

/**
 * The request headers that Next gets. Host and protocol are the configured ones, whatever the client
 * claims.
 *
 * @param origin the public origin
 * @param requestId by which the log knows the request
 * @param visitor null on public pages
 */
export function headersForNext(
  headers: IncomingHttpHeaders,
  kind: RouteKind,
  origin: string,
  requestId: string,
  visitor: Visitor | null = null,
): IncomingHttpHeaders {
  const { host, protocol } = new URL(origin)
  const kept: IncomingHttpHeaders = {}
  for (const name of kind === 'protected' ? PROTECTED_HEADERS : []) {
    if (headers[name] !== undefined) kept[name] = headers[name]
  }
  return {
    ...kept,
    // The request has passed `isAllowedOrigin`, which is stricter than Next's check.
    ...(kind === 'protected' ? { origin } : {}),
    host,
    'x-forwarded-host': host,
    'x-forwarded-proto': protocol.slice(0, -1),
    'x-forwarded-for': '',
    'x-request-id': requestId,
    ...(visitor
      ? {
          'content-security-policy': visitor.policy,
          'x-client-address-prefix': visitor.subnet,
        }
      : {}),
  }
}
