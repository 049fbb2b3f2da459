/** Gives a slot back; may be called more than once. */
export type Release = () => void

export type ConcurrencyLimits = {
  /** Slots. */
  concurrent: number
  /** Waiting from one subnet. */
  queuedPerSubnet: number
  /** Waiting in total. */
  queued: number
}

/**
 * Node accepts one connection per round of its event loop (libuv 1.46), and a render blocks it for some
 * milliseconds. Between two renders the loop runs so many rounds, or new visitors would not even be
 * connected before everything that others have asked for is rendered.
 */
const ROUNDS_BETWEEN = 32

/**
 * Limits how much is rendered at once. Who has to wait is queued, and the subnets take turns, however
 * many requests one of them has sent. Cached responses never come here.
 */
export class ConcurrencyLimiter {
  readonly #limits: ConcurrencyLimits
  readonly #queues = new Map<string, ((release: Release | null) => void)[]>()
  #running = 0
  #queued = 0

  constructor(limits: ConcurrencyLimits) {
    this.#limits = limits
  }

  /**
   * Waits for a slot.
   *
   * @param subnet such as `203.0.113.0/24`
   * @param gone aborts if the client disconnects
   * @returns what releases the slot; null if the queue is full or the client has disconnected
   */
  async acquire(subnet: string, gone: AbortSignal): Promise<Release | null> {
    if (this.#running < this.#limits.concurrent) return this.#start()
    const queue = this.#queues.get(subnet) ?? []
    const isFull =
      queue.length >= this.#limits.queuedPerSubnet || this.#queued >= this.#limits.queued
    if (isFull || gone.aborted) return null
    return new Promise((resolve) => {
      const waiter = (release: Release | null) => {
        gone.removeEventListener('abort', leave)
        this.#queued -= 1
        resolve(release)
      }
      const leave = () => {
        const place = queue.indexOf(waiter)
        if (place === -1) return
        queue.splice(place, 1)
        if (queue.length === 0) this.#queues.delete(subnet)
        waiter(null)
      }
      queue.push(waiter)
      this.#queues.set(subnet, queue)
      this.#queued += 1
      gone.addEventListener('abort', leave, { once: true })
    })
  }

  #start(): Release {
    this.#running += 1
    let isReleased = false
    return () => {
      if (isReleased) return
      isReleased = true
      afterRounds(ROUNDS_BETWEEN, () => {
        this.#running -= 1
        this.#startNext()
      })
    }
  }

  #startNext() {
    const first = this.#queues.entries().next().value
    if (!first) return
    const [subnet, queue] = first
    const waiter = queue.shift()
    // The subnet goes to the end of the line.
    this.#queues.delete(subnet)
    if (queue.length > 0) this.#queues.set(subnet, queue)
    waiter?.(this.#start())
  }
}

function afterRounds(rounds: number, then: () => void): void {
  if (rounds === 0) then()
  else setImmediate(afterRounds, rounds - 1, then)
}
