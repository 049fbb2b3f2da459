import { IncomingMessage, ServerResponse, type IncomingHttpHeaders } from 'node:http'
import { Socket } from 'node:net'

/** Next's request handler, or anything of its shape. */
export type Handle = (request: IncomingMessage, response: ServerResponse) => Promise<void> | void

export type Asked = {
  method: string
  /** Path and query. */
  target: string
  headers: IncomingHttpHeaders
  body: Buffer | null
}

export type Answer = {
  status: number
  headers: Readonly<Record<string, string | string[]>>
  body: Buffer
}

function callbackAmong(...given: unknown[]): (() => void) | undefined {
  return given.find((argument): argument is () => void => typeof argument === 'function')
}

/**
 * Keeps what a head would say, in the forms that `writeHead` takes.
 *
 * @param rest what came after the status: a message, headers as pairs or by name
 */
export function keepHead(response: ServerResponse, status: number, rest: unknown[]): void {
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

/** Keeps what is written instead of sending it. */
class KeptResponse extends ServerResponse {
  readonly #chunks: Buffer[] = []
  #isHeadWritten = false
  readonly answer: Promise<Answer>
  #resolve: (answer: Answer) => void = () => undefined
  #reject: (error: Error) => void = () => undefined

  constructor(request: IncomingMessage) {
    super(request)
    this.answer = new Promise((resolve, reject) => {
      this.#resolve = resolve
      this.#reject = reject
    })
    // Node's own getter looks at a head that this class never makes.
    Object.defineProperty(this, 'headersSent', { get: () => this.#isHeadWritten })
  }

  #keep(chunk: unknown, encoding: unknown) {
    this.#isHeadWritten = true
    if (typeof chunk === 'string') {
      const isEncoding = typeof encoding === 'string' && Buffer.isEncoding(encoding)
      this.#chunks.push(Buffer.from(chunk, isEncoding ? encoding : 'utf8'))
    } else if (chunk instanceof Uint8Array) {
      // A copy: Next may use its buffer again after the write.
      this.#chunks.push(Buffer.from(chunk))
    }
  }

  override writeHead(status: number, ...rest: unknown[]): this {
    keepHead(this, status, rest)
    this.#isHeadWritten = true
    return this
  }

  override flushHeaders() {
    this.#isHeadWritten = true
  }

  override write(chunk: unknown, encodingOrDone?: unknown, done?: unknown): boolean {
    this.#keep(chunk, encodingOrDone)
    const callback = callbackAmong(encodingOrDone, done)
    if (callback) process.nextTick(callback)
    return true
  }

  override end(chunkOrDone?: unknown, encodingOrDone?: unknown, done?: unknown): this {
    if (this.finished) return this
    this.#keep(chunkOrDone, encodingOrDone)
    this.finished = true
    const callback = callbackAmong(chunkOrDone, encodingOrDone, done)
    const headers: Record<string, string | string[]> = {}
    for (const [name, value] of Object.entries(this.getHeaders())) {
      if (value !== undefined) headers[name] = Array.isArray(value) ? value : String(value)
    }
    this.#resolve({ status: this.statusCode, headers, body: Buffer.concat(this.#chunks) })
    process.nextTick(() => {
      this.emit('finish')
      this.emit('close')
      callback?.()
    })
    return this
  }

  override destroy(error?: Error): this {
    if (!this.finished) this.abandon(error ?? new Error('The response was destroyed'))
    return this
  }

  /** Nobody waits for the rest: Next hears it as a closed connection and stops rendering. */
  abandon(error: Error) {
    this.destroyed = true
    this.#reject(error)
    this.emit('close')
  }
}

/**
 * Asks Next as if it were a function: from a request to a whole answer.
 *
 * Next sees a request and a response that belong to no connection, so it can neither answer by
 * itself nor see more of the visitor than `asked` holds. The promise rejects when Next throws,
 * when it destroys its response, or when `signal` says that the visitor has gone.
 */
export async function askNext(handle: Handle, asked: Asked, signal: AbortSignal): Promise<Answer> {
  const request = new IncomingMessage(new Socket())
  request.method = asked.method
  request.url = asked.target
  request.headers = asked.headers
  request.httpVersion = '1.1'
  request.httpVersionMajor = 1
  request.httpVersionMinor = 1
  request.complete = true
  if (asked.body) request.push(asked.body)
  request.push(null)

  const response = new KeptResponse(request)
  const abandon = () => response.abandon(new Error('The visitor has gone'))
  signal.addEventListener('abort', abandon, { once: true })
  try {
    const handled = Promise.resolve(handle(request, response))
    // Next's promise may settle long after the answer is whole, or reject before there is one.
    handled.catch((error: unknown) =>
      response.destroy(error instanceof Error ? error : new Error(String(error))),
    )
    return await response.answer
  } finally {
    signal.removeEventListener('abort', abandon)
  }
}
