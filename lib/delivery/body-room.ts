type RoomLimits = {
  /** Bytes from one network. */
  each: number
  /** Bytes in all. */
  inAll: number
}

/**
 * Room for the bodies of forms that are being received or worked on: many that come in slowly at once
 * cannot fill the memory, and one network cannot take the room of the others.
 */
export class BodyRoom {
  readonly #limits: RoomLimits
  readonly #used = new Map<string, number>()
  #usedInAll = 0

  constructor(limits: RoomLimits) {
    this.#limits = limits
  }

  /** Takes room for some more bytes; false where there is none. */
  take(network: string, bytes: number): boolean {
    const used = this.#used.get(network) ?? 0
    const isFull = used + bytes > this.#limits.each || this.#usedInAll + bytes > this.#limits.inAll
    if (isFull) return false
    this.#used.set(network, used + bytes)
    this.#usedInAll += bytes
    return true
  }

  /** Gives back what was taken. */
  give(network: string, bytes: number): void {
    const left = (this.#used.get(network) ?? 0) - bytes
    if (left > 0) this.#used.set(network, left)
    else this.#used.delete(network)
    this.#usedInAll -= bytes
  }
}
