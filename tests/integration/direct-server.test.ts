import fc from 'fast-check'
import { Server, type IncomingMessage, type ServerOptions, type ServerResponse } from 'node:http'
import { connect, type AddressInfo, type Socket } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { DirectServer } from '@/lib/delivery/direct-server'
import { guardServer } from '@/lib/delivery/guard-server'
import { stopServer } from '@/lib/delivery/stop-server'

const KEPT = '/fr/organisations/fictional-circle'
const BODY = Buffer.from('Une page gardée.')

/** As an answer is kept: the same for both ways. */
const fieldsFor = (encoding: string, body: Buffer) => [
  ...['content-type', 'text/plain; charset=utf-8', 'x-encoding', encoding],
  ...['content-length', String(body.length)],
]
const headFor = (encoding: string, body: Buffer) => {
  const fields = fieldsFor(encoding, body)
  const lines = fields.flatMap((name, index) =>
    index % 2 === 0 ? [`${name}: ${fields[index + 1] ?? ''}\r\n`] : [],
  )
  return `HTTP/1.1 200 OK\r\n${lines.join('')}`
}

const servers: Server[] = []
const clients: Socket[] = []

/** What Node's server was asked, since the last test. */
const asked: string[] = []

/** Answers what is kept as it is found; of everything else it says what it has understood. */
function listener(body: Buffer) {
  return (request: IncomingMessage, response: ServerResponse) => {
    const { method = '', url = '', headers } = request
    asked.push(url)
    if (url === KEPT && (method === 'GET' || method === 'HEAD')) {
      response.writeHead(200, fieldsFor(headers['accept-encoding'] ?? 'none', body))
      response.end(method === 'HEAD' ? undefined : body)
      return
    }
    let sent = ''
    request.on('data', (chunk: Buffer) => (sent += chunk.toString('latin1')))
    request.on('end', () => response.end(JSON.stringify({ method, url, sent })))
  }
}

async function listen<Kind extends Server>(server: Kind, body: Buffer): Promise<Kind> {
  servers.push(server)
  server.on('request', listener(body))
  guardServer(server, false)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return server
}

const OPTIONS: ServerOptions = { requireHostHeader: false, keepAliveTimeout: 75_000 }

async function direct(options: ServerOptions = {}, body = BODY): Promise<DirectServer> {
  const server = new DirectServer({ ...OPTIONS, ...options })
  server.answerDirectly(({ url, headers }) =>
    url === KEPT ? { head: headFor(headers['accept-encoding'] ?? 'none', body), body } : null,
  )
  return listen(server, body)
}

async function open(server: Server): Promise<{ socket: Socket; said: () => string }> {
  const socket = connect((server.address() as AddressInfo).port, '127.0.0.1')
  socket.setNoDelay(true)
  clients.push(socket)
  let said = ''
  socket.on('data', (chunk) => (said += chunk.toString('latin1')))
  socket.on('error', () => undefined)
  await new Promise((resolve) => socket.once('connect', resolve))
  return { socket, said: () => said }
}

const answers = (said: string) => said.split(/(?=HTTP\/1\.1 \d)/).filter(Boolean)

const ask = (url: string, ...lines: string[]) =>
  [`GET ${url} HTTP/1.1`, 'Host: a', ...lines, '', ''].join('\r\n')

/** What comes back for pieces that are sent one after the other, without the date. */
async function exchange(server: Server, pieces: readonly string[]): Promise<string> {
  const { socket, said } = await open(server)
  const closed = new Promise((resolve) => socket.once('close', resolve))
  for (const piece of pieces) {
    socket.write(piece, 'latin1')
    await wait(2)
  }
  let before
  do {
    before = said()
    await wait(20)
  } while (said() !== before)
  socket.end()
  await closed
  return said().replaceAll(/^Date: .*$/gm, 'Date: now')
}

afterEach(async () => {
  for (const client of clients.splice(0)) client.destroy()
  for (const server of servers.splice(0)) {
    server.closeAllConnections()
    if (server.listening) await new Promise((resolve) => server.close(resolve))
  }
  asked.length = 0
})

