import { LRUCache } from 'lru-cache'
import { compress, decompress, type Encoding } from './compress'

/** A cached response in one encoding, ready to be sent. */
export type CachedVariant = {
  body: Buffer
  /** Names and values in turn, as `writeHead` takes them without validating them again. */
  headers: string[]
  /** The headers of a 304. */
  headersNotModified: string[]
}

/** A cached response, with the bytes of every encoding that was asked for, compressed once each. */
export type CachedResponse = {
  status: number
  /** Of the plain body. */
  hash: string
  contentType: string
  /** Bytes of the plain body. */
  length: number
  /** The plain body; null once there is a compressed one, which it can be restored from. */
  body: Buffer | null
  /** Lower-case names; without those that depend on the encoding. */
  headers: Readonly<Record<string, string>>
  variants: Map<Encoding, CachedVariant>
}

/** Bytes of an entry beside its bodies: headers twice, keys, the cache's own fields. */
const OVERHEAD = 3072

/** Share of the bytes for URLs with a query. */
const SHARE_OF_QUERIES = 0.2

/** A response that takes more than this share is not cached: a few of them would evict all others. */
const LARGEST_SHARE = 0.05

/** Brotli makes pages about this many times smaller. */
const COMPRESSION_RATIO = 4

/** Bodies from this size on are compressed with less effort: brotli 11 would take seconds. */
const LONG_BODY = 200_000

/**
 * Public responses of one version of the content, least recently used evicted first. URLs with a query
 * have a cache of their own, so that a flood of made-up queries evicts no page.
 */
export class ResponseCache {
  #version = -1
  readonly #pages: LRUCache<string, CachedResponse>
  readonly #queries: LRUCache<string, CachedResponse>
  /** Variants that are being compressed, so that concurrent requests share one. */
  readonly #compressing = new WeakMap<CachedResponse, Map<Encoding, Promise<CachedVariant>>>()
  readonly #largest: number

  /** @param maxBytes of all bodies in all encodings, about */
  constructor(maxBytes: number) {
    this.#largest = Math.floor(maxBytes * LARGEST_SHARE)
    const ofShare = (share: number) =>
      new LRUCache<string, CachedResponse>({
        maxSize: Math.floor(maxBytes * share),
        sizeCalculation: sizeOf,
      })
    this.#pages = ofShare(1 - SHARE_OF_QUERIES)
    this.#queries = ofShare(SHARE_OF_QUERIES)
  }

  get size(): { responses: number; bytes: number } {
    return {
      responses: this.#pages.size + this.#queries.size,
      bytes: this.#pages.calculatedSize + this.#queries.calculatedSize,
    }
  }

  /** The response for a path and query, if there is one of exactly this version of the content. */
  get(target: string, version: number): CachedResponse | undefined {
    this.#moveTo(version)
    return this.#cacheOf(target).get(target)
  }

  /**
   * Caches a response that was rendered entirely from this version of the content. A large one is
   * compressed first, because its compressed size decides.
   *
   * @param encoding that of the client that asked for it
   */
  async set(
    target: string,
    version: number,
    response: CachedResponse,
    encoding: Encoding,
  ): Promise<void> {
    this.#moveTo(version)
    if (response.length > this.#largest * COMPRESSION_RATIO) return
    if (sizeOf(response) > this.#largest) await this.variant(target, response, encoding)
    if (sizeOf(response) > this.#largest || version !== this.#version) return
    this.#cacheOf(target).set(target, response)
  }

  /** A response in an encoding, compressed at the first call. */
  async variant(
    target: string,
    response: CachedResponse,
    encoding: Encoding,
  ): Promise<CachedVariant> {
    const cached = response.variants.get(encoding)
    if (cached) return cached
    const compressing =
      this.#compressing.get(response) ?? new Map<Encoding, Promise<CachedVariant>>()
    this.#compressing.set(response, compressing)
    let variant = compressing.get(encoding)
    if (!variant) {
      variant = this.#compress(target, response, encoding).finally(() =>
        compressing.delete(encoding),
      )
      compressing.set(encoding, variant)
    }
    return variant
  }

  async #compress(
    target: string,
    response: CachedResponse,
    encoding: Encoding,
  ): Promise<CachedVariant> {
    const plain = response.body ?? (await plainBody(response))
    const body = await compress(plain, encoding, plain.length > LONG_BODY ? 'each' : 'once')
    const variant = { body, ...variantHeaders(response, encoding, body.length) }
    if (encoding !== 'identity') {
      // Nearly every client accepts it compressed, and the plain body is four times as large.
      response.body = null
      response.variants.delete('identity')
    } else if (response.body === null) return variant
    response.variants.set(encoding, variant)
    // Set again because its size has changed; unless it was evicted meanwhile.
    const cache = this.#cacheOf(target)
    if (cache.peek(target) === response && cache.delete(target)) cache.set(target, response)
    return variant
  }

  #cacheOf(target: string) {
    return target.includes('?') ? this.#queries : this.#pages
  }

  #moveTo(version: number) {
    if (version === this.#version) return
    this.#version = version
    this.#pages.clear()
    this.#queries.clear()
  }
}

function variantHeaders(
  { headers, hash }: CachedResponse,
  encoding: Encoding,
  length: number,
): Omit<CachedVariant, 'body'> {
  const suffix = encoding === 'identity' ? '' : `-${encoding}`
  const always = Object.entries({ ...headers, etag: `"${hash}${suffix}"` })
  const ofBody: [string, string][] = [['content-length', String(length)]]
  if (encoding !== 'identity') ofBody.unshift(['content-encoding', encoding])
  return {
    headers: [...always, ...ofBody].flat(),
    headersNotModified: always.filter(([name]) => name !== 'content-type').flat(),
  }
}

async function plainBody({ variants }: CachedResponse): Promise<Buffer> {
  for (const [encoding, { body }] of variants) return decompress(body, encoding)
  throw new Error('neither a plain body nor a compressed one')
}

function sizeOf({ body, variants }: CachedResponse): number {
  let bytes = OVERHEAD + (body?.length ?? 0)
  for (const [encoding, variant] of variants) {
    if (encoding !== 'identity') bytes += variant.body.length
  }
  return bytes
}
