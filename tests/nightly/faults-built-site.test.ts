import { existsSync, readFileSync } from 'node:fs'
import { connect } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'
import Database from 'better-sqlite3'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { closeDatabase } from '@/lib/database/client'
import { env } from '@/lib/env'
import { catalogs } from '@/lib/i18n/catalogs'
import { freshDatabase, rows } from '@/tests/support/database'
import { administratorCookie, sendProfile } from '@/tests/support/desk-over-http'
import { fuzzedAddresses } from '@/tests/support/fuzzed-addresses'
import { ask, say } from '@/tests/support/http'
import { writeUntilKilled, type Acknowledged } from '@/tests/support/mixed-writes'
import { createUser } from '@/tests/support/people'
import { readForm, sendForm } from '@/tests/support/plain-form'
import { givenProfile } from '@/tests/support/profiles'
import { runSite, type RunningSite } from '@/tests/support/site'
import { PASSWORD } from '@/tests/support/totp'

const databaseUrl = `file:${env.databaseFile}`
let site: RunningSite
let cookie = ''

const start = () => runSite({ databaseUrl, settings: { LOG_LEVEL: 'warn' } })

beforeAll(async () => {
  await freshDatabase()
  await givenProfile({ name: 'Fictional Circle' })
  cookie = await administratorCookie()
  site = await start()
}, 150_000)

afterAll(() => site.stop())

const port = () => Number(new URL(site.baseUrl).port)
const statusOf = async (address: string) => (await ask(site.baseUrl, address)).status

