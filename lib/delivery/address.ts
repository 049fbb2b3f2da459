import { routing, type Locale } from '@/lib/i18n/routing'

/** What an address is for; headers, methods and error formats follow from it. */
export type Kind =
  'root' | 'page' | 'protected' | 'api' | 'data' | 'download' | 'health' | 'unknown'

export type Address = {
  kind: Kind
  /** The language that the address names, if it names one. */
  locale: Locale | null
  /** As it came, still percent-encoded; begins with one slash. */
  path: string
  /** Without the framework's own parameters; empty or beginning with `?`. */
  query: string
  /** False where no route of ours can answer, whatever its first segment says. */
  isRoutable: boolean
}

const dataSegments: ReadonlySet<string> = new Set(['robots.txt', 'sitemap.xml', 'sitemap'])
/** Whole lists as files: too long to be kept before they are sent. */
const downloads = /^organisations\/list\.(csv|json)$/
const protectedSegments: ReadonlySet<string> = new Set(['admin', 'propose', 'sign-in'])

// Parameters through which Next hands itself route parameters and render modes
// (next/dist/server/server-utils.js, client/components/app-router-headers.js, 16.4.6).
const internalParameter = /^(_rsc|nxtP.*|nxtI.*|__next.*)$/

function isLocale(segment: string | undefined): segment is Locale {
  return routing.locales.some((locale) => locale === segment)
}

function withoutInternalParameters(query: string): string {
  const kept = query.split('&').filter((pair) => {
    const name = pair.split('=', 1)[0] ?? ''
    try {
      return pair !== '' && !internalParameter.test(decodeURIComponent(name.replaceAll('+', ' ')))
    } catch {
      // A name that does not decode is nobody's parameter, and decoding it later may throw.
      return false
    }
  })
  return kept.length === 0 ? '' : `?${kept.join('&')}`
}

function isControlled(text: string): boolean {
  // eslint-disable-next-line no-control-regex -- control characters are exactly what is looked for
  return /[\u0000-\u001f\u007f/\\]/.test(text)
}

/**
 * Reads the target of a request.
 *
 * Takes the request line's target as Node gives it. Gives its parts, with `isRoutable: false` where
 * no route of ours can answer (unknown first segment, empty or dotted segments, encoded slashes and
 * control characters), or `malformed` where it is no origin-form path or does not decode; its kind
 * and language are those of the first segment all the same, so that the answer has the right form.
 */
export function parseAddress(
  target: string,
): { ok: true; address: Address } | { ok: false; reason: 'malformed'; address: Address } {
  const [beforeQuery, ...rest] = target.split('?')
  const path = beforeQuery ?? '/'
  const query = withoutInternalParameters(rest.join('?'))
  if (path === '/') {
    return { ok: true, address: { kind: 'root', locale: null, path, query, isRoutable: true } }
  }
  const segments = path.slice(1).split('/')
  const [first, second] = segments
  const locale = isLocale(first) ? first : null
  const isDownload = locale !== null && downloads.test(segments.slice(1).join('/'))
  const kind = isDownload ? 'download' : kindOf(first, second, locale)
  const malformed = {
    ok: false as const,
    reason: 'malformed' as const,
    address: { kind, locale, path, query, isRoutable: false },
  }
  if (!target.startsWith('/')) return malformed
  let decoded: string[]
  try {
    decoded = segments.map((segment) => decodeURIComponent(segment))
  } catch {
    return malformed
  }
  const isRoutable = decoded.every(
    (segment, index) =>
      !isControlled(segment) &&
      segment !== '.' &&
      segment !== '..' &&
      // An empty segment at the end is a trailing slash, which Next redirects.
      (segment !== '' || (index > 0 && index === decoded.length - 1)),
  )
  return {
    ok: true,
    address: { kind, locale, path, query, isRoutable: isRoutable && kind !== 'unknown' },
  }
}

function kindOf(
  first: string | undefined,
  second: string | undefined,
  locale: Locale | null,
): Kind {
  if (locale) return isProtected(second) ? 'protected' : 'page'
  if (first === 'api') return 'api'
  if (first === 'healthz' || first === 'readyz') return 'health'
  return first !== undefined && dataSegments.has(first) ? 'data' : 'unknown'
}

/** The part that asks who someone is: it may set cookies, take forms, and is never stored. */
function isProtected(segmentAfterLocale: string | undefined): boolean {
  return segmentAfterLocale !== undefined && protectedSegments.has(segmentAfterLocale)
}

/** The methods that an address answers, as for the `Allow` header. */
export function allowedMethods(kind: Kind): readonly string[] {
  return kind === 'protected' ? ['GET', 'HEAD', 'POST', 'OPTIONS'] : ['GET', 'HEAD', 'OPTIONS']
}
