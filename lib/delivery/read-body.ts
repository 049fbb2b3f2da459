import type { IncomingMessage } from 'node:http'

/**
 * Reads the whole body of a request.
 *
 * Takes the request and the most bytes that are kept. Gives the bytes, `tooLarge` as soon as there
 * are more, or `aborted` where the visitor went away in the middle.
 */
export async function readBody(
  request: IncomingMessage,
  limit: number,
): Promise<{ ok: true; body: Buffer } | { ok: false; reason: 'tooLarge' | 'aborted' }> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = []
    let length = 0
    const take = (chunk: Buffer) => {
      length += chunk.length
      if (length <= limit) {
        chunks.push(chunk)
        return
      }
      // The rest is read and thrown away, or the visitor would never get to read the answer.
      request.off('data', take)
      request.resume()
      resolve({ ok: false, reason: 'tooLarge' })
    }
    request.on('data', take)
    request.once('end', () => resolve({ ok: true, body: Buffer.concat(chunks) }))
    request.once('close', () => resolve({ ok: false, reason: 'aborted' }))
    request.once('error', () => resolve({ ok: false, reason: 'aborted' }))
  })
}
