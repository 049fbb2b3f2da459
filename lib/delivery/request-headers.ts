import type { IncomingHttpHeaders } from 'node:http'
import type { Kind } from './address'

// Allow-lists, because what a framework obeys grows with each version: `x-middleware-subrequest`
// (CVE-2025-29927), `rsc`, `next-router-*`, `x-nextjs-*`, `x-matched-path`, `x-forwarded-host` …
// Of a public address nothing at all: its answer cannot differ from one visitor to the next.
const PROTECTED_HEADERS = [
  'accept',
  'accept-language',
  'content-length',
  'content-type',
  'cookie',
  // With scripts the framework sends a form by itself and reads a part of a page. All else that its
  // scripts would like to read is answered with whole pages, which they then go to.
  'next-action',
  'next-router-state-tree',
  'referer',
  'user-agent',
]

/** What Next is told of a visitor to the protected part, besides what the browser sent. */
export type Visitor = {
  /** The policy of the answer: Next puts its nonce on every script. */
  policy: string
  /** The network that the connection comes from, for the limits on attempts. */
  addressPrefix: string
}

/**
 * The request headers that Next may see.
 *
 * Takes what came, what the address is for, the public origin, an id for the log, and what is known
 * of the visitor where the address is protected. Host and protocol are the configured ones; whatever
 * the client claims about them is gone.
 */
export function headersForNext(
  headers: IncomingHttpHeaders,
  kind: Kind,
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
    // Whoever came this far has passed our own, stricter check of the origin.
    ...(kind === 'protected' ? { origin } : {}),
    host,
    'x-forwarded-host': host,
    'x-forwarded-proto': protocol.slice(0, -1),
    'x-forwarded-for': '',
    'x-request-id': requestId,
    ...(visitor
      ? {
          'content-security-policy': visitor.policy,
          'x-client-address-prefix': visitor.addressPrefix,
        }
      : {}),
  }
}
