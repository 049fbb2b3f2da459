import type { IncomingMessage } from 'node:http'

type BudgetLimits = {
  /** Bytes in flight from one subnet. */
  perSubnet: number
  /** Bytes in flight in total. */
  total: number
}

/**
 * Limits the memory used by request bodies in flight: many slow uploads can't fill it, and one subnet
 * can't use the share of the others.
 */
export class RequestBodyBudget {
  readonly #limits: BudgetLimits
  readonly #used = new Map<string, number>()
  #total = 0

  constructor(limits: BudgetLimits) {
    this.#limits = limits
  }

  /** Reserves some more bytes; false if there are none left. */
  reserve(subnet: string, bytes: number): boolean {
    const used = this.#used.get(subnet) ?? 0
    if (used + bytes > this.#limits.perSubnet || this.#total + bytes > this.#limits.total) {
      return false
    }
    this.#used.set(subnet, used + bytes)
    this.#total += bytes
    return true
  }

  release(subnet: string, bytes: number): void {
    const left = (this.#used.get(subnet) ?? 0) - bytes
    if (left > 0) this.#used.set(subnet, left)
    else this.#used.delete(subnet)
    this.#total -= bytes
  }
}

/**
 * Reads the whole body of a request.
 *
 * @param maxBytes more than these are `tooLarge`
 * @param reserve asked before each chunk is kept; false makes the result `noRoom`
 * @returns the bytes, or why there are none: `aborted` if the client disconnected
 */
export async function readBody(
  request: IncomingMessage,
  maxBytes: number,
  reserve: (bytes: number) => boolean = () => true,
): Promise<{ ok: true; body: Buffer } | { ok: false; reason: 'tooLarge' | 'noRoom' | 'aborted' }> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = []
    let length = 0
    const take = (chunk: Buffer) => {
      length += chunk.length
      const isTooLarge = length > maxBytes
      if (!isTooLarge && reserve(chunk.length)) {
        chunks.push(chunk)
        return
      }
      // The rest is read and dropped, or the client would never get to read the response.
      request.off('data', take)
      request.resume()
      chunks.length = 0
      resolve({ ok: false, reason: isTooLarge ? 'tooLarge' : 'noRoom' })
    }
    request.on('data', take)
    request.once('end', () => resolve({ ok: true, body: Buffer.concat(chunks) }))
    request.once('close', () => resolve({ ok: false, reason: 'aborted' }))
    request.once('error', () => resolve({ ok: false, reason: 'aborted' }))
  })
}
