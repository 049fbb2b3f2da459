import { spawn, type ChildProcess } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import Database from 'better-sqlite3'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { catalogs } from '@/lib/i18n/catalogs'
import { routing } from '@/lib/i18n/routing'
import { startCommand } from '@/tests/support/start-command'

const built = '.next-test'
const slug = 'solidarite-pour-les-droits-des-travailleuses-de-sexe'
/** Every page reads the database; these are asked while it cannot be read. */
const pages = ['', '/organisations', '/organisations?q=motsecret', `/organisations/${slug}`]

const folder = mkdtempSync(path.join(tmpdir(), 'delivery-site-'))
const databaseFile = path.join(folder, 'directory.db')
let site: ChildProcess
let origin = ''
let logged = ''

async function freePort(): Promise<number> {
  const probe = createServer()
  await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve))
  const { port } = probe.address() as AddressInfo
  await new Promise((resolve) => probe.close(resolve))
  return port
}

/** Until the log says so: the address is printed when the site is ready. */
async function said(words: string): Promise<void> {
  const deadline = Date.now() + 50_000
  while (!logged.includes(words)) {
    if (Date.now() > deadline || site.exitCode !== null)
      throw new Error(`The site said:\n${logged}`)
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}

beforeAll(async () => {
  if (!existsSync(path.join(built, 'BUILD_ID'))) {
    throw new Error('The site is not built yet: run node cli/setup.mjs test')
  }
  const port = await freePort()
  origin = `http://localhost:${port}`
  site = spawn(process.execPath, startCommand.args, {
    env: {
      ...process.env,
      ...startCommand.settings,
      CONTACT_EMAIL: '',
      DATABASE_URL: `file:${databaseFile}`,
      HOST: '127.0.0.1',
      LC_ALL: 'fr_FR.UTF-8',
      LOG_LEVEL: 'info',
      NEXT_DIST_DIR: built,
      NODE_ENV: 'production',
      PORT: String(port),
      PUBLIC_ORIGIN: '',
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  for (const stream of [site.stdout, site.stderr]) {
    stream?.on('data', (words: Buffer) => (logged += words.toString()))
  }
  await said(`Ready: ${origin}`)
})

afterAll(() => {
  site.kill('SIGKILL')
  rmSync(folder, { recursive: true, force: true })
})

const get = (target: string) => fetch(origin + target, { redirect: 'manual' })

// In this order: the database is broken at the end of the site's life, and there is one site.
describe('the built site', { shuffle: false }, () => {
  test('says how the first administrator is made, in the language of the terminal', async () => {
    await said('Personne ne peut encore se connecter. Dans ce dossier : npm run --silent admin -- ')
  })

  test('answers an address that was never there with a page of its own in its language', async () => {
    for (const locale of routing.locales) {
      const one = await get(`/${locale}/nothing`)
      const other = await get(`/${locale}/organisations/nothing`)
      expect(one.status).toBe(404)
      const html = await one.text()
      expect(html).toContain(`<html lang="${locale}"`)
      expect(html).toContain(`<h1>${catalogs[locale].NotFound.title}</h1>`)
      // The frame of the site is around it: Next's own answer has an empty body.
      expect(html).toContain('<footer')
      expect(await other.text()).toBe(html)
    }
  })

  test('has pages of the shape that the cleaning knows', async () => {
    for (const locale of routing.locales) {
      for (const page of [...pages, `/organisations/${slug}?view=both`, '/about', '/privacy']) {
        const html = await (await get(`/${locale}${page}`)).text()
        expect(html, page).not.toMatch(/<script(?! type="application\/ld\+json")|<!--|<template/)
      }
    }
    expect(logged).not.toContain('scriptStrippingFailed')
  })

  test('is ready while its database can be written, and says why where it is not', async () => {
    const ready = await get('/readyz')
    expect(ready.status).toBe(200)
    expect(await ready.json()).toEqual({ status: 'ready' })
    expect(ready.headers.get('cache-control')).toBe('no-store')

    const database = new Database(databaseFile)
    const becomes = (status: number, said: unknown) =>
      vi.waitFor(
        async () => {
          const answer = await get('/readyz')
          expect([answer.status, await answer.json()]).toEqual([status, said])
          expect(answer.headers.get('cache-control')).toBe('no-store')
        },
        { timeout: 30_000, interval: 200 },
      )
    database.exec('BEGIN IMMEDIATE')
    await becomes(503, { status: 'notReady', reason: 'notWritable' })
    // Alive all the same: nothing would be better after a restart.
    expect((await get('/healthz')).status).toBe(200)
    database.exec('ROLLBACK')
    await becomes(200, { status: 'ready' })
    database.exec(`INSERT INTO _prisma_migrations (id, checksum, migration_name)
      VALUES ('x', 'x', '29990101000000_future')`)
    await becomes(503, { status: 'notReady', reason: 'otherMigrations' })
    database.exec(`DELETE FROM _prisma_migrations WHERE id = 'x'`)
    await becomes(200, { status: 'ready' })
    database.close()
  })

  describe('whose database cannot be read', () => {
    beforeAll(() => {
      const database = new Database(databaseFile)
      database.exec('ALTER TABLE "Organisation" RENAME TO "Gone"')
      // What is in memory would still be right, and sent.
      database.exec('UPDATE "ContentVersion" SET "contentVersion" = "contentVersion" + 1')
      database.close()
    })

    const addresses = routing.locales.flatMap((locale) => pages.map((page) => `/${locale}${page}`))
    test.each(addresses)(
      '%s says so in both languages, with the id of the log',
      async (address) => {
        const answer = await get(address)
        const html = await answer.text()
        expect(answer.status).toBe(500)
        expect(answer.headers.get('cache-control')).toBe('no-store')
        for (const locale of routing.locales) {
          expect(html).toContain(catalogs[locale].Delivery.error.title)
        }
        expect(html).not.toMatch(/prisma|sqlite|no such table|Error:|\n\s+at /i)
        const id = /<strong>([0-9a-f]{8})<\/strong>/.exec(html)?.[1] ?? 'none'
        const entries = logged.split('\n').filter((line) => line.includes(id))
        const events = entries.map((line) => (JSON.parse(line) as { event: string }).event)
        // A page and its metadata may fail each on their own.
        expect(new Set(events)).toEqual(new Set(['renderFailed', 'requestFailed']))
      },
    )

    test.each(['/api/organisations', `/api/organisations/${slug}`, '/healthz'])(
      '%s says so to programs',
      async (address) => {
        const answer = await get(address)
        expect(answer.status).toBe(500)
        expect(await answer.json()).toMatchObject({ error: { code: 'error' } })
      },
    )

    test.each(['/sitemap.xml', '/fr/feed.xml'])('%s says so too', async (address) => {
      const answer = await get(address)
      expect(answer.status).toBe(500)
      expect(await answer.text()).toContain(catalogs.fr.Delivery.error.title)
    })

    test('logs neither what was searched for nor which profile was read', () => {
      expect(logged).toContain('renderFailed')
      expect(logged).not.toContain('motsecret')
      expect(logged).not.toContain(slug)
    })
  })

  test('stops when it is told to', async () => {
    const ended = new Promise((resolve) => site.once('exit', (code) => resolve(code)))
    site.kill('SIGTERM')
    expect(await ended).toBe(0)
  })
})
