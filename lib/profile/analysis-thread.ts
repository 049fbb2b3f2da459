import { once } from 'node:events'
import path from 'node:path'
import { setImmediate as turn } from 'node:timers/promises'
import { Worker } from 'node:worker_threads'
import { env } from '@/lib/env'
import { rowsOfProfiles, type ReadProfile } from './search-text'

/** Profiles in one message: it costs little beside them, and nobody waits long for the last. */
const PIECE = 64

type Piece = { profiles: readonly ReadProfile[]; rows?: string }

/**
 * A thread that analyses profiles for the index while this one writes what was analysed before. Until
 * it has begun, this one analyses, too; the rows are the same whoever makes them.
 */
export class AnalysisThread {
  readonly #worker = new Worker(path.join(env.root, 'cli/analyse-in-thread.mjs'))
  readonly #waiting: Piece[] = []
  readonly #given: Piece[] = []
  #hasBegun = false
  #fault: Error | undefined
  #wake: () => void = () => {}

  constructor() {
    // The first message says that it has begun, each after it answers one of ours, in their order.
    this.#worker.once('message', () => {
      this.#hasBegun = true
      this.#give()
      this.#worker.on('message', (rows: string) => {
        const piece = this.#given.shift()
        if (piece) piece.rows = rows
        this.#wake()
      })
    })
    this.#worker.on('error', (fault) => {
      this.#fault = fault
      this.#wake()
    })
  }

  /**
   * Begins to analyse.
   *
   * @returns waits for the rows, as `rowsOfProfiles` makes them, in several pieces in the order of the
   *   profiles; throws what ended the thread
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

  /** Resolves when it analyses by itself. */
  async begun(): Promise<void> {
    if (!this.#hasBegun) await once(this.#worker, 'message')
  }

  async end(): Promise<void> {
    await this.#worker.terminate()
  }

  #give(): void {
    if (!this.#hasBegun) return
    for (const piece of this.#waiting.splice(0)) {
      this.#given.push(piece)
      this.#worker.postMessage(piece.profiles)
    }
  }

  async #rowsOf(piece: Piece): Promise<string> {
    for (;;) {
      // Messages come in between two turns.
      await turn()
      if (this.#fault) throw this.#fault
      if (piece.rows !== undefined) return piece.rows
      const own = this.#waiting.shift()
      if (own) own.rows = rowsOfProfiles(own.profiles)
      else {
        await new Promise<void>((resolve) => {
          this.#wake = resolve
        })
      }
    }
  }
}
