import path from 'node:path'
import { setImmediate as turn } from 'node:timers/promises'
import { Worker } from 'node:worker_threads'
import { env } from '@/lib/env'
import { log } from '@/lib/log'
import type { IndexRows } from '@/lib/search/analyze'
import { newPiece, takePiece, type Piece } from './analysis-piece'
import { toIndexRows, type ProfileToIndex } from './search-text'

/** Profiles in one message: it costs little beside them, and nobody waits long for the last. */
const PIECE = 64

type Asked = Piece & { rows?: IndexRows }

/**
 * A thread that analyses profiles for the index while this one writes what was analysed before.
 * Whoever waits for rows takes part, and does all of it while the thread begins and where it has
 * failed; the rows are the same.
 */
export class AnalysisThread {
  readonly #worker = new Worker(path.join(env.root, 'cli/analyse-in-thread.mjs'), { execArgv: [] })
  /** Not answered yet, in the order in which they were posted. */
  readonly #asked: Asked[] = []
  #state: 'beginning' | 'working' | 'gone' = 'beginning'
  #waiters: (() => void)[] = []

  constructor() {
    this.#worker.once('message', () => {
      this.#state = 'working'
      this.#wake()
      this.#worker.on('message', (rows: IndexRows | null) => {
        const piece = this.#asked.shift()
        if (piece && rows !== null) piece.rows = rows
        this.#wake()
      })
    })
    this.#worker.on('error', (error) => log.error({ event: 'analysisThreadFailed', error }))
    this.#worker.on('exit', () => {
      this.#state = 'gone'
      this.#asked.length = 0
      this.#wake()
    })
  }

  /**
   * Begins to analyse.
   *
   * @returns waits for the rows, as `rowsOfProfiles` makes them, in several pieces in the order of the
   *   profiles
   */
  analyse = (profiles: readonly ProfileToIndex[]): (() => Promise<IndexRows[]>) => {
    const pieces: Asked[] = []
    for (let start = 0; start < profiles.length; start += PIECE) {
      pieces.push(newPiece(profiles.slice(start, start + PIECE)))
    }
    for (const piece of this.#state === 'gone' ? [] : pieces) {
      this.#asked.push(piece)
      this.#worker.postMessage(piece)
    }
    return async () => {
      const made: IndexRows[] = []
      for (const piece of pieces) made.push(await this.#rowsOf(piece, pieces))
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

  async #rowsOf(piece: Asked, pieces: readonly Asked[]): Promise<IndexRows> {
    for (;;) {
      // Messages come in between two turns.
      await turn()
      if (piece.rows !== undefined) return piece.rows
      const next = pieces.find(takePiece) ?? (this.#state === 'gone' ? piece : undefined)
      if (next) next.rows = toIndexRows(next.profiles)
      else await this.#change()
    }
  }

  async #change(): Promise<void> {
    await new Promise<void>((resolve) => this.#waiters.push(resolve))
  }

  #wake(): void {
    for (const wake of this.#waiters.splice(0)) wake()
  }
}
