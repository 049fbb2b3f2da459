import { STATUS_CODES, type Server } from 'node:http'
import type { Duplex } from 'node:stream'
import { headersFor } from './headers'

/** What is left to say on a connection that holds no request: a status, and goodbye. */
function close(socket: Duplex, status: number, isSecure: boolean) {
  if (!socket.writable) {
    socket.destroy()
    return
  }
  const reason = STATUS_CODES[status] ?? ''
  const headers = {
    ...headersFor({ kind: 'page', status, isHtml: false, isSecure }),
    connection: 'close',
    'content-type': 'text/plain; charset=utf-8',
    'content-length': String(reason.length),
  }
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`)
  socket.end(`HTTP/1.1 ${status} ${reason}\r\n${lines.join('\r\n')}\r\n\r\n${reason}`, () =>
    socket.destroy(),
  )
}

function brokenStatus(error: Error & { code?: string }): number {
  if (error.code === 'HPE_HEADER_OVERFLOW') return 431
  return error.code === 'ERR_HTTP_REQUEST_TIMEOUT' ? 408 : 400
}

/**
 * Answers what never becomes a request: what is not HTTP, what takes too long to arrive, what expects
 * something that nobody offers, and every wish to leave HTTP (`Upgrade`, `CONNECT`), which is refused.
 */
export function guardServer(server: Server, isSecure: boolean): void {
  server.on('clientError', (error: Error & { code?: string }, socket) => {
    if (error.code === 'ECONNRESET') socket.destroy()
    else close(socket, brokenStatus(error), isSecure)
  })
  server.on('checkExpectation', ({ socket }) => close(socket, 417, isSecure))
  server.on('upgrade', (_request, socket) => close(socket, 400, isSecure))
  server.on('connect', (_request, socket) => close(socket, 400, isSecure))
}
