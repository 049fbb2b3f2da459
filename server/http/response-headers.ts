/** What the headers of a response depend on. */
export type ResponseTraits = {
  kind: 'page' | 'protected' | 'api' | 'data' | 'health' | 'hashed' | 'file'
  status: number
  isHtml: boolean
  /** Whether the site is served over https. */
  isSecure: boolean
  /** Scripts with this nonce may run; without one, none. */
  nonce?: string | undefined
}

const PUBLIC_PAGE_POLICY =
  "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

/**
 * The Content-Security-Policy of a protected page: scripts with this nonce run, and what they load.
 *
 * @param nonce random, made for one response, in base64
 */
export function scriptPolicy(nonce: string): string {
  return `default-src 'none'; script-src 'nonce-${nonce}' 'strict-dynamic'; style-src 'self'; img-src 'self' data:; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'`
}

const NOTHING_POLICY = "default-src 'none'; frame-ancestors 'none'"

const PERMISSIONS =
  'browsing-topics=(), camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()'

function policy({ isHtml, nonce }: ResponseTraits): string {
  if (!isHtml) return NOTHING_POLICY
  return nonce === undefined ? PUBLIC_PAGE_POLICY : scriptPolicy(nonce)
}

function cacheControl({ kind, status }: ResponseTraits): string {
  if (status >= 400 || kind === 'protected' || kind === 'health') return 'no-store'
  if (kind === 'hashed') return 'public, max-age=31536000, immutable'
  if (kind === 'file') return 'public, max-age=86400'
  // May be stored but must be revalidated: a hidden profile must vanish from every cache at once.
  return 'no-cache'
}

/**
 * The headers that every response has, by lower-case name: OWASP ASVS 5.0 3.4.1 to 3.4.8; HSTS only if
 * the site is served over https (RFC 6797 7.2).
 */
export function responseHeaders(traits: ResponseTraits): Record<string, string> {
  const { kind, isSecure } = traits
  return {
    'cache-control': cacheControl(traits),
    'content-security-policy': policy(traits),
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

/** Adds `Accept-Encoding` to a `Vary` header. */
export function varyByEncoding(vary: unknown): string {
  return [vary, 'Accept-Encoding'].filter(Boolean).join(', ')
}