// In this order: the site is killed again and again, and stopped at the end.
describe('the built site', { shuffle: false }, () => {
  test('answers any address at all, and never with a fault of its own', async () => {
    const faults: string[] = []
    for (const address of fuzzedAddresses(13, 500)) {
      const { status, body } = await ask(site.baseUrl, address)
      const tells = /\n\s+at |node_modules|prisma|SQLITE_/i.test(body)
      if (status >= 500 || tells) faults.push(`${String(status)} ${JSON.stringify(address)}`)
    }
    expect(faults).toEqual([])
  })

  test('refuses headers of 64 kB, and answers what is sent all at once in its order', async () => {
    const large = `GET /fr HTTP/1.1\r\nHost: a\r\nX: ${'a'.repeat(65_536)}\r\n\r\n`
    expect(await say(port(), '127.0.0.1', large)).toMatch(/^HTTP\/1\.1 431 /)
    const targets = ['/healthz', '/fr', '/nothing', '/icon.svg', '/fr/organisations', '/fr']
    const asked = targets.map(
      (target, place) =>
        `GET ${target} HTTP/1.1\r\nHost: a\r\n${place === targets.length - 1 ? 'Connection: close\r\n' : ''}\r\n`,
    )
    const answers = await say(port(), '127.0.0.1', asked.join(''))
    const statuses = [...answers.matchAll(/HTTP\/1\.1 (\d+) /g)].map(([, status]) => status)
    expect(statuses).toEqual(['200', '200', '404', '200', '200', '200'])
  })

  describe('sent what no form of its own would hold', () => {
    const multipart = (fields: [string, string][]) =>
      fields
        .map(
          ([name, value]) =>
            `--x\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`,
        )
        .join('') + '--x--\r\n'
    const deep = '['.repeat(100_000) + ']'.repeat(100_000)
    const polluting: [string, string][] = [
      ['__proto__', 'x'],
      ['__proto__.isAdmin', 'x'],
      ['constructor.prototype.isAdmin', 'x'],
      ['answers.__proto__.fr.text', 'x'],
      ['answers.who.__proto__.text', 'x'],
      ['name', 'one'],
      ['name', 'two'],
      ['email', 'one@fictional.example'],
      ['email', 'two@fictional.example'],
    ]
    const { node } = JSON.parse(
      readFileSync('.next-test/server/server-reference-manifest.json', 'utf8'),
    ) as { node: Record<string, { exportedName: string }> }
    const action = Object.entries(node).find(
      ([, { exportedName }]) => exportedName === 'signInAction',
    )
    const byScript = { 'next-action': action?.[0] ?? '' }
    const bodies: Record<string, { type: string; body: string; headers?: Record<string, string> }> =
      {
        'names of what every object has': {
          type: 'multipart/form-data; boundary=x',
          body: multipart(polluting),
        },
        'as many fields as fit': {
          type: 'application/x-www-form-urlencoded',
          body: 'a=1&'.repeat(100_000),
        },
        'lists a hundred thousand deep': {
          type: 'multipart/form-data; boundary=x',
          body: multipart([
            ['0', deep],
            ['1', deep],
          ]),
          headers: byScript,
        },
        'arguments that reach for what every object has': {
          type: 'multipart/form-data; boundary=x',
          body: multipart([
            ['0', '["fr",{"__proto__":{"isAdmin":true}},"$K1","$1:__proto__:constructor"]'],
            ['1', '{}'],
            ['_1___proto__', 'x'],
          ]),
          headers: byScript,
        },
        'arguments that name themselves': {
          type: 'multipart/form-data; boundary=x',
          body: multipart([['0', '["$0","$Q0","$W0","$F0","$@0","$n999","$D","$B0","$K"]']]),
          headers: byScript,
        },
        'deep lists as text': { type: 'text/plain;charset=UTF-8', body: deep, headers: byScript },
        'no arguments': { type: 'text/plain;charset=UTF-8', body: '', headers: byScript },
        JSON: { type: 'application/json', body: `{"__proto__":{"isAdmin":true},"a":${deep}}` },
        'half a form': {
          type: 'multipart/form-data; boundary=x',
          body: '--x\r\nContent-Disposition: form-data; name="a',
        },
        'a form without a boundary': { type: 'multipart/form-data', body: 'a' },
      }
    const addresses = [
      ...['/fr/sign-in', '/fr/sign-in/forgotten', '/fr/admin/organisations/save'],
      ...['/fr/admin/import', '/fr/admin/people/new', '/fr/admin/account'],
      '/fr/propose/bm8tc3VjaC1zZWNyZXQtaGFzLWV2ZXItYmVlbi1tYWRl/send',
    ]

    test.each(addresses)('%s takes none of it, and nothing breaks', async (address) => {
      const statuses: Record<string, number> = {}
      for (const who of ['', cookie]) {
        for (const [name, { type, body, headers = {} }] of Object.entries(bodies)) {
          const answer = await ask(site.baseUrl, address, {
            method: 'POST',
            headers: { origin: site.baseUrl, 'content-type': type, cookie: who, ...headers },
            body,
          })
          statuses[name] = answer.status
          expect(answer.body, name).not.toMatch(/\n\s+at |isAdmin/)
        }
      }
      const broken = Object.entries(statuses).filter(([, status]) => status >= 500)
      expect(broken).toEqual([])
      const many = await ask(site.baseUrl, address, {
        method: 'POST',
        headers: { origin: site.baseUrl, 'content-type': 'application/x-www-form-urlencoded' },
        body: 'a=1&'.repeat(100_000),
      })
      expect(many.status).toBe(413)
      expect(await statusOf('/healthz')).toBe(200)
    })
  })

  test('serves what is in memory while more is searched for than it can find', async () => {
    for (let asked = 0; asked < 2; asked++) await ask(site.baseUrl, '/fr/organisations')
    const searches = Array.from({ length: 300 }, (_, number) =>
      ask(site.baseUrl, `/fr/organisations?q=word${String(number)}`, {
        headers: { connection: 'close' },
      }),
    )
    let isOver = false
    const all = Promise.all(searches).finally(() => (isOver = true))
    let served = 0
    while (!isOver && served < 200) {
      const { status } = await ask(site.baseUrl, '/fr/organisations', {
        headers: { connection: 'close' },
      })
      expect(status).toBe(200)
      served += 1
    }
    expect(served).toBeGreaterThan(0)
    // Of one network, 250 may wait; whether so many ever do depends on how fast they are answered.
    const others = (await all).filter(({ status }) => status !== 200)
    for (const { status, headers } of others) {
      expect(status).toBe(503)
      expect(headers).toHaveProperty('retry-after')
    }
  })

  test('while another process is writing for long, says so and keeps what was typed; reading goes on', async () => {
    const person = 'member@fictional.example'
    await createUser('member', { email: person })
    const other = new Database(env.databaseFile)
    other.exec('BEGIN IMMEDIATE')
    const typed = 'Tapé pendant que la base était occupée.'
    const fields = { name: 'Fictional Patience', 'answers.who.fr.text': typed }
    const sent = sendProfile(site.baseUrl, cookie, fields)
    const credentials = { email: person, password: PASSWORD }
    const signInForm = await readForm(site.baseUrl, '/en/sign-in')
    const signingIn = sendForm(site.baseUrl, signInForm, credentials)
    let isAnswered = false
    const answered = sent.finally(() => (isAnswered = true))
    while (!isAnswered) {
      const fresh = `/fr/organisations?q=${String(Date.now())}`
      for (const address of ['/fr', fresh]) expect(await statusOf(address)).toBe(200)
      await wait(50)
    }
    const { status, headers, body } = await answered
    expect(status).toBe(503)
    expect(headers['retry-after']).toBe('5')
    expect(body).toContain(catalogs.fr.Delivery.busy.title)
    expect(body).toContain(`name="answers.who.fr.text" value="${typed}"`)
    const refused = await signingIn
    expect(refused.status).toBe(503)
    expect(refused.body).toContain(`name="email" value="${person}"`)
    expect(refused.body).not.toContain(PASSWORD)
    other.exec('ROLLBACK')
    other.close()
    expect((await sendProfile(site.baseUrl, cookie, fields)).saved).not.toBeNull()
    const signedIn = await sendForm(site.baseUrl, signInForm, credentials)
    expect(signedIn.headers['location']).toMatch(/^\/en\/admin/)
  })

  test('killed in the middle of writing, has all that it has acknowledged', async () => {
    const acknowledged: Acknowledged[] = []
    for (let round = 0; round < 3; round++) {
      acknowledged.push(...(await writeUntilKilled(site, cookie, round)))
      site = await start()
      expect(rows('PRAGMA integrity_check')).toEqual([{ integrity_check: 'ok' }])
    }
    expect(acknowledged.length).toBeGreaterThan(0)
    for (const { id, name, texts } of acknowledged) {
      const [found] = rows<{ name: string; text: string }>(
        `SELECT o."name", a."text" FROM "Organisation" o JOIN "Answer" a ON a."organisationId" = o."id"
         WHERE o."id" = ? AND a."language" = 'fr'`,
        id,
      )
      expect(found?.name).toBe(name)
      expect(texts).toContain(found?.text)
    }
  })

  test('told to stop, sends what it is making, takes nothing new, and closes its database', async () => {
    await closeDatabase()
    const talk = (words: string) => {
      const socket = connect(port(), '127.0.0.1', () => socket.write(words))
      const said = { socket, text: '', ended: new Promise((end) => socket.once('close', end)) }
      socket.on('error', () => undefined)
      socket.on('data', (chunk: Buffer) => (said.text += chunk.toString()))
      return said
    }
    const form = 'intent=save&name=Half'
    const sending = talk(
      `POST /fr/admin/organisations/save HTTP/1.1\r\nHost: a\r\nOrigin: ${site.baseUrl}\r\n` +
        `Content-Type: application/x-www-form-urlencoded\r\nContent-Length: ${String(form.length)}\r\n` +
        'Expect: 100-continue\r\n\r\n',
    )
    await vi.waitFor(() => expect(sending.text).toContain('100 Continue'), { timeout: 20_000 })
    const idle = talk('GET /fr HTTP/1.1\r\nHost: a\r\n\r\n')
    await vi.waitFor(() => expect(idle.text).toContain('</html>'), { timeout: 20_000 })

    process.kill(site.pid, 'SIGTERM')
    await idle.ended
    await expect(ask(site.baseUrl, '/fr', { headers: { connection: 'close' } })).rejects.toThrow()
    sending.socket.write(form)
    await sending.ended
    expect(sending.text).toMatch(/HTTP\/1\.1 303 [^]*location: \/fr\/sign-in/i)
    expect(await site.ended).toBe(0)
    expect(existsSync(`${env.databaseFile}-wal`)).toBe(false)
  })
})
