import { Server, type ServerOptions } from 'node:http'
import type { Socket } from 'node:net'
import { readPlainRequest, type PlainRequest } from './plain-request'

/** An answer that is in memory, as it is sent. */
export type DirectAnswer = {
  /** Status line and fields, each line with its end; without those of the connection and the date. */
  head: string
  body: Buffer
}

type TakeConnection = (this: Server, socket: Socket) => void

/** Milliseconds in which a new connection says something; for those that do not, Node has its own limits. */
const SILENT_FOR = 1_000

/** Bytes of answers that are put together for a second. */
const ROOM = 2 * 1024 * 1024

/**
 * A server of Node that answers plain requests for what is in memory by itself, where the bytes come in.
 * That takes a third of the time that Node's parser takes, with its objects for requests and answers.
 *
 * Everything else on a connection goes to Node's own server, with all that has been read of it, and stays
 * there. So nothing has to be understood here that could be misunderstood.
 */
export class DirectServer extends Server {
  readonly #parse: TakeConnection
  readonly #direct = new Map<Socket, { hasAnswered: boolean }>()
  #find: ((request: PlainRequest) => DirectAnswer | null) | null = null
  #second = 0
  readonly #ofThisSecond = new Map<DirectAnswer, Buffer>()
  #room = ROOM
  #ownLines = ''

  constructor(options: ServerOptions) {
    super(options)
    const [parse, ...others] = this.listeners('connection')
    if (!parse || others.length > 0) throw new Error('Node does not take connections as it used to')
    this.#parse = parse as TakeConnection
    this.removeAllListeners('connection')
    this.on('connection', (socket: Socket) => this.#take(socket))
  }

  /**
   * From now on, answers what is found itself.
   *
   * @param find gives null for what has to be asked of the server's listener, and for what is too long to be
   *   sent in one piece; throws nothing
   */
  answerDirectly(find: (request: PlainRequest) => DirectAnswer | null): void {
    this.#find = find
  }

  override closeIdleConnections(): void {
    super.closeIdleConnections()
    for (const [socket, { hasAnswered }] of this.#direct) {
      if (hasAnswered && socket.writableLength === 0) socket.destroy()
    }
  }

  override closeAllConnections(): void {
    super.closeAllConnections()
    for (const socket of this.#direct.keys()) socket.destroy()
  }

  #take(socket: Socket) {
    const find = this.#find
    if (!find) {
      this.#parse(socket)
      return
    }
    const state = { hasAnswered: false }
    this.#direct.set(socket, state)

    const onData = (chunk: Buffer) => {
      const request = readPlainRequest(chunk)
      const answer = request && find(request)
      if (!answer) {
        handOver()
        socket.emit('data', chunk)
        return
      }
      if (!state.hasAnswered) {
        state.hasAnswered = true
        // As Node: whoever asks again at the last moment is still heard.
        socket.setTimeout(this.keepAliveTimeout + 1_000)
      }
      this.#send(socket, answer)
      // Who asks on and takes nothing would fill the memory.
      if (socket.writableNeedDrain && socket.writableLength > 0) {
        socket.pause()
        socket.once('drain', () => socket.resume())
      }
    }
    const onTimeout = () => {
      if (!state.hasAnswered) handOver()
      else if (socket.writableLength === 0) socket.destroy()
    }
    const onEnd = () => socket.end()
    const onError = () => socket.destroy()
    const onClose = () => this.#direct.delete(socket)
    const handOver = () => {
      socket.off('data', onData).off('timeout', onTimeout).off('end', onEnd)
      socket.off('error', onError).off('close', onClose)
      socket.setTimeout(0)
      this.#direct.delete(socket)
      this.#parse(socket)
    }
    socket.on('data', onData).on('timeout', onTimeout).on('end', onEnd)
    socket.on('error', onError).on('close', onClose)
    socket.setTimeout(SILENT_FOR)
  }

  /** In one piece, which is put together once a second; where that takes too much room, in two. */
  #send(socket: Socket, answer: DirectAnswer) {
    const second = Math.floor(Date.now() / 1000)
    if (second !== this.#second) {
      this.#second = second
      this.#ofThisSecond.clear()
      this.#room = ROOM
      const timeout = Math.floor(this.keepAliveTimeout / 1000)
      this.#ownLines =
        `Date: ${new Date(second * 1000).toUTCString()}\r\n` +
        `Connection: keep-alive\r\nKeep-Alive: timeout=${String(timeout)}\r\n\r\n`
    }
    const known = this.#ofThisSecond.get(answer)
    if (known) {
      socket.write(known)
      return
    }
    const head = Buffer.from(answer.head + this.#ownLines, 'latin1')
    const length = head.length + answer.body.length
    if (length > this.#room) {
      // A copy for each of many who do not read would take more room than that.
      socket.cork()
      socket.write(head)
      socket.write(answer.body)
      socket.uncork()
      return
    }
    this.#room -= length
    const bytes = Buffer.concat([head, answer.body], length)
    this.#ofThisSecond.set(answer, bytes)
    socket.write(bytes)
  }
}
