import { STATUS_CODES, type Server, type ServerOptions } from 'node:http'
import type { Duplex } from 'node:stream'
import { responseHeaders } from './response-headers'

/** Milliseconds. A request has to arrive within `requestTimeout`, its headers within `headersTimeout`. */
export const TIMEOUTS = {
  headersTimeout: 15_000,
  requestTimeout: 28_000,
  connectionsCheckingInterval: 2_000,
  // Longer than nginx keeps its connections (60 s), or it would use one that is being closed.
  keepAliveTimeout: 75_000,
} satisfies ServerOptions

/** Milliseconds in which a client that reads nothing, or sends nothing, is disconnected. */
const INACTIVITY_TIMEOUT = 60_000

/** About 10 kB each; how many one address may open is limited by nginx (`limit_conn`). */
const MAX_CONNECTIONS = 8_000

/**
 * Limits what connections may cost, and answers what never becomes a request: what is not HTTP, what
 * takes too long to arrive, what expects something that is not offered, and every wish to leave HTTP
 * (`Upgrade`, `CONNECT`), which is refused.
 *
 * @param isSecure whether the site is served over https
 * @param inactivityTimeout in milliseconds
 */
export function limitServer(
  server: Server,
  isSecure: boolean,
  inactivityTimeout = INACTIVITY_TIMEOUT,
): void {
  server.maxConnections = MAX_CONNECTIONS
  server.timeout = inactivityTimeout
  server.on('clientError', (error: Error & { code?: string }, socket) => {
    if (error.code === 'ECONNRESET') socket.destroy()
    else close(socket, statusOf(error), isSecure)
  })
  server.on('checkExpectation', ({ socket }) => close(socket, 417, isSecure))
  server.on('upgrade', (_request, socket) => close(socket, 400, isSecure))
  server.on('connect', (_request, socket) => close(socket, 400, isSecure))
}

function close(socket: Duplex, status: number, isSecure: boolean) {
  if (!socket.writable) {
    socket.destroy()
    return
  }
  const reason = STATUS_CODES[status] ?? ''
  const headers = {
    ...responseHeaders({ kind: 'page', status, isHtml: false, isSecure }),
    connection: 'close',
    'content-type': 'text/plain; charset=utf-8',
    'content-length': String(reason.length),
  }
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`)
  socket.end(`HTTP/1.1 ${status} ${reason}\r\n${lines.join('\r\n')}\r\n\r\n${reason}`, () =>
    socket.destroy(),
  )
}

function statusOf(error: Error & { code?: string }): number {
  if (error.code === 'HPE_HEADER_OVERFLOW') return 431
  return error.code === 'ERR_HTTP_REQUEST_TIMEOUT' ? 408 : 400
}
