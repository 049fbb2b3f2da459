/** Ends a turn; may be called more than once. */
export type EndTurn = () => void

export type TurnLimits = {
  /** Turns at once. */
  atOnce: number
  /** Waiting from one network. */
  waitingEach: number
  /** Waiting in all. */
  waitingInAll: number
}

/**
 * Node takes in one new connection each time its event loop comes round (seen with libuv 1.46), and work
 * that holds the loop lets it come round a few times a second. So often it comes round before the next turn
 * begins, or whoever is new would wait for all that others have asked for before being heard at all.
 */
const ROUNDS = 32

/**
 * Turns at work that cannot be had from memory, shared fairly between networks: each network with
 * somebody waiting gets one turn after the other, however many it has sent. Who reads what is kept
 * never comes here.
 */
export class Turns {
  readonly #limits: TurnLimits
  readonly #waiting = new Map<string, ((end: EndTurn | null) => void)[]>()
  #running = 0
  #waitingInAll = 0

  constructor(limits: TurnLimits) {
    this.#limits = limits
  }

  /**
   * Waits for a turn.
   *
   * @param network such as `203.0.113.0/24`
   * @param gone aborts where the visitor does not wait any longer
   * @returns what ends the turn, or null where too many are waiting already or the visitor has gone
   */
  async take(network: string, gone: AbortSignal): Promise<EndTurn | null> {
    if (this.#running < this.#limits.atOnce) return this.#start()
    const queue = this.#waiting.get(network) ?? []
    const isTooMany =
      queue.length >= this.#limits.waitingEach || this.#waitingInAll >= this.#limits.waitingInAll
    if (isTooMany || gone.aborted) return null
    return new Promise((resolve) => {
      const waiter = (end: EndTurn | null) => {
        gone.removeEventListener('abort', leave)
        this.#waitingInAll -= 1
        resolve(end)
      }
      const leave = () => {
        const place = queue.indexOf(waiter)
        if (place === -1) return
        queue.splice(place, 1)
        if (queue.length === 0) this.#waiting.delete(network)
        waiter(null)
      }
      queue.push(waiter)
      this.#waiting.set(network, queue)
      this.#waitingInAll += 1
      gone.addEventListener('abort', leave, { once: true })
    })
  }

  #start(): EndTurn {
    this.#running += 1
    let isEnded = false
    return () => {
      if (isEnded) return
      isEnded = true
      afterRounds(ROUNDS, () => {
        this.#running -= 1
        this.#next()
      })
    }
  }

  #next() {
    const first = this.#waiting.entries().next().value
    if (!first) return
    const [network, queue] = first
    const waiter = queue.shift()
    // To the end of the line of networks.
    this.#waiting.delete(network)
    if (queue.length > 0) this.#waiting.set(network, queue)
    waiter?.(this.#start())
  }
}

function afterRounds(rounds: number, then: () => void): void {
  if (rounds === 0) then()
  else setImmediate(afterRounds, rounds - 1, then)
}
