import { IncomingMessage, ServerResponse, type IncomingHttpHeaders } from 'node:http'
import { Socket } from 'node:net'
import { PassThrough, type Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'

/** Next's request handler, or any function of its shape. */
export type NextHandler = (
  request: IncomingMessage,
  response: ServerResponse,
) => Promise<void> | void

export type RenderRequest = {
  method: string
  /** Path and query. */
  target: string
  headers: IncomingHttpHeaders
  body: Buffer | null
}

/** A response whose body arrives while it is rendered. */
export type StreamedResponse = {
  status: number
  headers: Readonly<Record<string, string | string[]>>
  body: Readable
}

export type RenderedResponse = Omit<StreamedResponse, 'body'> & { body: Buffer }

type Callback = (error?: Error | null) => void

const callbackAmong = (...given: unknown[]) =>
  given.find((argument): argument is Callback => typeof argument === 'function')

const encodingOf = (given: unknown) =>
  typeof given === 'string' && Buffer.isEncoding(given) ? given : 'utf8'

/** Writes into a stream instead of a connection, no faster than the stream is read. */
class CapturedResponse extends ServerResponse {
  readonly body = new PassThrough()
  /** Settles as soon as the head is complete. */
  readonly response: Promise<StreamedResponse>
  #isHeadWritten = false
  #resolve: (response: StreamedResponse) => void = () => undefined
  #reject: (error: Error) => void = () => undefined

  constructor(request: IncomingMessage) {
    super(request)
    this.response = new Promise((resolve, reject) => {
      this.#resolve = resolve
      this.#reject = reject
    })
    // Node's own getters need a head and a connection, which this class never has.
    Object.defineProperty(this, 'headersSent', { get: () => this.#isHeadWritten })
    Object.defineProperty(this, 'writableFinished', { get: () => this.body.writableFinished })
    this.body.on('drain', () => this.emit('drain'))
    this.body.once('finish', () => this.emit('finish'))
    this.body.once('close', () => this.#close())
    // Without a listener, an error of the body that nobody reads yet would end the process.
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
    captureHead(this, status, rest)
    return this
  }

  override flushHeaders() {
    this.#begin()
  }

  override write(chunk: unknown, encodingOrDone?: unknown, done?: unknown): boolean {
    this.#begin()
    if (this.body.destroyed) return true
    const callback = callbackAmong(encodingOrDone, done)
    if (typeof chunk === 'string') {
      return this.body.write(chunk, encodingOf(encodingOrDone), callback)
    }
    // A copy: Next may reuse its buffer after the write.
    return this.body.write(Buffer.from(chunk as Uint8Array), callback)
  }

  override end(chunkOrDone?: unknown, encodingOrDone?: unknown, done?: unknown): this {
    if (this.finished) return this
    if (typeof chunkOrDone === 'string' || chunkOrDone instanceof Uint8Array) {
      this.write(chunkOrDone, encodingOf(encodingOrDone))
    }
    this.#begin()
    this.finished = true
    this.body.end(callbackAmong(chunkOrDone, encodingOrDone, done))
    return this
  }

  /** A response that has ended is complete, whatever fails afterwards. */
  override destroy(error?: Error): this {
    if (!this.finished) this.abandon(error ?? new Error('The response was destroyed'))
    return this
  }

  /** Nobody needs the rest: Next sees a closed connection and stops rendering. */
  abandon(error: Error) {
    this.#reject(error)
    this.body.destroy(error)
  }

  #close() {
    this.#reject(new Error('The response was closed'))
    this.destroyed = true
    this.emit('close')
  }
}

/** @param rest what `writeHead` takes after the status: a reason, headers as a list or by name */
function captureHead(response: ServerResponse, status: number, rest: unknown[]): void {
  response.statusCode = status
  const headers = rest.find((argument) => typeof argument === 'object')
  const pairs = Array.isArray(headers)
    ? headers.flatMap((name: unknown, index) =>
        index % 2 === 0 ? [[name, headers[index + 1] as unknown] as const] : [],
      )
    : Object.entries(headers ?? {})
  for (const [name, value] of pairs) {
    if (typeof value === 'string' || typeof value === 'number') {
      response.setHeader(String(name), value)
    } else if (Array.isArray(value)) {
      response.setHeader(String(name), value.map(String))
    }
  }
}

/**
 * Has Next render a response, and returns as soon as its head is known.
 *
 * Next gets a request and a response without a connection, so it can't send anything by itself, nor learn
 * more about the visitor than `request` says. Destroying the body and aborting `signal` stop Next.
 *
 * @throws if Next throws or destroys its response before the head; later, the body fails
 */
export function streamWithNext(
  handle: NextHandler,
  { method, target, headers, body }: RenderRequest,
  signal: AbortSignal,
): Promise<StreamedResponse> {
  const request = new IncomingMessage(new Socket())
  Object.assign(request, {
    ...{ method, url: target, headers, complete: true },
    ...{ httpVersion: '1.1', httpVersionMajor: 1, httpVersionMinor: 1 },
  })
  if (body) request.push(body)
  request.push(null)
  const response = new CapturedResponse(request)
  const abandon = () => response.abandon(new Error('The client has disconnected'))
  signal.addEventListener('abort', abandon, { once: true })
  response.once('close', () => signal.removeEventListener('abort', abandon))
  try {
    // Next's promise may settle long after the response is complete, or reject before there is one.
    Promise.resolve(handle(request, response)).catch((error: unknown) =>
      response.destroy(error instanceof Error ? error : new Error(String(error))),
    )
  } catch (error) {
    response.destroy(error as Error)
  }
  return response.response
}

/**
 * Has Next render a whole response; see `streamWithNext`.
 *
 * @throws if Next throws or destroys its response before the end, or if `signal` aborts
 */
export async function renderWithNext(
  handle: NextHandler,
  request: RenderRequest,
  signal: AbortSignal,
): Promise<RenderedResponse> {
  const { body, ...head } = await streamWithNext(handle, request, signal)
  return { ...head, body: await buffer(body) }
}
