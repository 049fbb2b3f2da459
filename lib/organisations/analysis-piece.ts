import type { ProfileToIndex } from './search-text'

/** Profiles that the thread or the one who waits for them analyses: whoever takes the piece first. */
export type Piece = {
  profiles: readonly ProfileToIndex[]
  /** Shared between the threads: 0, and 1 once it is taken. */
  taken: Int32Array
}

/** @returns a piece that nobody has taken */
export function newPiece(profiles: readonly ProfileToIndex[]): Piece {
  return { profiles, taken: new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT)) }
}

/** @returns whether it is the caller who has to analyse it */
export function takePiece({ taken }: Piece): boolean {
  return Atomics.exchange(taken, 0, 1) === 0
}
