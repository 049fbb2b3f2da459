import { compress, type Encoding } from './compress'

/**
 * Bodies that are the same for everybody who gets them, made and compressed once. The refusals of
 * whoever asks for too much are: each made anew would cost more than what it refuses.
 */
export class SameBodies {
  readonly #bodies = new Map<string, Buffer>()
  readonly #compressed = new Map<Buffer, Map<Encoding, Promise<Buffer>>>()

  /**
   * The body of this name, made where it was not asked for before.
   *
   * @param name one of a small number; what a visitor sends is in no name
   */
  get(name: string, make: () => string): Buffer {
    const known = this.#bodies.get(name)
    if (known) return known
    const body = Buffer.from(make())
    this.#bodies.set(name, body)
    this.#compressed.set(body, new Map())
    return body
  }

  /** Compresses a body: any, but those from `get` once only. */
  compress(body: Buffer, encoding: Encoding): Promise<Buffer> {
    const known = this.#compressed.get(body)
    if (!known) return compress(body, encoding, 'each')
    const made = known.get(encoding) ?? compress(body, encoding, 'once')
    known.set(encoding, made)
    return made
  }
}
