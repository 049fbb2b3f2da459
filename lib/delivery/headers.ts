/** What is being answered with. */
export type Answering = {
  kind: 'page' | 'protected' | 'api' | 'data' | 'health' | 'hashed' | 'file'
  status: number
  isHtml: boolean
  /** The site is reached by https. */
  isSecure: boolean
}

const PUBLIC_PAGE_POLICY =
  "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

const NOTHING_POLICY = "default-src 'none'; frame-ancestors 'none'"

const PERMISSIONS =
  'browsing-topics=(), camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()'

function cacheControl({ kind, status }: Answering): string {
  if (status >= 400 || kind === 'protected' || kind === 'health') return 'no-store'
  if (kind === 'hashed') return 'public, max-age=31536000, immutable'
  if (kind === 'file') return 'public, max-age=86400'
  // Stored but asked about each time: what is hidden must be hidden at once, in every cache.
  return 'no-cache'
}

/**
 * The headers that every response carries, whatever it is.
 *
 * Takes what is answered and how. Gives lower-case names and values. The rules are those of
 * OWASP ASVS 5.0 3.4.1 to 3.4.8; HSTS only where the site is reached by https (RFC 6797 7.2).
 */
export function headersFor(answering: Answering): Record<string, string> {
  const { kind, isHtml, isSecure } = answering
  return {
    'cache-control': cacheControl(answering),
    'content-security-policy': isHtml ? PUBLIC_PAGE_POLICY : NOTHING_POLICY,
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': kind === 'api' ? 'cross-origin' : 'same-origin',
    'permissions-policy': PERMISSIONS,
    // `no-referrer` would make browsers send `Origin: null` with our own forms.
    'referrer-policy': 'same-origin',
    'x-content-type-options': 'nosniff',
    ...(isSecure ? { 'strict-transport-security': 'max-age=63072000; includeSubDomains' } : {}),
    ...(kind === 'api' ? { 'access-control-allow-origin': '*' } : {}),
  }
}
