/** What is being answered with. */
export type Answering = {
  kind: 'page' | 'protected' | 'api' | 'data' | 'health' | 'hashed' | 'file'
  status: number
  isHtml: boolean
  /** The site is reached by https. */
  isSecure: boolean
  /** Of a page that runs scripts: those that carry it, and no other. */
  nonce?: string | undefined
}

const PUBLIC_PAGE_POLICY =
  "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

/**
 * The policy of a page of the protected part: scripts with this nonce run, and what they load.
 *
 * @param nonce random, made for one answer, in base64
 */
export function scriptPolicy(nonce: string): string {
  return `default-src 'none'; script-src 'nonce-${nonce}' 'strict-dynamic'; style-src 'self'; img-src 'self' data:; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'`
}

const NOTHING_POLICY = "default-src 'none'; frame-ancestors 'none'"

const PERMISSIONS =
  'browsing-topics=(), camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()'

function policy({ isHtml, nonce }: Answering): string {
  if (!isHtml) return NOTHING_POLICY
  return nonce === undefined ? PUBLIC_PAGE_POLICY : scriptPolicy(nonce)
}

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
  const { kind, isSecure } = answering
  return {
    'cache-control': cacheControl(answering),
    'content-security-policy': policy(answering),
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': kind === 'api' ? 'cross-origin' : 'same-origin',
    'permissions-policy': PERMISSIONS,
    // `no-referrer` would make browsers send `Origin: null` with our own forms.
    'referrer-policy': 'same-origin',
    'x-content-type-options': 'nosniff',
    ...(isSecure ? { 'strict-transport-security': 'max-age=63072000; includeSubDomains' } : {}),
    ...(kind === 'protected' ? { 'x-robots-tag': 'noindex' } : {}),
    ...(kind === 'api' ? { 'access-control-allow-origin': '*' } : {}),
  }
}
