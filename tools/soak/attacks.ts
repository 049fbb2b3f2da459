import { connect } from 'node:net'
import { fuzzedAddresses } from '@/tests/support/fuzzed-addresses'
import { ask } from '@/tests/support/http'
import { hold, since, type Check } from './check'
import { withSite } from './on-site'

const ADDRESSES = 20_000
const AT_ONCE = 16

const fuzzed: Check = {
  id: 'B13',
  what: `${ADDRESSES.toLocaleString('en')} addresses that nobody would type`,
  make: () =>
    withSite(50, async ({ site }) => {
      const addresses = fuzzedAddresses(Math.floor(Math.random() * 2 ** 31), ADDRESSES)
      const statuses = new Map<number, number>()
      const faults: string[] = []
      const work = async () => {
        for (const address of addresses) {
          const { status, body } = await ask(site.baseUrl, address)
          statuses.set(status, (statuses.get(status) ?? 0) + 1)
          const tells = /\n\s+at |node_modules|prisma|SQLITE_/i.test(body)
          // The machine that asks is one network: some of it may have to wait.
          if ((status >= 500 && status !== 503) || tells) faults.push(address.slice(0, 200))
        }
      }
      await Promise.all(Array.from({ length: AT_ONCE }, work))
      hold(faults.length === 0, `${String(faults.length)} faults, such as ${String(faults[0])}`)
      return [...statuses]
        .sort(([a], [b]) => a - b)
        .map(([status, count]) => `${String(count)} × ${String(status)}`)
        .join(', ')
    }),
}

/** How long a connection lives that says this and then a byte a second. */
function lifeOf(port: number, words: string, drip: string): Promise<number> {
  const began = performance.now()
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => socket.write(words))
    const dripping = setInterval(() => drip !== '' && socket.write(drip), 1_000)
    socket.on('error', () => undefined)
    socket.resume()
    socket.once('close', () => {
      clearInterval(dripping)
      resolve(since(began))
    })
  })
}

const slow: Check = {
  id: 'B14',
  what: 'clients that say little, slowly or nothing are closed within 30 s; others are served',
  make: () =>
    withSite(0, async ({ site }) => {
      const port = Number(new URL(site.baseUrl).port)
      const line = 'GET /fr HTTP/1.1\r\nHost: a\r\n'
      const form =
        `POST /fr/sign-in HTTP/1.1\r\nHost: a\r\nOrigin: ${site.baseUrl}\r\n` +
        'Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 1000\r\n\r\n'
      const cases = {
        nothing: lifeOf(port, '', ''),
        'half a line': lifeOf(port, 'GET /f', ''),
        'a header a second': lifeOf(port, line, 'X: a\r\n'),
        'a byte of a form a second': lifeOf(port, form, 'a'),
        'headers of 64 kB': lifeOf(port, `${line}X: ${'a'.repeat(65_536)}\r\n\r\n`, ''),
      }
      const many = Array.from({ length: 1_000 }, () => lifeOf(port, line, 'X: a\r\n'))
      const began = performance.now()
      const { status } = await ask(site.baseUrl, '/fr')
      const served = since(began)
      hold(status === 200, `a reader beside them was answered ${String(status)}`)
      await Promise.all(many)
      const lives: string[] = []
      for (const [name, life] of Object.entries(cases)) {
        const milliseconds = await life
        lives.push(`${name} ${(milliseconds / 1000).toFixed(0)} s`)
        hold(milliseconds <= 31_000, `${name}: ${String(milliseconds)} ms`)
      }
      return `${lives.join(', ')}; beside 1,000 of them a page took ${String(served)} ms`
    }),
}

export const ATTACKS: readonly Check[] = [fuzzed, slow]
