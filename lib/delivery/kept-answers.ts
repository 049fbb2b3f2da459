import { LRUCache } from 'lru-cache'
import { compress, decompress, type Encoding } from './compress'
import { RequestCounts } from './request-counts'

/** One variant of a kept answer, ready to be sent. */
export type KeptVariant = {
  body: Buffer
  /** Names and values in turn, as Node writes them without looking at them again. */
  headers: string[]
  /** The headers of an answer that says only that nothing has changed. */
  headersNotModified: string[]
}

/** A whole public answer, with the bytes of every encoding that was asked for, made once each. */
export type KeptAnswer = {
  status: number
  /** Of the plain body. */
  hash: string
  contentType: string
  /** Bytes of the plain body. */
  length: number
  /** The plain body; null once there is a compressed one, which it can be had from again. */
  body: Buffer | null
  /** Lower-case names; without those that depend on the encoding. */
  headers: Readonly<Record<string, string>>
  variants: Map<Encoding, KeptVariant>
}

/** Beside its body, in bytes: headers twice, keys, the cache's own books. */
const OVERHEAD = 3072

/** Of all bytes, how many are for addresses that have not yet been asked for twice. */
const SHARE_OF_NEW = 0.2

/** What takes more than this is made each time: few of them would push out everything else. */
const LARGEST_SHARE = 0.05

/** A page becomes about so many times smaller; what is kept has to be unpacked for who takes no compression. */
const COMPRESSED_TO = 4

/**
 * Public answers of one version of the content.
 *
 * Bounded in bytes. What is asked for again moves from a small part into a large one, and only takes
 * the place there of something that is asked for less: a flood of addresses that are asked for once,
 * or twice, pushes out nothing that readers come back to.
 */
export class KeptAnswers {
  #version = -1
  readonly #largest: number
  readonly #new: LRUCache<string, KeptAnswer>
  readonly #useful: LRUCache<string, KeptAnswer>
  readonly #counts = new RequestCounts(1 << 16)
  /** Variants that are being made, so that all who wait for one share it. */
  readonly #making = new WeakMap<KeptAnswer, Map<Encoding, Promise<KeptVariant>>>()

  /** @param maxBytes of all bodies in all their encodings, about */
  constructor(maxBytes: number) {
    this.#largest = Math.floor(maxBytes * LARGEST_SHARE)
    const ofShare = (share: number) =>
      new LRUCache<string, KeptAnswer>({
        maxSize: Math.floor(maxBytes * share),
        sizeCalculation: sizeOf,
      })
    this.#new = ofShare(SHARE_OF_NEW)
    this.#useful = ofShare(1 - SHARE_OF_NEW)
  }

  /** How many answers and bytes are kept now. */
  get size(): { answers: number; bytes: number } {
    return {
      answers: this.#new.size + this.#useful.size,
      bytes: this.#new.calculatedSize + this.#useful.calculatedSize,
    }
  }

  /** The answer at an address, where there is one of this very version of the content. */
  get(address: string, version: number): KeptAnswer | undefined {
    this.#moveTo(version)
    return this.#useful.get(address) ?? this.#new.get(address)
  }

  /** Counts that an answer is sent to somebody, whether it is kept or not. */
  use(address: string, answer: KeptAnswer): void {
    this.#counts.add(address)
    if (this.#new.peek(address) === answer) this.#promote(address, answer)
  }

  /**
   * Keeps an answer that was made entirely from this version of the content. One that is large is
   * compressed first: by those bytes it is judged.
   *
   * @param encoding that of whoever has asked for it
   */
  async keep(
    address: string,
    version: number,
    answer: KeptAnswer,
    encoding: Encoding,
  ): Promise<void> {
    this.#moveTo(version)
    if (answer.length > this.#largest * COMPRESSED_TO) return
    if (sizeOf(answer) > this.#largest) await this.variant(address, answer, encoding)
    const size = sizeOf(answer)
    if (size > this.#largest || version !== this.#version) return
    // While there is room for all, nobody has to prove anything.
    const part =
      this.#useful.calculatedSize + size <= this.#useful.maxSize ? this.#useful : this.#new
    part.set(address, answer)
  }

  /** The bytes of an answer in an encoding; made at the first call and kept with it. */
  async variant(address: string, answer: KeptAnswer, encoding: Encoding): Promise<KeptVariant> {
    const kept = answer.variants.get(encoding)
    if (kept) return kept
    const making = this.#making.get(answer) ?? new Map<Encoding, Promise<KeptVariant>>()
    this.#making.set(answer, making)
    let variant = making.get(encoding)
    if (!variant) {
      variant = this.#make(address, answer, encoding).finally(() => making.delete(encoding))
      making.set(encoding, variant)
    }
    return variant
  }

  async #make(address: string, answer: KeptAnswer, encoding: Encoding): Promise<KeptVariant> {
    const plain = answer.body ?? (await plainBody(answer))
    const body = await compress(plain, encoding, plain.length > 200_000 ? 'each' : 'once')
    const variant = { body, ...variantHeaders(answer, encoding, body.length) }
    if (encoding !== 'identity') {
      // Nearly everybody takes it compressed, and plain it is four times as large.
      answer.body = null
      answer.variants.delete('identity')
    } else if (answer.body === null) return variant
    answer.variants.set(encoding, variant)
    // Its size has changed; where it is gone in the meantime it stays so.
    for (const part of [this.#new, this.#useful]) {
      if (part.peek(address) === answer && part.delete(address)) part.set(address, answer)
    }
    return variant
  }

  #moveTo(version: number) {
    if (version === this.#version) return
    this.#version = version
    this.#new.clear()
    this.#useful.clear()
  }

  #promote(address: string, answer: KeptAnswer) {
    const isFull = this.#useful.calculatedSize + sizeOf(answer) > this.#useful.maxSize
    if (isFull) {
      const [leastUsed] = this.#useful.rkeys()
      const isAskedForMore =
        leastUsed === undefined || this.#counts.of(address) > this.#counts.of(leastUsed)
      if (!isAskedForMore) return
    }
    this.#new.delete(address)
    this.#useful.set(address, answer)
  }
}

function variantHeaders(
  { headers, hash }: KeptAnswer,
  encoding: Encoding,
  length: number,
): Omit<KeptVariant, 'body'> {
  const suffix = encoding === 'identity' ? '' : `-${encoding}`
  const always = Object.entries({ ...headers, etag: `"${hash}${suffix}"` })
  const ofBody: [string, string][] = [['content-length', String(length)]]
  if (encoding !== 'identity') ofBody.unshift(['content-encoding', encoding])
  const all = [...always, ...ofBody]
  return {
    headers: all.flat(),
    headersNotModified: always.filter(([name]) => name !== 'content-type').flat(),
  }
}

async function plainBody({ variants }: KeptAnswer): Promise<Buffer> {
  for (const [encoding, { body }] of variants) return decompress(body, encoding)
  throw new Error('neither a plain body nor a compressed one')
}

function sizeOf({ body, variants }: KeptAnswer): number {
  let bytes = OVERHEAD + (body?.length ?? 0)
  for (const [encoding, variant] of variants) {
    if (encoding !== 'identity') bytes += variant.body.length
  }
  return bytes
}
