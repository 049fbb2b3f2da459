import type { IncomingHttpHeaders } from 'node:http'

const SAFE_METHODS: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS'])

/**
 * Protects against cross-site request forgery: tells whether a request may change something (OWASP
 * ASVS 5.0 3.5.1). A safe method always may. Any other needs an `Origin` of ours, or none and
 * `Sec-Fetch-Site` `same-origin` or `none`. `Host` and `X-Forwarded-Host` are ignored: a client writes them.
 *
 * @param allowedOrigins scheme, host and port each
 */
export function isAllowedOrigin(
  method: string,
  headers: IncomingHttpHeaders,
  allowedOrigins: readonly string[],
): boolean {
  if (SAFE_METHODS.has(method)) return true
  if (headers.origin !== undefined) return allowedOrigins.includes(headers.origin)
  const site = headers['sec-fetch-site']
  return site === 'same-origin' || site === 'none'
}

/**
 * The origins that forms are accepted from.
 *
 * @param isSet whether the operator has set the public origin; if not, every loopback name at the port
 *   counts
 */
export function allowedOrigins(publicOrigin: string, isSet: boolean, port: number): string[] {
  if (isSet) return [publicOrigin]
  return ['localhost', '127.0.0.1', '[::1]'].map((host) => `http://${host}:${port}`)
}
