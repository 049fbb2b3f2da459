import { createServer, type AddressInfo, type Socket } from 'node:net'

/** How the mail server behaves from now on. */
export type Manner =
  | 'accepts'
  /** No such address, for ever. */
  | 'refuses'
  /** Come back later. */
  | 'putsOff'
  /** Takes the connection and says nothing. */
  | 'hangs'
  /** Takes the mail and never says so. */
  | 'hangsAtTheEnd'
  /** Says a little, again and again, and never comes to an end. */
  | 'trickles'

export type Received = { from: string; to: string[]; headers: Record<string, string>; text: string }

/** A real mail server on loopback, for one test. */
export type SmtpServer = {
  /** As the setting SMTP_URL. */
  url: string
  /** What it took, in order. */
  received: Received[]
  /** How many connections were opened. */
  connections: () => number
  behave: (manner: Manner) => void
  close: () => Promise<void>
}

/** Starts a mail server on a free port of 127.0.0.1. */
export async function startSmtpServer(first: Manner = 'accepts'): Promise<SmtpServer> {
  let manner = first
  let connections = 0
  const sockets = new Set<Socket>()
  const received: Received[] = []
  const server = createServer((socket) => {
    connections += 1
    sockets.add(socket)
    // Whoever is cut off in the middle is no fault of this server.
    socket.on('error', () => socket.destroy())
    socket.on('close', () => sockets.delete(socket))
    speak(socket, manner, received)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `smtp://127.0.0.1:${(server.address() as AddressInfo).port}`,
    received,
    connections: () => connections,
    behave: (next) => {
      manner = next
    },
    close: async () => {
      for (const socket of sockets) socket.destroy()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

function speak(socket: Socket, manner: Manner, received: Received[]): void {
  if (manner === 'hangs') return
  const say = (line: string) => void (socket.writable && socket.write(`${line}\r\n`))
  if (manner === 'trickles') {
    const timer = setInterval(() => say('220-one moment'), 20)
    socket.on('close', () => clearInterval(timer))
    return
  }
  let from = ''
  let to: string[] = []
  let buffer = ''
  let isData = false
  say('220 test')
  socket.on('data', (bytes) => {
    buffer += bytes.toString('utf8')
    for (;;) {
      const end = buffer.indexOf(isData ? '\r\n.\r\n' : '\r\n')
      if (end < 0) return
      const piece = buffer.slice(0, end)
      buffer = buffer.slice(end + (isData ? 5 : 2))
      if (isData) {
        received.push({ from, to, ...readMessage(piece) })
        isData = false
        if (manner === 'hangsAtTheEnd') return
        say('250 taken')
        continue
      }
      const address = /<([^>]*)>/.exec(piece)?.[1] ?? ''
      switch (piece.slice(0, 4).toUpperCase()) {
        case 'EHLO':
        case 'HELO':
          say('250 test')
          break
        case 'MAIL':
          from = address
          to = []
          say('250 yes')
          break
        case 'RCPT':
          if (manner === 'refuses') say('550 no such address')
          else if (manner === 'putsOff') say('451 later')
          else {
            to.push(address)
            say('250 yes')
          }
          break
        case 'DATA':
          isData = true
          say('354 go on')
          break
        case 'QUIT':
          socket.end('221 bye\r\n')
          return
        default:
          say('250 yes')
      }
    }
  })
}

/** Header names in lower case; the text with its transfer encoding undone. */
function readMessage(raw: string): { headers: Record<string, string>; text: string } {
  const split = raw.indexOf('\r\n\r\n')
  const lines = raw
    .slice(0, split)
    .replaceAll(/\r\n[ \t]+/g, ' ')
    .split('\r\n')
  const headers = Object.fromEntries(
    lines.map((line) => {
      const colon = line.indexOf(':')
      return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()]
    }),
  )
  const body = raw.slice(split + 4)
  const encoding = headers['content-transfer-encoding']
  if (encoding === 'base64') return { headers, text: Buffer.from(body, 'base64').toString('utf8') }
  if (encoding !== 'quoted-printable') return { headers, text: body }
  const bytes = body
    .replaceAll('=\r\n', '')
    .replaceAll(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)))
  return { headers, text: Buffer.from(bytes, 'latin1').toString('utf8') }
}
