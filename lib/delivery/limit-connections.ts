import type { Server } from 'node:http'
import type { Socket } from 'node:net'
import { addressPrefix, type TrustedProxies } from './client-address'

export type ConnectionLimits = {
  /** Connections at once. */
  inAll: number
  /** Connections at once from one network. */
  each: number
  /** Beyond so many, those that are kept open for a next request are closed. */
  crowded: number
  /** Milliseconds in which something that was sent has to be taken. */
  takenWithin: number
  /** Milliseconds between two looks at who is not reading. */
  lookEvery: number
}

/**
 * Thousands of readers may share the address of one carrier, so one network gets half of all connections;
 * the other half is for everybody else. A connection costs about ten kilobytes.
 */
export const CONNECTION_LIMITS: ConnectionLimits = {
  inAll: 8_000,
  each: 4_000,
  crowded: 6_000,
  takenWithin: 60_000,
  lookEvery: 5_000,
}

/** Where it stood when it was last seen to take something. */
type Progress = { bytes: number; at: number }

/**
 * Bounds how many connections there are, in all and from one network, and ends those whose other side
 * does not read what it asked for. A proxy that is trusted speaks for many networks and has no bound of
 * its own.
 */
export function limitConnections(
  server: Server,
  trusted: TrustedProxies,
  limits: ConnectionLimits = CONNECTION_LIMITS,
): void {
  const sockets = new Map<Socket, Progress>()
  const ofNetwork = new Map<string, number>()
  let isClearing = false

  server.maxConnections = limits.inAll
  server.on('connection', (socket: Socket) => {
    const network = trusted.has(socket.remoteAddress) ? null : addressPrefix(socket.remoteAddress)
    if (network !== null) {
      const open = ofNetwork.get(network) ?? 0
      if (open >= limits.each) {
        socket.destroy()
        return
      }
      ofNetwork.set(network, open + 1)
    }
    sockets.set(socket, { bytes: 0, at: performance.now() })
    socket.once('close', () => {
      sockets.delete(socket)
      if (network === null) return
      const left = (ofNetwork.get(network) ?? 1) - 1
      if (left > 0) ofNetwork.set(network, left)
      else ofNetwork.delete(network)
    })
    if (sockets.size > limits.crowded && !isClearing) {
      isClearing = true
      setImmediate(() => {
        isClearing = false
        server.closeIdleConnections()
      })
    }
  })

  const look = setInterval(() => {
    const now = performance.now()
    for (const [socket, seen] of sockets) {
      const isWaiting = socket.writableLength > 0
      if (!isWaiting || socket.bytesWritten !== seen.bytes) {
        seen.bytes = socket.bytesWritten
        seen.at = now
      } else if (now - seen.at > limits.takenWithin) socket.destroy()
    }
  }, limits.lookEvery)
  look.unref()
  server.once('close', () => clearInterval(look))
}
