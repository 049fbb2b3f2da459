import { parentPort } from 'node:worker_threads'
import { takePiece, type Piece } from './analysis-piece'
import { rowsOfProfiles } from './search-text'

// The other end of analysis-thread.ts.
parentPort?.on('message', (piece: Piece) => {
  parentPort?.postMessage(takePiece(piece) ? rowsOfProfiles(piece.profiles) : null)
})
// It has begun.
parentPort?.postMessage(null)
