/** First in, first out: one at a time holds the connection. */
export class Mutex {
  #last: Promise<void> = Promise.resolve()

  /** Waits for its turn; the returned function ends it and may be called more than once. */
  async acquire(): Promise<() => void> {
    const before = this.#last
    let leave = (): void => undefined
    this.#last = new Promise((resolve) => {
      leave = resolve
    })
    await before
    return leave
  }

  /** Runs a task when its turn comes and gives the place free whatever happens. */
  async runExclusive<T>(task: () => Promise<T>): Promise<T> {
    const leave = await this.acquire()
    try {
      return await task()
    } finally {
      leave()
    }
  }
}
