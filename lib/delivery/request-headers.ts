import type { IncomingHttpHeaders } from 'node:http'
import type { Kind } from './address'

// Allow-lists, because what a framework obeys grows with each version: `x-middleware-subrequest`
// (CVE-2025-29927), `rsc`, `next-router-*`, `x-nextjs-*`, `x-matched-path`, `x-forwarded-host` …
// Without `cookie` a public page cannot differ from one visitor to the next.
const PUBLIC_HEADERS = ['accept', 'accept-language']
const PROTECTED_HEADERS = [
  ...PUBLIC_HEADERS,
  'content-length',
  'content-type',
  'cookie',
  'referer',
  'user-agent',
]

/**
 * The request headers that Next may see.
 *
 * Takes what came, what the address is for, the public origin and an id for the log. Host and
 * protocol are the configured ones; whatever the client claims about them is gone.
 */
export function headersForNext(
  headers: IncomingHttpHeaders,
  kind: Kind,
  origin: string,
  requestId: string,
): IncomingHttpHeaders {
  const { host, protocol } = new URL(origin)
  const kept: IncomingHttpHeaders = {}
  for (const name of kind === 'protected' ? PROTECTED_HEADERS : PUBLIC_HEADERS) {
    if (headers[name] !== undefined) kept[name] = headers[name]
  }
  return {
    ...kept,
    // Whoever came this far has passed our own, stricter check of the origin.
    ...(kind === 'protected' ? { origin } : {}),
    host,
    'x-forwarded-host': host,
    'x-forwarded-proto': protocol.slice(0, -1),
    'x-forwarded-for': '',
    'x-request-id': requestId,
  }
}
