import path from 'node:path'
import { setImmediate as turn } from 'node:timers/promises'
import { Worker } from 'node:worker_threads'
import { env } from '@/lib/env'
import { log } from '@/lib/log'
import { rowsOfProfiles, type ReadProfile } from './search-text'

/** Profiles in one message: it costs little beside them, and nobody waits long for the last. */
const PIECE = 64

type Piece = { profiles: readonly ReadProfile[]; rows?: string }

/**
 * A thread that analyses profiles for the index while this one writes what was analysed before. This
 * one analyses until the other has begun, and where it has failed; the rows are the same.
 */
export class AnalysisThread {
  readonly #worker = new Worker(path.join(env.root, 'cli/analyse-in-thread.mjs'), { execArgv: [] })
  readonly #waiting: Piece[] = []
  readonly #given: Piece[] = []
  #state: 'beginning' | 'working' | 'gone' = 'beginning'
  #waiters: (() => void)[] = []

  constructor() {
    // The first message says that it has begun, each after it answers one of ours, in their order.
    this.#worker.on('message', (rows: string | null) => {
      this.#state = 'working'
      const piece = rows === null ? undefined : this.#given.shift()
      if (piece && rows !== null) piece.rows = rows
      this.#give()
      this.#wake()
    })
    this.#worker.on('error', (error) => log.error({ event: 'analysisThreadFailed', error }))
    this.#worker.on('exit', () => {
      this.#state = 'gone'
      this.#waiting.unshift(...this.#given.splice(0))
      this.#wake()
    })
  }

  /**
   * Begins to analyse.
   *
   * @returns waits for the rows, as `rowsOfProfiles` makes them, in several pieces in the order of the
   *   profiles
   */
  analyse = (profiles: readonly ReadProfile[]): (() => Promise<string[]>) => {
    const pieces: Piece[] = []
    for (let start = 0; start < profiles.length; start += PIECE) {
      pieces.push({ profiles: profiles.slice(start, start + PIECE) })
    }
    this.#waiting.push(...pieces)
    this.#give()
    return async () => {
      const made: string[] = []
      for (const piece of pieces) made.push(await this.#rowsOf(piece))
      return made
    }
  }

  /**
   * Waits until it has begun.
   *
   * @returns whether it analyses now; false where it has failed or was ended
   */
  async begun(): Promise<boolean> {
    while (this.#state === 'beginning') await this.#change()
    return this.#state === 'working'
  }

  /** Ends it; what it has not answered is analysed by whoever waits for it. */
  async end(): Promise<void> {
    await this.#worker.terminate()
  }

  #give(): void {
    if (this.#state !== 'working') return
    for (const piece of this.#waiting.splice(0)) {
      this.#given.push(piece)
      this.#worker.postMessage(piece.profiles)
    }
  }

  async #rowsOf(piece: Piece): Promise<string> {
    for (;;) {
      // Messages come in between two turns.
      await turn()
      if (piece.rows !== undefined) return piece.rows
      const place = this.#waiting.indexOf(piece)
      if (place === -1) await this.#change()
      else {
        this.#waiting.splice(place, 1)
        piece.rows = rowsOfProfiles(piece.profiles)
      }
    }
  }

  async #change(): Promise<void> {
    await new Promise<void>((resolve) => this.#waiters.push(resolve))
  }

  #wake(): void {
    for (const wake of this.#waiters.splice(0)) wake()
  }
}
