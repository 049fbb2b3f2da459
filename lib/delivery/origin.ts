import type { IncomingHttpHeaders } from 'node:http'

const SAFE_METHODS: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS'])

/**
 * Whether a request may change something, judged by where it comes from (ASVS 5.0 3.5.1).
 *
 * Takes method, headers and the origins that are ours (scheme, host, port). A safe method always
 * may. Any other needs an `Origin` that is ours, or none and `Sec-Fetch-Site` `same-origin` or
 * `none`. `Host` and `X-Forwarded-Host` are never looked at: a client writes them.
 */
export function mayChange(
  method: string,
  headers: IncomingHttpHeaders,
  ownOrigins: readonly string[],
): boolean {
  if (SAFE_METHODS.has(method)) return true
  if (headers.origin !== undefined) return ownOrigins.includes(headers.origin)
  const site = headers['sec-fetch-site']
  return site === 'same-origin' || site === 'none'
}

/**
 * The origins that count as ours.
 *
 * Takes the public origin, whether the operator has set it, and the port that is listened on.
 * While nothing is set, every loopback name at that port counts.
 */
export function ownOrigins(publicOrigin: string, isSet: boolean, port: number): string[] {
  if (isSet) return [publicOrigin]
  return ['localhost', '127.0.0.1', '[::1]'].map((host) => `http://${host}:${port}`)
}
