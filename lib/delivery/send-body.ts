import type { ServerResponse } from 'node:http'
import { pipeline, Readable } from 'node:stream'

/** What the system takes at once for somebody who reads slowly, about. */
const PIECE = 64 * 1024

/** Whether a body is sent in more than one piece. */
export function isLong(body: Buffer): boolean {
  return body.length > PIECE
}

/**
 * Ends a response with a body. A long one goes in pieces: of one that is handed over whole, nobody can see
 * whether the other side takes it.
 */
export function sendBody(response: ServerResponse, body: Buffer): void {
  if (!isLong(body)) {
    response.end(body)
    return
  }
  // Whoever has gone does not want the rest.
  pipeline(Readable.from(pieces(body)), response, () => undefined)
}

function* pieces(body: Buffer) {
  for (let from = 0; from < body.length; from += PIECE) yield body.subarray(from, from + PIECE)
}