describe('what is in memory', () => {
  test('is sent without Node’s parser, byte for byte as with it', async () => {
    const nodes = await listen(new Server(OPTIONS), BODY)
    const request = ask(KEPT, 'Accept-Encoding: gzip, br ', 'Cookie: a=b', 'Connection: Keep-Alive')
    const expected = await exchange(nodes, [request])
    expect(expected).toContain('x-encoding: gzip, br\r\n')
    asked.length = 0
    expect(await exchange(await direct(), [request])).toBe(expected)
    expect(asked).toEqual([])
  })

  test('comes on a connection before and after what has to be made', async () => {
    const { socket, said } = await open(await direct())
    for (const [number, url] of [KEPT, KEPT, '/made', KEPT].entries()) {
      socket.write(ask(url))
      await vi.waitFor(() => expect(answers(said())).toHaveLength(number + 1))
    }
    const [first, second, third, fourth] = answers(said())
    expect(second).toBe(first)
    expect(third).toContain('"url":"/made"')
    expect(fourth).toContain('Une page')
    expect(asked).toEqual(['/made', KEPT])
  })

  test('is never more in the way of who does not read than one answer', async () => {
    const body = Buffer.alloc(4 * 1024 * 1024, 'a')
    const server = await direct({}, body)
    const taken: Socket[] = []
    server.on('connection', (socket: Socket) => taken.push(socket))
    const { socket, said } = await open(server)
    socket.pause()
    for (let number = 0; number < 20; number++) {
      socket.write(ask(KEPT))
      await wait(5)
    }
    expect(taken).toHaveLength(1)
    // One of the two ways each.
    expect(taken[0]?.writableLength).toBeLessThan(2.5 * body.length)
    socket.resume()
    await vi.waitFor(() => expect(said().length).toBeGreaterThan(20 * body.length), {
      timeout: 30_000,
    })
    expect(answers(said())).toHaveLength(20)
  })
})

describe('a connection', () => {
  test('that says nothing is ended by Node, as any other', async () => {
    const server = await direct({ headersTimeout: 300, connectionsCheckingInterval: 50 })
    const { socket, said } = await open(server)
    await new Promise((resolve) => socket.once('close', resolve))
    expect(said()).toContain('HTTP/1.1 408 ')
  })

  test('that has had its answer is kept open for a while', async () => {
    const { socket, said } = await open(await direct({ keepAliveTimeout: 1_000 }))
    socket.write(ask(KEPT))
    await vi.waitFor(() => expect(said()).toContain('Keep-Alive: timeout=1\r\n'))
    await new Promise((resolve) => socket.once('close', resolve))
    expect(answers(said())).toHaveLength(1)
  })

  test('that is only kept open is closed where room is needed; one that is new is not', async () => {
    const server = await direct()
    const [waiting, fresh] = [await open(server), await open(server)]
    waiting.socket.write(ask(KEPT))
    await vi.waitFor(() => expect(answers(waiting.said())).toHaveLength(1))
    server.closeIdleConnections()
    await vi.waitFor(() => expect(waiting.socket.closed).toBe(true))
    fresh.socket.write(ask(KEPT))
    await vi.waitFor(() => expect(answers(fresh.said())).toHaveLength(1))
  })

  test('that breaks takes nothing with it', async () => {
    const server = await direct()
    for (let number = 0; number < 20; number++) {
      const { socket } = await open(server)
      if (number % 2 === 0) socket.write(ask(KEPT))
      socket.resetAndDestroy()
    }
    expect(await exchange(server, [ask(KEPT)])).toContain('Une page')
  })

  test('does not hold up a server that stops', async () => {
    const server = await direct()
    const { socket, said } = await open(server)
    socket.write(ask(KEPT))
    await vi.waitFor(() => expect(answers(said())).toHaveLength(1))
    // What is still open after five seconds is cut off.
    const cutOff = vi.spyOn(server, 'closeAllConnections')
    expect(await stopServer(server, () => Promise.resolve())).toBe(true)
    await vi.waitFor(() => expect(socket.closed).toBe(true))
    expect(cutOff).not.toHaveBeenCalled()
  })
})

