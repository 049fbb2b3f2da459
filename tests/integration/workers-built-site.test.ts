import { existsSync, readFileSync } from 'node:fs'
import { connect } from 'node:net'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { closeDatabase, writer } from '@/lib/database/client'
import { env } from '@/lib/env'
import { hideProfile, listProfile } from '@/lib/organisations/publish'
import { createProposalLink } from '@/lib/proposals/proposal-links'
import { freshDatabase, rows } from '@/tests/support/database'
import { administratorCookie, sendFields, sendProfile } from '@/tests/support/desk-over-http'
import { ask } from '@/tests/support/http'
import { administrator, givenProfile } from '@/tests/support/profiles'
import { runSite, type RunningSite } from '@/tests/support/site'

let site: RunningSite
let cookie = ''

const start = () =>
  runSite({
    databaseUrl: `file:${env.databaseFile}`,
    settings: { WORKERS: '2', LOG_LEVEL: 'warn' },
  })

beforeAll(async () => {
  await freshDatabase()
  await givenProfile({ name: 'Fictional Circle' })
  cookie = await administratorCookie()
  site = await start()
}, 150_000)

afterAll(() => site.stop())

/** The processes that serve, as Linux knows them. */
const workers = () =>
  readFileSync(`/proc/${String(site.pid)}/task/${String(site.pid)}/children`, 'utf8')
    .split(' ')
    .filter(Boolean)
    .map(Number)

/** Connections are handed out in turn: so many of them reach every worker. */
const fromAll = <Got>(get: (number: number) => Promise<Got>) =>
  Promise.all(Array.from({ length: 8 }, (_, number) => get(number)))

const page = (address: string) =>
  ask(site.baseUrl, address, { headers: { connection: 'close', 'accept-encoding': 'br' } })

const log = () => existsSync(`${env.databaseFile}-wal`)

