import { routing, type Locale } from '@/lib/i18n/routing'

/** What answers a URL; response headers, methods and the format of errors depend on it. */
export type RouteKind =
  'root' | 'page' | 'protected' | 'api' | 'data' | 'download' | 'health' | 'unknown'

export type Route = {
  kind: RouteKind
  /** The language in the first segment; null if there is none. */
  locale: Locale | null
  /** As received, still percent-encoded; begins with a slash. */
  path: string
  /** Without Next's internal parameters; empty or beginning with `?`. */
  query: string
  /** False if no route can answer it, whatever its first segment is. */
  isRoutable: boolean
}

const dataSegments: ReadonlySet<string> = new Set(['robots.txt', 'sitemap.xml', 'sitemap'])
/** Whole lists as files: too large to be held in memory, so they are streamed. */
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
      // No page knows a name that does not decode, and decoding it later may throw.
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
 * Finds the kind of route that a request is for.
 *
 * @param target of the request line, as Node gives it
 * @returns the route, with `isRoutable: false` if none can answer (unknown first segment, empty or dotted
 *   segments, encoded slashes, control characters); `malformed` if the target is no origin-form path
 *   (RFC 9112 3.2.1) or does not decode. Kind and language then still are those of the first segment, so
 *   that the error has the right format.
 */
export function matchRoute(
  target: string,
): { ok: true; route: Route } | { ok: false; reason: 'malformed'; route: Route } {
  const [beforeQuery, ...rest] = target.split('?')
  const path = beforeQuery ?? '/'
  const query = withoutInternalParameters(rest.join('?'))
  if (path === '/') {
    return { ok: true, route: { kind: 'root', locale: null, path, query, isRoutable: true } }
  }
  const segments = path.slice(1).split('/')
  const [first, second] = segments
  const locale = isLocale(first) ? first : null
  const isDownload = locale !== null && downloads.test(segments.slice(1).join('/'))
  const kind = isDownload ? 'download' : kindOf(first, second, locale)
  const malformed = {
    ok: false as const,
    reason: 'malformed' as const,
    route: { kind, locale, path, query, isRoutable: false },
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
    route: { kind, locale, path, query, isRoutable: isRoutable && kind !== 'unknown' },
  }
}

function kindOf(
  first: string | undefined,
  second: string | undefined,
  locale: Locale | null,
): RouteKind {
  if (locale) return isProtected(second) ? 'protected' : 'page'
  if (first === 'api') return 'api'
  if (first === 'healthz' || first === 'readyz') return 'health'
  return first !== undefined && dataSegments.has(first) ? 'data' : 'unknown'
}

/** The part for people who sign in or have a link: it may set cookies, takes forms, is never cached. */
function isProtected(segmentAfterLocale: string | undefined): boolean {
  return segmentAfterLocale !== undefined && protectedSegments.has(segmentAfterLocale)
}

/** The methods that a kind of route answers, for the `Allow` header. */
export function allowedMethods(kind: RouteKind): readonly string[] {
  return kind === 'protected' ? ['GET', 'HEAD', 'POST', 'OPTIONS'] : ['GET', 'HEAD', 'OPTIONS']
}