const anyField = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.constantFrom(
      ...['Host: a', 'User-Agent: x (y; z)', 'Accept: */*', 'Cookie: a=1', 'X-Empty:'],
      ...['Accept-Encoding: br', 'accept-encoding:gzip', 'Accept-Encoding:\t br \t'],
      ...['Connection: keep-alive', 'connection: Keep-Alive '],
    ),
  },
  fc.constantFrom(
    ...['Connection: close', 'Connection:', 'Connection: keep-alive, close'],
    ...['Proxy-Connection: close', 'Connection: upgrade', 'Upgrade: h2c', 'Upgrade: websocket'],
    ...['Content-Length: 0', 'Content-Length: 5', 'Content-Length: -1', 'Content-Length: 5, 5'],
    ...['Transfer-Encoding: chunked', 'Transfer-Encoding: x', 'TE: trailers', 'Trailer: a'],
    ...['Expect: 100-continue', 'Expect: something', 'If-None-Match: "a"'],
    ...['X-Space : a', ' folded', 'X-Latin: é', 'X-Nul: a\0b', 'no colon', ': no name', 'X\tY: a'],
    ...['X-CR: a\rb', 'X-LF: a\nContent-Length: 5', 'X-Long: '.padEnd(9_000, 'x'), ''],
  ),
)

const anyRequest = fc
  .record({
    method: fc.oneof(
      { weight: 9, arbitrary: fc.constant('GET') },
      fc.constantFrom('HEAD', 'POST', 'get', 'CONNECT', 'OPTIONS', ' GET', '\r\nGET'),
    ),
    url: fc.oneof(
      { weight: 9, arbitrary: fc.constant(KEPT) },
      fc.constantFrom('/made', '*', `http://a${KEPT}`, `${KEPT}#a`, '/a b', '/é', '/a\tb', ''),
    ),
    version: fc.oneof(
      { weight: 9, arbitrary: fc.constant('HTTP/1.1') },
      fc.constantFrom('HTTP/1.0', 'HTTP/2.0', 'HTTP/0.9', 'http/1.1', 'HTTP/1.1 '),
    ),
    fields: fc.array(anyField, { maxLength: 4 }),
    end: fc.oneof({ weight: 9, arbitrary: fc.constant('\r\n') }, fc.constantFrom('\n', '\r')),
    body: fc.constantFrom(
      ...Array<string>(9).fill(''),
      'abcde',
      '0\r\n\r\n',
      '5\r\nabcde\r\n0\r\n\r\n',
    ),
  })
  .map(({ method, url, version, fields, end, body }) =>
    [`${method} ${url} ${version}`, ...fields, '', body].join(end),
  )

test('whatever is sent, in whatever pieces, is understood as by Node', async () => {
  const [nodes, own] = [await listen(new Server(OPTIONS), BODY), await direct()]
  // With such a listener Node hands its parser what has come in as it does under TLS, and as it gets it
  // from us; else the parser takes it from the system, and stumbles over broken requests a moment later.
  nodes.on('connection', (socket: Socket) => socket.on('data', () => undefined))
  let answered = 0
  const property = fc.asyncProperty(
    fc.array(anyRequest, { minLength: 1, maxLength: 3 }),
    fc.array(fc.nat(200), { maxLength: 2 }),
    fc.boolean(),
    async (requests, cuts, isInOnePiece) => {
      const whole = requests.join('')
      const places = [0, ...cuts.sort((one, other) => one - other), whole.length]
      const pieces = places.slice(1).map((place, index) => whole.slice(places[index], place))
      const sent = isInOnePiece ? [whole] : [...requests, ...pieces.filter(Boolean)]
      const before = asked.length
      const expected = await exchange(nodes, sent)
      const askedOfNode = asked.splice(before)
      expect(await exchange(own, sent)).toBe(expected)
      const askedOfOwn = asked.splice(before)
      // What it answered directly is all that its listener was not asked.
      const rest = askedOfNode.slice(askedOfNode.length - askedOfOwn.length)
      expect(askedOfOwn).toEqual(rest)
      answered += askedOfNode.length - askedOfOwn.length
    },
  )
  await fc.assert(property, { numRuns: Number(process.env['DIRECT_CASES'] ?? 120) })
  expect(answered).toBeGreaterThan(20)
})