// In this order: one of them is killed, and all are stopped at the end.
describe('a site of two processes', { shuffle: false }, () => {
  test('says once that it is ready, and both live', async () => {
    await vi.waitFor(() => expect(site.said()).toContain('Ready: '), { timeout: 60_000 })
    expect(site.said().match(/Ready: /g)).toHaveLength(1)
    expect(workers()).toHaveLength(2)
    const answers = await fromAll(() => page('/healthz'))
    expect(answers.map(({ status }) => status)).toEqual(Array<number>(8).fill(200))
  })

  test('what another process hides is in the memory of none of them, and what it lists is in all', async () => {
    const { id, slug } = await givenProfile({ name: 'Fictional Lantern' })
    const addresses = [`/fr/organisations/${slug}`, `/api/organisations/${slug}`]
    const lists = ['/en', '/fr/organisations', '/api/organisations', '/fr/feed.xml']
    const shown = async () => {
      const seen = []
      for (const address of addresses) {
        seen.push(...(await fromAll(async () => (await page(address)).status === 200)))
      }
      for (const address of lists) {
        seen.push(
          ...(await fromAll(async () => (await page(address)).body.includes('Fictional Lantern'))),
        )
      }
      return [...new Set(seen)]
    }
    expect(await shown()).toEqual([true])
    expect(await shown()).toEqual([true])
    await hideProfile(administrator, { id, reason: 'hide' })
    expect(await shown()).toEqual([false])
    await listProfile(administrator, { id, reason: 'list' })
    expect(await shown()).toEqual([true])
  })

  test('what is hidden is gone on connections, too, that it has been read on', async () => {
    const { id, slug } = await givenProfile({ name: 'Fictional Anchor' })
    const address = `/fr/organisations/${slug}`
    await fromAll(() => page(address))
    const readers = await fromAll(async () => {
      const socket = connect(Number(new URL(site.baseUrl).port), '127.0.0.1')
      await new Promise((resolve) => socket.once('connect', resolve))
      let said = ''
      socket.on('data', (chunk) => (said += chunk.toString('latin1')))
      const statuses = () => [...said.matchAll(/HTTP\/1\.1 (\d+)/g)].map(([, status]) => status)
      const read = async () => {
        const before = statuses().length
        socket.write(`GET ${address} HTTP/1.1\r\nHost: a\r\nAccept-Encoding: br\r\n\r\n`)
        await vi.waitFor(() => expect(statuses()).toHaveLength(before + 1), { timeout: 20_000 })
        return statuses().at(-1)
      }
      return { socket, read }
    })
    const readAll = () => Promise.all(readers.map(({ read }) => read()))
    expect(new Set(await readAll())).toEqual(new Set(['200']))
    expect(new Set(await readAll())).toEqual(new Set(['200']))
    await hideProfile(administrator, { id, reason: 'hide' })
    expect(new Set(await readAll())).toEqual(new Set(['404']))
    for (const { socket } of readers) socket.destroy()
  })

  test('what is saved through both at once is all there', async () => {
    const sent = await Promise.all(
      Array.from({ length: 24 }, async (_, number) => {
        const name = `Fictional Crowd ${String(number)}`
        const text = `Texte ${String(number)}.`
        const fields = { name, countryName: 'Burundi', 'answers.who.fr.text': text }
        const answer = await sendProfile(site.baseUrl, cookie, fields)
        return { ...answer, name, text }
      }),
    )
    for (const { status, saved, headers, body, text } of sent) {
      if (saved !== null) continue
      expect(status).toBe(503)
      expect(headers).toHaveProperty('retry-after')
      expect(body).toContain(text)
    }
    const done = sent.filter(({ saved }) => saved !== null)
    expect(done.length).toBeGreaterThan(0)
    const stored = rows<{ name: string; text: string }>(
      `SELECT o."name", a."text" FROM "Organisation" o JOIN "Answer" a ON a."organisationId" = o."id"
       WHERE o."name" LIKE 'Fictional Crowd %' ORDER BY o."name"`,
    )
    const expected = done.map(({ name, text }) => ({ name, text }))
    expect(stored).toEqual(expected.sort((one, other) => (one.name < other.name ? -1 : 1)))
  })

  test('what somebody with a link has typed and one of them refused, the other shows again', async () => {
    const { id } = await givenProfile({ name: 'Fictional Harbour' })
    const secret = await writer().$transaction((tx) =>
      createProposalLink(tx, {
        ...{ organisationId: id, email: 'link@fictional.example', createdBy: 'user:ada' },
      }),
    )
    const { location } = await sendFields(site.baseUrl, `/fr/propose/${secret}/send`, '', {
      ...{ base: '1', form: 'one', intent: 'propose', name: 'Fictional Harbour' },
      'contacts.website.value': 'no-address-of-a-page',
    })
    expect(location).toContain('kept=faults')
    const shown = await fromAll(async () => (await page(location)).body)
    expect(shown.map((body) => body.includes('no-address-of-a-page'))).toEqual(
      Array<boolean>(8).fill(true),
    )
  })

  test('one that dies is started again, and the site answers meanwhile', async () => {
    const [first = 0, second] = workers()
    process.kill(first, 'SIGKILL')
    await vi.waitFor(
      async () => {
        // A connection that was handed to the dead one is never answered.
        const lost = new Promise<null>((resolve) => setTimeout(() => resolve(null), 2_000))
        expect(await Promise.race([page('/healthz'), lost])).toMatchObject({ status: 200 })
        expect(workers()).not.toContain(first)
        expect(workers()).toHaveLength(2)
      },
      { timeout: 50_000, interval: 100 },
    )
    expect(workers()).toContain(second)
    const answers = await fromAll(() => page('/fr'))
    expect(answers.map(({ status }) => status)).toEqual(Array<number>(8).fill(200))
  })

  test('stops when it is told to, with everything in the database’s file', async () => {
    await closeDatabase()
    process.kill(site.pid, 'SIGTERM')
    expect(await site.ended).toBe(0)
    expect(log()).toBe(false)
  })

  test('stops with everything in the database’s file when its processes are killed meanwhile', async () => {
    site = await start()
    await vi.waitFor(() => expect(site.said()).toContain('Ready: '), { timeout: 60_000 })
    const alive = workers()
    expect(alive).toHaveLength(2)
    expect((await page('/healthz')).status).toBe(200)
    process.kill(site.pid, 'SIGSTOP')
    for (const worker of alive) process.kill(worker, 'SIGKILL')
    process.kill(site.pid, 'SIGTERM')
    expect(log()).toBe(true)
    process.kill(site.pid, 'SIGCONT')
    await site.ended
    expect(log()).toBe(false)
  })
})
