import { IncomingMessage, ServerResponse } from 'node:http'
import { Socket } from 'node:net'
import { PassThrough, type Readable } from 'node:stream'
import { keepHead, type Answer, type Asked, type Handle } from './ask-next'

/** An answer whose body comes while it is being sent. */
export type StreamedAnswer = Omit<Answer, 'body'> & { body: Readable }

/** Hands what is written on as it comes, no faster than it is read. */
class PassedResponse extends ServerResponse {
  readonly body = new PassThrough()
  #isHeadWritten = false
  readonly answer: Promise<StreamedAnswer>
  #resolve: (answer: StreamedAnswer) => void = () => undefined
  #reject: (error: Error) => void = () => undefined

  constructor(request: IncomingMessage) {
    super(request)
    this.answer = new Promise((resolve, reject) => {
      this.#resolve = resolve
      this.#reject = reject
    })
    // Node's own getters look at a head and a connection that this class never has.
    Object.defineProperty(this, 'headersSent', { get: () => this.#isHeadWritten })
    Object.defineProperty(this, 'writableFinished', { get: () => this.body.writableFinished })
    this.body.on('drain', () => this.emit('drain'))
    this.body.once('finish', () => this.emit('finish'))
    this.body.once('close', () => this.destroy())
    // Whoever reads the body hears of it; nobody else has to.
    this.body.on('error', () => undefined)
  }

  #begin() {
    if (this.#isHeadWritten) return
    this.#isHeadWritten = true
    const headers: Record<string, string | string[]> = {}
    for (const [name, value] of Object.entries(this.getHeaders())) {
      if (value !== undefined) headers[name] = Array.isArray(value) ? value : String(value)
    }
    this.#resolve({ status: this.statusCode, headers, body: this.body })
  }

  override writeHead(status: number, ...rest: unknown[]): this {
    keepHead(this, status, rest)
    return this
  }

  override flushHeaders() {
    this.#begin()
  }

  override write(chunk: unknown): boolean {
    this.#begin()
    if (this.body.destroyed) return true
    // A copy: Next may use its buffer again after the write.
    return this.body.write(typeof chunk === 'string' ? chunk : Buffer.from(chunk as Uint8Array))
  }

  override end(chunk?: unknown): this {
    this.#begin()
    if (typeof chunk === 'string' || chunk instanceof Uint8Array) this.write(chunk)
    this.body.end()
    return this
  }

  override destroy(error?: Error): this {
    if (this.destroyed) return this
    this.destroyed = true
    this.#reject(error ?? new Error('The response was destroyed'))
    this.body.destroy(error)
    this.emit('close')
    return this
  }
}

/**
 * Asks Next as `askNext` does, and gives the answer as soon as its head is known: for answers that
 * are too long to be kept. Destroying the body, and `signal`, stop Next.
 *
 * The promise rejects when Next throws or hangs up before there is an answer; afterwards the body
 * fails.
 */
export function streamNext(
  handle: Handle,
  asked: Asked,
  signal: AbortSignal,
): Promise<StreamedAnswer> {
  const request = new IncomingMessage(new Socket())
  request.method = asked.method
  request.url = asked.target
  request.headers = asked.headers
  request.httpVersion = '1.1'
  request.httpVersionMajor = 1
  request.httpVersionMinor = 1
  request.complete = true
  request.push(null)
  const response = new PassedResponse(request)
  const abandon = () => response.destroy(new Error('The visitor has gone'))
  signal.addEventListener('abort', abandon, { once: true })
  response.once('close', () => signal.removeEventListener('abort', abandon))
  Promise.resolve(handle(request, response)).catch((error: unknown) =>
    response.destroy(error instanceof Error ? error : new Error(String(error))),
  )
  return response.answer
}
