import type { IncomingMessage } from 'node:http'

/**
 * Reads the whole body of a request.
 *
 * Takes the request, the most bytes that are kept, and what takes room for some more of them. Gives the
 * bytes, `tooLarge` as soon as there are more, `noRoom` as soon as there is none, or `aborted` where the
 * visitor went away in the middle.
 */
export async function readBody(
  request: IncomingMessage,
  limit: number,
  takeRoom: (bytes: number) => boolean = () => true,
): Promise<{ ok: true; body: Buffer } | { ok: false; reason: 'tooLarge' | 'noRoom' | 'aborted' }> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = []
    let length = 0
    const take = (chunk: Buffer) => {
      length += chunk.length
      const isTooLarge = length > limit
      if (!isTooLarge && takeRoom(chunk.length)) {
        chunks.push(chunk)
        return
      }
      // The rest is read and thrown away, or the visitor would never get to read the answer.
      request.off('data', take)
      request.resume()
      chunks.length = 0
      resolve({ ok: false, reason: isTooLarge ? 'tooLarge' : 'noRoom' })
    }
    request.on('data', take)
    request.once('end', () => resolve({ ok: true, body: Buffer.concat(chunks) }))
    request.once('close', () => resolve({ ok: false, reason: 'aborted' }))
    request.once('error', () => resolve({ ok: false, reason: 'aborted' }))
  })
}
