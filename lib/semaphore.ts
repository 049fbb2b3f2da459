/** Lets a limited number of tasks run at the same time; the others wait in order of arrival. */
export class Semaphore {
  readonly #waiting: (() => void)[] = []
  #free: number

  /** @param permits how many tasks may run at the same time; 1 makes it a mutex */
  constructor(permits: number) {
    this.#free = permits
  }

  /**
   * Waits for a permit.
   *
   * @returns releases the permit; calling it again does nothing
   */
  async acquire(): Promise<() => void> {
    if (this.#free > 0) this.#free--
    else await new Promise<void>((resolve) => this.#waiting.push(resolve))
    let isHeld = true
    return () => {
      if (!isHeld) return
      isHeld = false
      const next = this.#waiting.shift()
      if (next) next()
      else this.#free++
    }
  }

  /** Runs a task while holding a permit, and releases the permit even if the task fails. */
  async run<Result>(task: () => Promise<Result>): Promise<Result> {
    const release = await this.acquire()
    try {
      return await task()
    } finally {
      release()
    }
  }
}
