import { createServer, type RequestListener, type Server } from 'node:http'
import { connect, type AddressInfo, type Socket } from 'node:net'
import { afterEach, expect, test, vi } from 'vitest'
import { shutDown } from '@/server/graceful-shutdown'
import { limitServer } from '@/server/http/limits'

let server: Server
const sockets: Socket[] = []

async function serve(listener: RequestListener, inactivityTimeout?: number): Promise<void> {
  server = createServer(listener)
  limitServer(server, true, inactivityTimeout)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
}

afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.destroy()
  server.closeAllConnections()
  if (server.listening) await new Promise((resolve) => server.close(resolve))
})

async function open(words = 'GET / HTTP/1.1\r\nHost: a\r\n\r\n'): Promise<Socket> {
  const { port } = server.address() as AddressInfo
  const socket = connect(port, '127.0.0.1')
  sockets.push(socket)
  socket.on('error', () => undefined)
  await new Promise((resolve) => socket.once('connect', resolve))
  socket.write(words)
  return socket
}

const connections = () =>
  new Promise<number>((resolve) => server.getConnections((_, count) => resolve(count)))

test('a client that does not read what it asked for is disconnected', async () => {
  // Far more than the system buffers.
  await serve((_, response) => response.end(Buffer.alloc(64 * 1024 * 1024)), 300)
  const socket = await open()
  socket.pause()
  await vi.waitFor(async () => expect(await connections()).toBe(1))
  await vi.waitFor(async () => expect(await connections()).toBe(0), { timeout: 20_000 })
})

test('a client that reads a long response slowly gets all of it', async () => {
  const body = Buffer.alloc(24 * 1024 * 1024, 'a')
  await serve((_, response) => {
    response.setHeader('content-length', body.length)
    response.end(body)
  }, 500)
  const socket = await open()
  let received = 0
  socket.on('data', (chunk: Buffer) => {
    received += chunk.length
    // In total several times as long as a client may read nothing.
    socket.pause()
    setTimeout(() => socket.resume(), 5)
  })
  await vi.waitFor(() => expect(received).toBeGreaterThan(body.length), { timeout: 40_000 })
})

test('a server that shuts down closes idle connections, and says if something could not be closed', async () => {
  await serve((_, response) => response.end('a'))
  const socket = await open()
  await new Promise((resolve) => socket.once('data', resolve))
  const close = vi.fn(() => Promise.reject(new Error('locked')))
  expect(await shutDown(server, close)).toBe(false)
  expect(close).toHaveBeenCalledOnce()
})
