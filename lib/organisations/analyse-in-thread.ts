import { parentPort } from 'node:worker_threads'
import { takePiece, type Piece } from './analysis-piece'
import { toIndexRows } from './search-text'

// The other end of analysis-thread.ts.
parentPort?.on('message', (piece: Piece) => {
  const rows = takePiece(piece) ? toIndexRows(piece.profiles) : null
  parentPort?.postMessage(rows, rows === null ? [] : [rows.text.buffer])
})
// It has begun.
parentPort?.postMessage(null)
