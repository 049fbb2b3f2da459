/** Counts are halved after this many requests for each place in the table. */
const REQUESTS_PER_PLACE = 8
const HIGHEST = 255

/**
 * About how often each address was asked for lately, in a table of fixed size: counts may be too
 * high where addresses share places, never too low (a count-min sketch, Cormode and Muthukrishnan
 * 2005), and fade, so that what was popular once does not stay for ever (as in TinyLFU).
 */
export class RequestCounts {
  readonly #table: Uint8Array
  readonly #mask: number
  #requests = 0

  /** @param places a power of two: bytes of memory */
  constructor(places: number) {
    this.#table = new Uint8Array(places)
    this.#mask = places - 1
  }

  /** One more request. */
  add(address: string): void {
    const [a, b, c] = this.#placesOf(address)
    for (const place of [a, b, c]) {
      const count = this.#table[place] ?? 0
      if (count < HIGHEST) this.#table[place] = count + 1
    }
    this.#requests += 1
    if (this.#requests >= this.#table.length * REQUESTS_PER_PLACE) this.#fade()
  }

  /** How often, at most. */
  of(address: string): number {
    return Math.min(...this.#placesOf(address).map((place) => this.#table[place] ?? 0))
  }

  #placesOf(address: string): [number, number, number] {
    // FNV-1a, then two further places from the same hash.
    let hash = 0x811c9dc5
    for (let at = 0; at < address.length; at++) {
      hash = Math.imul(hash ^ address.charCodeAt(at), 0x01000193)
    }
    const second = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d)
    const third = Math.imul(second ^ (second >>> 12), 0x297a2d39)
    return [hash & this.#mask, (second >>> 7) & this.#mask, (third >>> 3) & this.#mask]
  }

  #fade() {
    this.#requests = 0
    for (let place = 0; place < this.#table.length; place++) {
      this.#table[place] = (this.#table[place] ?? 0) >> 1
    }
  }
}
