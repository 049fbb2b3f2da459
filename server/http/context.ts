import { randomBytes } from 'node:crypto'
import type { OutgoingHttpHeaders, IncomingMessage } from 'node:http'
import type { Readable } from 'node:stream'
import type { DatabaseError } from '@/lib/database/busy-or-full'
import type { Locale } from '@/lib/i18n/routing'
import { clientIp, subnetOf, type TrustedProxies } from './client-ip'
import { ConcurrencyLimiter } from './concurrency-limit'
import type { NextHandler } from './render'
import { RequestBodyBudget } from './request-body'
import { ResponseCache, type CachedResponse } from './response-cache'
import type { ResponseTraits } from './response-headers'
import type { StaticFile, StaticFiles } from './static-files'
import type { StrippedHtml } from './strip-scripts'

type LogEntry = {
  event: string
  errorId?: string
  status?: number
  reason?: string
  error?: unknown
}

export type HandlerOptions = {
  handle: NextHandler
  /** Scheme, host and port of the public site. */
  origin: string
  /** The origins that forms are accepted from. */
  allowedOrigins: readonly string[]
  /** Whose `X-Forwarded-For` is believed. */
  trustedProxies: TrustedProxies
  staticFiles: StaticFiles
  /** Null: each language's own name for the site. */
  siteName: string | null
  /** Where "Leave this site" leads; null: there is no such link. */
  exitUrl: string | null
  /** The current version of the public content: a cached response of another one is never sent. */
  contentVersion: () => number
  /** Returns 'busy' or 'full' if this render failed because of the database. */
  databaseErrorOf: (errorId: string) => DatabaseError | null
  log: { warn: (entry: LogEntry) => void; error: (entry: LogEntry) => void }
}

/** What is sent, before it is compressed for this client. */
export type Reply = {
  kind: ResponseTraits['kind']
  status: number
  headers?: OutgoingHttpHeaders
  contentType?: string
  body?: Buffer
  /** In place of the body if it is too large to be held in memory. */
  stream?: Readable
  /** The file that the body comes from: its compressed bytes are cached. */
  file?: StaticFile
  /** Of a page that runs scripts. */
  nonce?: string
  /** The entry of the cache, with its compressed bytes. */
  cached?: { target: string; response: CachedResponse }
}

/** What the parts of the request handler share. */
export type Context = Omit<HandlerOptions, 'contentVersion'> & {
  /** Whether the site is served over https. */
  isSecure: boolean
  cache: ResponseCache
  /** The content version and the day; see `createCacheVersion`. */
  cacheVersion: () => number
  /** Public pages that are being rendered, by version and target. */
  rendering: Map<string, Promise<Reply>>
  /** The site's own page for unknown URLs; null if it could not be rendered. */
  notFoundPages: Map<Locale, Promise<Buffer | null>>
  publicLimiter: ConcurrencyLimiter
  protectedLimiter: ConcurrencyLimiter
  downloadLimiter: ConcurrencyLimiter
  bodyBudget: RequestBodyBudget
  /** Kinds of HTML that scripts could not be stripped from, logged once each. */
  shapesLogged: Set<StrippedHtml['shape']>
}

/** Bytes of cached responses; a page is about 8 kB, compressed. */
const CACHE_BYTES = 24 * 1024 * 1024

// Rendering is single-threaded, so concurrent renders only slow each other down. A client that waits has
// asked for something that is not cached, and waits for five seconds at most.
const MAX_PUBLIC_RENDERS = { concurrent: 3, queuedPerSubnet: 250, queued: 2_000 }
const MAX_PROTECTED_RENDERS = { concurrent: 12, queuedPerSubnet: 100, queued: 500 }
const MAX_DOWNLOADS = { concurrent: 4, queuedPerSubnet: 20, queued: 100 }

/** As many as sixty of the largest bodies. */
const MAX_BODY_BYTES_IN_FLIGHT = { perSubnet: 16 * 1024 * 1024, total: 64 * 1024 * 1024 }

export function createContext({ contentVersion, ...options }: HandlerOptions): Context {
  return {
    ...options,
    isSecure: options.origin.startsWith('https:'),
    cache: new ResponseCache(CACHE_BYTES),
    cacheVersion: createCacheVersion(contentVersion),
    rendering: new Map(),
    notFoundPages: new Map(),
    publicLimiter: new ConcurrencyLimiter(MAX_PUBLIC_RENDERS),
    protectedLimiter: new ConcurrencyLimiter(MAX_PROTECTED_RENDERS),
    downloadLimiter: new ConcurrencyLimiter(MAX_DOWNLOADS),
    bodyBudget: new RequestBodyBudget(MAX_BODY_BYTES_IN_FLIGHT),
    shapesLogged: new Set(),
  }
}

/**
 * The version that cached responses belong to: the content version and the day, because pages name the
 * day. The database is asked once for all requests of one round of the event loop: a client that has
 * seen a change can only send its next request after that round.
 */
function createCacheVersion(contentVersion: () => number): () => number {
  let current: number | null = null
  const forget = () => {
    current = null
  }
  return () => {
    if (current === null) {
      const day = Math.floor(Date.now() / 86_400_000)
      current = contentVersion() * 1_000_000 + day
      setImmediate(forget)
    }
    return current
  }
}

/** The subnet that a request comes from. */
export function subnetOfRequest(
  { trustedProxies }: Context,
  { socket, headers }: IncomingMessage,
): string {
  const forwardedFor = headers['x-forwarded-for']
  const written = Array.isArray(forwardedFor) ? forwardedFor.join(',') : forwardedFor
  return subnetOf(clientIp(socket.remoteAddress, written, trustedProxies))
}

/** An id by which a visitor's error page and the log can be brought together: 8 hexadecimal digits. */
export function newErrorId(): string {
  return randomBytes(4).toString('hex')
}
