import { createServer, type RequestListener, type Server } from 'node:http'
import { connect, type AddressInfo, type Socket } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'
import { afterEach, expect, test, vi } from 'vitest'
import { BodyRoom } from '@/lib/delivery/body-room'
import { trustedProxies } from '@/lib/delivery/client-address'
import { limitConnections, type ConnectionLimits } from '@/lib/delivery/limit-connections'
import { sendBody } from '@/lib/delivery/send-body'
import { stopServer } from '@/lib/delivery/stop-server'

const LIMITS: ConnectionLimits = {
  ...{ inAll: 50, each: 50, crowded: 50 },
  ...{ takenWithin: 300, lookEvery: 50 },
}
let server: Server
const sockets: Socket[] = []

async function serve(
  listener: RequestListener,
  limits: Partial<ConnectionLimits>,
  proxies: string[] = [],
): Promise<void> {
  server = createServer(listener)
  limitConnections(server, trustedProxies(proxies), { ...LIMITS, ...limits })
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

test('who does not read what they asked for is cut off', async () => {
  // Far more than the system keeps for them.
  await serve((_, response) => response.end(Buffer.alloc(64 * 1024 * 1024)), {})
  const socket = await open()
  socket.pause()
  await vi.waitFor(async () => expect(await connections()).toBe(1))
  await vi.waitFor(async () => expect(await connections()).toBe(0), { timeout: 20_000 })
})

test('who reads slowly gets to the end, and who waits for the next page is left alone', async () => {
  const parts = 8
  await serve(
    (_, response) => {
      let part = 0
      const writing = setInterval(() => {
        response.write(Buffer.alloc(1024))
        part += 1
        if (part < parts) return
        clearInterval(writing)
        response.end()
      }, 100)
    },
    { takenWithin: 200 },
  )
  let received = 0
  const socket = await open()
  socket.on('data', (chunk: Buffer) => (received += chunk.length))
  await vi.waitFor(() => expect(received).toBeGreaterThan(parts * 1024), { timeout: 20_000 })
  await wait(500)
  expect(await connections()).toBe(1)
})

test('one network has so many connections and no more; a proxy speaks for many', async () => {
  const answer: RequestListener = (_, response) => response.end('a')
  await serve(answer, { each: 3 })
  for (let number = 0; number < 3; number++) await open()
  const refused = await open()
  await new Promise((resolve) => refused.once('close', resolve))
  expect(await connections()).toBe(3)
  // One that goes makes room.
  sockets[0]?.destroy()
  await vi.waitFor(async () => expect(await connections()).toBe(2))
  const next = await open()
  await new Promise((resolve) => next.once('data', resolve))
  for (const socket of sockets.splice(0)) socket.destroy()
  await new Promise((resolve) => server.close(resolve))

  await serve(answer, { each: 3 }, ['127.0.0.1'])
  for (let number = 0; number < 6; number++) await open()
  await vi.waitFor(async () => expect(await connections()).toBe(6))
})

test('where it gets crowded, connections that nobody uses make room', async () => {
  await serve((_, response) => response.end('a'), { crowded: 4 })
  for (let number = 0; number < 4; number++) {
    const socket = await open()
    await new Promise((resolve) => socket.once('data', resolve))
  }
  expect(await connections()).toBe(4)
  const newest = await open()
  await new Promise((resolve) => newest.once('data', resolve))
  await vi.waitFor(async () => expect(await connections()).toBeLessThan(4), { timeout: 20_000 })
})

test('bodies have room, in all and for one network, and give it back', () => {
  const room = new BodyRoom({ each: 10, inAll: 15 })
  expect(room.take('a', 8)).toBe(true)
  expect(room.take('a', 3)).toBe(false)
  expect(room.take('b', 7)).toBe(true)
  expect(room.take('c', 1)).toBe(false)
  room.give('a', 8)
  expect(room.take('c', 8)).toBe(true)
  expect(room.take('a', 1)).toBe(false)
  room.give('b', 7)
  expect(room.take('a', 7)).toBe(true)
})

test('a server that stops closes what is idle, and says where something could not be closed', async () => {
  await serve((_, response) => response.end('a'), {})
  const socket = await open()
  await new Promise((resolve) => socket.once('data', resolve))
  const closed = vi.fn(() => Promise.reject(new Error('locked')))
  expect(await stopServer(server, closed)).toBe(false)
  expect(closed).toHaveBeenCalledOnce()
})

test('who takes a long answer slowly gets it whole', async () => {
  const body = Buffer.alloc(24 * 1024 * 1024, 'a')
  await serve((_, response) => {
    response.setHeader('content-length', body.length)
    sendBody(response, body)
  }, {})
  const socket = await open()
  let received = 0
  socket.on('data', (chunk: Buffer) => {
    received += chunk.length
    // Some two seconds in all, several times as long as anybody may take nothing.
    socket.pause()
    setTimeout(() => socket.resume(), 5)
  })
  await vi.waitFor(() => expect(received).toBeGreaterThan(body.length), { timeout: 40_000 })
})
