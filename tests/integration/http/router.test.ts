import { mkdtempSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, request as httpRequest, type IncomingHttpHeaders } from 'node:http'
import { connect, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { brotliDecompressSync, gunzipSync, gzipSync } from 'node:zlib'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { catalogs } from '@/lib/i18n/catalogs'
import { trustedProxies } from '@/server/http/client-ip'
import { limitServer } from '@/server/http/limits'
import type { NextHandler } from '@/server/http/render'
import { DatabaseErrors } from '@/server/http/render-errors'
import { createRequestListener } from '@/server/http/router'
import { findStaticFiles } from '@/server/http/static-files'

const OWN = 'https://directory.example'
const EXIT = 'https://neutral.example/weather?today'
const CSS = 'body{color:red}'.repeat(100)

const page = (content: string) =>
  `<!DOCTYPE html><html lang="fr"><head><link rel="stylesheet" href="/a.css" data-precedence="next"/>` +
  `<script src="/_next/static/chunks/a.js" async=""></script></head><body><div hidden=""><!--$--><!--/$--></div>` +
  `${content}<script>self.__next_f.push([1,"x"])</script></body></html>`
const empty = '<!DOCTYPE html><html id="__next_error__"><head></head><body></body></html>'

type Logged = { level: 'warn' | 'error'; event: string; errorId?: string; error?: unknown }
const logged: Logged[] = []
/** What Next was asked with. */
const seen: { method?: string; url?: string; headers: IncomingHttpHeaders }[] = []

const databaseErrors = new DatabaseErrors()

/** Answers as Next does, quirks included (16.4.6). */
const handle: NextHandler = async (request, response) => {
  const { method = '', url = '', headers } = request
  seen.push({ method, url, headers })
  duringNext()
  const { pathname } = new URL(url, 'http://a.example')
  const slug = pathname.split('/').at(-1) ?? ''
  const html = (status: number, content: string) => {
    response.setHeader('Vary', 'rsc, next-router-state-tree')
    response.setHeader('x-powered-by', 'Next.js')
    response.setHeader('x-nextjs-cache', 'HIT')
    response.setHeader('Link', '</_next/static/chunks/a.css>; rel=preload; as="style"')
    response.setHeader('Cache-Control', 's-maxage=31536000')
    response.setHeader('Set-Cookie', 'a=1')
    response.writeHead(status, { 'Content-Type': 'text/html; charset=utf-8' }).end(content)
  }
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)

  if (slug === 'heavy') {
    const until = performance.now() + 10
    while (performance.now() < until);
  }
  if (slug === 'slow') await new Promise((resolve) => setTimeout(resolve, 50))
  if (slug === 'throws') throw new Error('secret words')
  if (slug === 'half') {
    response.writeHead(200, { 'Content-Type': 'text/html' })
    response.write('<!DOCTYPE html><html><body><p>half')
    response.destroy(new Error('secret words'))
  } else if (slug === 'broken') html(500, empty)
  else if (slug === 'bare') response.writeHead(500).end('Internal Server Error')
  else if (slug === 'void') html(200, empty)
  else if (slug === 'locked' || slug === 'crammed') {
    // As Prisma wraps what SQLite says.
    const cause = { originalCode: slug === 'locked' ? 'SQLITE_BUSY' : 'SQLITE_FULL' }
    databaseErrors.add(String(headers['x-request-id']), { meta: { driverAdapterError: { cause } } })
    html(500, empty)
  } else if (slug === 'acted') {
    response.writeHead(200, { 'Content-Type': 'text/x-component' }).end('0:{}')
  } else if (slug === 'acted-and-went') {
    // As Next 16.4.6 answers a form sent by its scripts: no redirect for the browser to follow.
    response.setHeader('x-action-redirect', '/fr/admin;push')
    response.writeHead(200, { 'Content-Type': 'text/html; charset=utf-8' }).end()
  } else if (slug === 'flight') {
    response.writeHead(200, { 'Content-Type': 'text/x-component' }).end('0:{}')
  } else if (slug === 'streamed') {
    html(
      200,
      page('<!--$?--><template id="B:0"></template><!--/$--><div hidden id="S:0">late</div>'),
    )
  } else if (slug === 'hidden' || slug === 'never') html(404, empty)
  else if (slug === 'not-found') html(200, page('<main>Nothing here</main>'))
  else if (slug === 'old') {
    response.setHeader('Refresh', '0;url=/fr/new')
    response.writeHead(308, { Location: '/fr/new' }).end(empty)
  } else if (slug === 'unknown-action') {
    response.writeHead(409, { 'x-nextjs-action-not-found': '1', 'Content-Type': 'text/plain' })
    response.end('Server Action unavailable.')
  } else if (slug === 'invalid-action') {
    response.writeHead(400, { 'x-nextjs-action-not-found': '1' }).end('Invalid')
  } else if (slug === 'feed.xml') {
    response.writeHead(200, { 'Content-Type': 'application/atom+xml; charset=utf-8' })
    response.end('<feed/>')
  } else if (slug === 'data.json') {
    response.setHeader('Content-Disposition', 'attachment; filename="a.json"')
    response.writeHead(200, { 'Content-Type': 'application/json; charset=utf-8' }).end('{}')
  } else if (pathname === '/api/organisations') {
    response.writeHead(200, { 'Content-Type': 'application/json' }).end('{"total":0}')
  } else if (pathname === '/api/bad') {
    response.writeHead(400, { 'Content-Type': 'application/json' }).end('{"error":{"code":"x"}}')
  } else if (pathname === '/api/empty') response.writeHead(500).end()
  else if (pathname.startsWith('/api/')) html(404, empty)
  else if (pathname === '/healthz') {
    response.writeHead(200, { 'Content-Type': 'application/json' }).end('{"status":"ok"}')
  } else if (pathname === '/robots.txt') html(200, page('the pages caught this'))
  else if (method === 'POST') html(200, page(`<main>got ${Buffer.concat(chunks).length}</main>`))
  else html(200, page(`<main><h1>Bonjour <!-- -->${slug}</h1>${'<p>été</p>'.repeat(80)}</main>`))
}

const folder = mkdtempSync(path.join(tmpdir(), 'http-router-'))
const server = createServer({ headersTimeout: 500, connectionsCheckingInterval: 100 })
let port = 0
/** Raised before every test, so that nothing is left in memory of the one before. */
let contentVersion = 1
let duringNext: () => unknown = () => undefined
let hasExit = true

beforeAll(async () => {
  mkdirSync(path.join(folder, 'public/.hidden'), { recursive: true })
  mkdirSync(path.join(folder, 'static/chunks'), { recursive: true })
  writeFileSync(path.join(folder, 'public/icon.svg'), '<svg xmlns="http://www.w3.org/2000/svg"/>')
  writeFileSync(path.join(folder, 'public/.hidden/secret.txt'), 'secret')
  writeFileSync(path.join(folder, 'static/chunks/a.css'), CSS)
  writeFileSync(path.join(folder, 'static/chunks/a.css.map'), '{}')
  const note =
    (level: Logged['level']) =>
    (entry: Omit<Logged, 'level'>): void =>
      void logged.push({ level, ...entry })
  const options = {
    handle,
    origin: OWN,
    allowedOrigins: [OWN],
    trustedProxies: trustedProxies([]),
    staticFiles: findStaticFiles(path.join(folder, 'public'), path.join(folder, 'static')),
    siteName: null,
    contentVersion: () => contentVersion,
    databaseErrorOf: (errorId: string) => databaseErrors.take(errorId),
    log: { warn: note('warn'), error: note('error') },
  }
  const listener = createRequestListener({ ...options, exitUrl: EXIT })
  const withoutExit = createRequestListener({ ...options, exitUrl: null })
  server.on('request', (request, response) => (hasExit ? listener : withoutExit)(request, response))
  limitServer(server, true)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  port = (server.address() as AddressInfo).port
})

afterAll(async () => {
  server.closeAllConnections()
  await new Promise((resolve) => server.close(resolve))
  rmSync(folder, { recursive: true })
})

beforeEach(() => {
  contentVersion += 1
  hasExit = true
  logged.length = 0
  seen.length = 0
})

type Got = { status: number; headers: IncomingHttpHeaders; raw: Buffer; body: string }

function get(
  target: string,
  options: { method?: string; headers?: Record<string, string>; body?: Buffer[] } = {},
): Promise<Got> {
  const { method = 'GET', headers = {}, body = [] } = options
  return new Promise((resolve, reject) => {
    const sent = httpRequest(
      { port, host: '127.0.0.1', path: target, method, headers, agent: false },
      (response) => {
        const chunks: Buffer[] = []
        response.on('data', (chunk: Buffer) => chunks.push(chunk))
        response.on('end', () => {
          const raw = Buffer.concat(chunks)
          const encoding = raw.length === 0 ? undefined : response.headers['content-encoding']
          const plain =
            encoding === 'br' ? brotliDecompressSync(raw) : encoding ? gunzipSync(raw) : raw
          resolve({
            status: response.statusCode ?? 0,
            headers: response.headers,
            raw,
            body: plain.toString(),
          })
        })
      },
    )
    sent.on('error', reject)
    for (const chunk of body) sent.write(chunk)
    sent.end()
  })
}

/** Everything that comes back on a connection for these bytes. */
function talk(bytes: string): Promise<string> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => socket.write(bytes))
    let got = ''
    socket.on('data', (chunk) => (got += chunk.toString()))
    socket.on('close', () => resolve(got))
    socket.on('error', () => resolve(got))
  })
}

const form = { origin: OWN, 'content-type': 'multipart/form-data; boundary=x' }
const oneField = Buffer.from(
  '--x\r\nContent-Disposition: form-data; name="a"\r\n\r\nb\r\n--x--\r\n',
)

describe('every response', () => {
  const responses: [string, string, Parameters<typeof get>[1]?][] = [
    ['a page', '/fr'],
    ['a page asked by HEAD', '/fr', { method: 'HEAD' }],
    ['the redirect of /', '/'],
    ['a redirect of Next', '/fr/old'],
    ['the API', '/api/organisations'],
    ['an error of the API', '/api/none'],
    ['health', '/healthz'],
    ['health', '/readyz'],
    ['a feed', '/fr/feed.xml'],
    ['a public file', '/icon.svg'],
    ['a hashed file', '/_next/static/chunks/a.css'],
    ['a file that is not there', '/_next/static/chunks/b.css'],
    ['an unknown page', '/fr/never'],
    ['an unknown first segment', '/xx'],
    ['an unreadable address', '/%E0%A4%A'],
    ['a failure', '/fr/throws'],
    ['a foreign form', '/fr', { method: 'POST', headers: { origin: 'https://evil.example' } }],
    ['a form where none is taken', '/fr', { method: 'POST', headers: form }],
    [
      'too large a form',
      '/fr/sign-in',
      { method: 'POST', headers: { ...form, 'content-length': '9999999' } },
    ],
    ['OPTIONS', '/fr', { method: 'OPTIONS' }],
    ['the protected part', '/fr/admin'],
  ]

  test.each(responses)('carries the headers: %s', async (_, target, options) => {
    const { headers, status } = await get(target, options)
    expect(headers).toMatchObject({
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'same-origin',
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': target.startsWith('/api/') ? 'cross-origin' : 'same-origin',
      'permissions-policy': expect.stringContaining('camera=()') as string,
      'strict-transport-security': 'max-age=63072000; includeSubDomains',
      'cache-control': expect.stringMatching(
        status >= 400 ? /^no-store$/ : /^(no-cache|no-store|public, max-age=\d+(, immutable)?)$/,
      ) as string,
      'content-security-policy': expect.stringContaining("default-src 'none'") as string,
    })
    for (const name of Object.keys(headers)) {
      expect(name).not.toMatch(/^(x-powered-by|server|link|refresh|x-nextjs-.*)$/)
    }
    // Who is asked to sign in may be remembered; who reads is not.
    expect('set-cookie' in headers).toBe(target === '/fr/admin')
    expect(headers['vary'] ?? '').not.toContain('rsc')
  })
})

describe('leaving at once', () => {
  const CLEARED = '"cookies", "storage"'

  test.each(['GET', 'HEAD'])(
    '%s leads away, without Next, leaving nothing behind',
    async (method) => {
      const { status, headers, body } = await get('/fr/leave', { method })
      expect({ status, body, asked: seen.length }).toEqual({ status: 303, body: '', asked: 0 })
      expect(headers).toMatchObject({
        location: EXIT,
        'cache-control': 'no-store',
        'clear-site-data': CLEARED,
        'referrer-policy': 'no-referrer',
        'x-content-type-options': 'nosniff',
        'strict-transport-security': expect.stringContaining('max-age') as string,
      })
      expect(headers).not.toHaveProperty('set-cookie')
      expect(await get('/en/leave?from=somewhere')).toMatchObject({ status: 303 })
    },
  )

  test('ends the cookies that were brought, by name', async () => {
    const cookie = '__Host-directory.session=a.b; __Host-directory.known=1; b\u00e9=1; =2'
    const { headers } = await get('/en/leave', {
      headers: { cookie, 'sec-fetch-site': 'same-origin' },
    })
    expect(headers['clear-site-data']).toBe(CLEARED)
    const end = '=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax; Secure'
    expect(headers['set-cookie']).toEqual([
      `__Host-directory.session${end}`,
      `__Host-directory.known${end}`,
    ])
  })

  test.each(['cross-site', 'same-site'])(
    'a link from elsewhere (%s) signs nobody out',
    async (from) => {
      const { status, headers } = await get('/fr/leave', {
        headers: { cookie: '__Host-directory.session=a.b', 'sec-fetch-site': from },
      })
      expect(status).toBe(303)
      expect(headers).not.toHaveProperty('clear-site-data')
      expect(headers).not.toHaveProperty('set-cookie')
    },
  )

  test('takes no form', async () => {
    const post = { method: 'POST', headers: form }
    expect(await get('/fr/leave', post)).toMatchObject({
      status: 405,
      headers: { allow: 'GET, HEAD, OPTIONS' },
    })
    const foreign = { method: 'POST', headers: { ...form, origin: 'https://evil.example' } }
    expect((await get('/fr/leave', foreign)).status).toBe(403)
  })

  test('has no address that is longer, shorter or of no language', async () => {
    for (const target of ['/leave', '/fr/leave/now', '/xx/leave', '/fr/Leave']) {
      expect((await get(target)).headers['location'], target).toBeUndefined()
    }
  })

  test('switched off, its address is one like any other, and no page of ours leads there', async () => {
    const withIt = await get('/fr/%E0%A4%A')
    expect(withIt.body).toContain('href="/fr/leave" rel="noreferrer nofollow"')
    hasExit = false
    expect((await get('/fr/leave')).headers).not.toHaveProperty('clear-site-data')
    expect(seen.map(({ url }) => url)).toEqual(['/fr/leave'])
    expect((await get('/fr/%E0%A4%A')).body).not.toContain('/leave')
  })
})

describe('a page of the protected part', () => {
  test('keeps its scripts, which run by a nonce made for this answer alone', async () => {
    const first = await get('/fr/admin/a')
    const second = await get('/fr/admin/a')
    expect(first.body).toContain('__next_f')
    const nonces = [first, second].map(
      ({ headers }) =>
        /script-src 'nonce-([A-Za-z0-9+/=]{24})' 'strict-dynamic'/.exec(
          String(headers['content-security-policy']),
        )?.[1],
    )
    expect(new Set(nonces).size).toBe(2)
    expect(nonces).not.toContain(undefined)
    expect(seen.at(-1)?.headers['content-security-policy']).toContain(nonces[1])
    expect(first.headers).toMatchObject({ 'cache-control': 'no-store', 'x-robots-tag': 'noindex' })
  })

  test('is told the network of the connection, whatever the client says', async () => {
    await get('/fr/sign-in', { headers: { 'x-client-address-prefix': '192.0.2.0/24' } })
    expect(seen.at(-1)?.headers['x-client-address-prefix']).toBe('127.0.0.0/24')
    await get('/fr/organisations/a', { headers: { 'x-client-address-prefix': '192.0.2.0/24' } })
    expect(seen.at(-1)?.headers).not.toHaveProperty('x-client-address-prefix')
  })

  test('is never stored, a file to be kept no more than a page', async () => {
    const { headers, body } = await get('/fr/admin/organisations/a/data.json')
    expect(body).toBe('{}')
    expect(headers).toMatchObject({
      'cache-control': 'no-store',
      'content-disposition': 'attachment; filename="a.json"',
      'content-type': 'application/json; charset=utf-8',
      'x-robots-tag': 'noindex',
    })
  })

  test('that is not there is one to read without scripts', async () => {
    const { status, body } = await get('/fr/admin/never')
    expect(status).toBe(404)
    expect(body).toBe((await get('/fr/never')).body)
    expect(body).not.toContain('__next_error__')
  })

  test('answers its own scripts when they send a form', async () => {
    const headers = { ...form, 'next-action': 'abc' }
    const sent = { method: 'POST', headers, body: [oneField] }
    const acted = await get('/fr/admin/acted', sent)
    expect(acted).toMatchObject({ status: 200, body: '0:{}' })
    expect(acted.headers['content-type']).toBe('text/x-component')
    const went = await get('/fr/admin/acted-and-went', sent)
    expect(went).toMatchObject({ status: 200, body: '' })
    expect(went.headers['x-action-redirect']).toBe('/fr/admin;push')
  })
})

describe('a page', () => {
  test('is cleaned, and carries the policy of public pages', async () => {
    const { status, body, headers } = await get('/fr/organisations/a')
    expect(status).toBe(200)
    expect(body).toContain('<h1>Bonjour a</h1>')
    expect(body).not.toMatch(/<script|<!--|hidden|data-precedence/)
    expect(headers['content-security-policy']).toBe(
      "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    )
    expect(logged).toEqual([])
  })

  test.each(['br', 'gzip'])('is compressed with %s, and says that it depends', async (encoding) => {
    const plain = await get('/fr/a')
    const packed = await get('/fr/a', { headers: { 'accept-encoding': encoding } })
    expect(packed.headers).toMatchObject({
      'content-encoding': encoding,
      'content-length': String(packed.raw.length),
      vary: 'Accept-Encoding',
    })
    expect(packed.body).toBe(plain.body)
    expect(packed.raw.length).toBeLessThan(plain.raw.length / 2)
    expect(packed.headers.etag).not.toBe(plain.headers.etag)
    expect(plain.headers).toMatchObject({ vary: 'Accept-Encoding' })
  })

  test('is not sent again to who has it, in whatever encoding', async () => {
    const { etag = '' } = (await get('/fr/a')).headers
    for (const headers of [
      { 'if-none-match': etag },
      { 'if-none-match': `"x", W/${etag}`, 'accept-encoding': 'br' },
    ]) {
      const again = await get('/fr/a', { headers: headers })
      expect(again.status).toBe(304)
      expect(again.raw).toHaveLength(0)
      expect(again.headers).toMatchObject({ 'cache-control': 'no-cache', vary: 'Accept-Encoding' })
    }
    const changed = await get('/fr/b', { headers: { 'if-none-match': etag } })
    expect(changed.status).toBe(200)
  })

  test('asked by HEAD has the headers of GET and no body', async () => {
    const headers = { 'accept-encoding': 'br' }
    const [head, whole] = [
      await get('/fr/a', { method: 'HEAD', headers }),
      await get('/fr/a', { headers }),
    ]
    expect(head.raw).toHaveLength(0)
    expect({ ...head.headers, date: '' }).toEqual({ ...whole.headers, date: '' })
  })

  test('of another shape is served whole and reported once', async () => {
    const first = await get('/fr/streamed')
    await get('/fr/streamed')
    expect(first.body).toContain('<div id="S:0">late</div>')
    expect(first.body).toContain('<script src="/_next/static/chunks/a.js"')
    expect(logged).toEqual([{ level: 'warn', event: 'scriptStrippingFailed', reason: 'streamed' }])
  })

  test('is the same whatever a client claims to be', async () => {
    const plain = await get('/fr/a?q=1')
    const claims: Record<string, string>[] = [
      { rsc: '1' },
      { rsc: '1', 'next-router-prefetch': '1', 'next-router-state-tree': '[]', 'next-url': '/x' },
      { 'next-router-segment-prefetch': '/_tree' },
      { 'x-middleware-subrequest': 'middleware:middleware:middleware' },
      { 'x-nextjs-data': '1', 'x-matched-path': '/fr/admin', 'x-invoke-path': '/fr/admin' },
      { 'x-forwarded-host': 'evil.example', 'x-forwarded-proto': 'http', host: 'evil.example' },
      { cookie: '__prerender_bypass=1; __next_preview_data=1' },
      { 'next-action': 'abc', purpose: 'prefetch', 'user-agent': 'Googlebot' },
    ]
    for (const headers of claims) {
      const claimed = await get('/fr/a?q=1', { headers })
      expect(claimed.body).toBe(plain.body)
      expect({ ...claimed.headers, date: '' }).toEqual({ ...plain.headers, date: '' })
    }
    for (const query of ['q=1&_rsc=x', 'nxtPslug=b&q=1', 'q=1&nxtIslug=b&__nextLocale=en']) {
      expect((await get(`/fr/a?${query}`)).body).toBe(plain.body)
    }
    for (const { url, headers } of seen) {
      expect(url).toBe('/fr/a?q=1')
      expect(Object.keys(headers).sort()).toEqual([
        'host',
        'x-forwarded-for',
        'x-forwarded-host',
        'x-forwarded-proto',
        'x-request-id',
      ])
      expect(headers.host).toBe('directory.example')
    }
  })

  test('never answers with the framework’s own format', async () => {
    const { status, headers, body } = await get('/fr/flight')
    expect(status).toBe(500)
    expect(headers['content-type']).toBe('text/html; charset=utf-8')
    expect(body).not.toContain('0:{}')
  })
})

describe('/', () => {
  test.each([
    ['fr', '/fr'],
    ['fr-CA,en;q=0.5', '/fr'],
    ['en', '/en'],
    ['en-GB,fr;q=0.9', '/en'],
    ['es, fr;q=0.5, en;q=0.4', '/fr'],
    ['es', '/en'],
    ['*', '/en'],
    ['', '/en'],
    ['fr;q=0', '/en'],
    [';;;', '/en'],
  ])('leads a browser that reads %j to %s', async (acceptLanguage, location) => {
    const { status, headers } = await get('/', { headers: { 'accept-language': acceptLanguage } })
    expect({ status, location: headers.location, vary: headers.vary }).toEqual({
      status: 307,
      location,
      vary: 'Accept-Language',
    })
  })
})

describe('an address where nothing is', () => {
  test('is the site’s own page, the same for what is hidden and what never was', async () => {
    const hidden = await get('/fr/organisations/hidden')
    const never = await get('/fr/organisations/never')
    expect(hidden.status).toBe(404)
    expect(hidden.body).toContain('<main>Nothing here</main>')
    expect(hidden.raw).toEqual(never.raw)
    expect({ ...hidden.headers, date: '' }).toEqual({ ...never.headers, date: '' })
  })

  test('is the same page where no route could be', async () => {
    const never = await get('/fr/organisations/never')
    for (const target of ['/fr//evil.example', '/fr/a%2Fb', '/fr/%2e%2e/package.json']) {
      expect((await get(target)).raw).toEqual(never.raw)
    }
  })

  test('has no page of its own that says 200', async () => {
    expect((await get('/fr/not-found')).status).toBe(404)
  })

  test.each(['/xx', '/xx/organisations', '//evil.example', '/_next/image?url=/icon.svg', '/.env'])(
    '%s is told in both languages, and Next never hears of it',
    async (target) => {
      const { status, body, headers } = await get(target)
      expect(status).toBe(404)
      expect(body).toContain(catalogs.en.NotFound.title)
      expect(body).toContain(catalogs.fr.NotFound.title)
      expect(body).toContain('href="/_next/static/chunks/a.css"')
      expect(headers.location).toBeUndefined()
      expect(seen).toEqual([])
    },
  )

  test.each(['/.hidden/secret.txt', '/_next/static/chunks/a.css.map', '/%2e%2e/package.json'])(
    '%s is no file',
    async (target) => {
      expect((await get(target)).status).toBe(404)
    },
  )

  test('of the API answers in JSON', async () => {
    const { status, body, headers } = await get('/api/none')
    expect(status).toBe(404)
    expect(headers['content-type']).toContain('application/json')
    expect(JSON.parse(body)).toEqual({
      error: { code: 'notFound', parameter: null, value: null, allowed: null },
    })
  })

  test('is not caught by the pages where a file is expected', async () => {
    expect((await get('/robots.txt')).status).toBe(404)
  })
})

describe('a failure', () => {
  test.each(['throws', 'half', 'broken', 'bare', 'void', 'flight'])(
    'of Next (%s) is a page in both languages with the id that is logged',
    async (slug) => {
      const { status, body, headers } = await get(`/fr/${slug}?q=secret`)
      expect(status).toBe(500)
      expect(headers['content-type']).toBe('text/html; charset=utf-8')
      expect(body.indexOf(catalogs.fr.Delivery.error.title)).toBeGreaterThan(0)
      expect(body.indexOf(catalogs.en.Delivery.error.title)).toBeGreaterThan(
        body.indexOf(catalogs.fr.Delivery.error.title),
      )
      expect(logged).toHaveLength(1)
      expect(logged[0]).toMatchObject({ level: 'error', event: 'requestFailed' })
      const id = logged[0]?.errorId ?? 'none'
      expect(id).toMatch(/^[0-9a-f]{8}$/)
      expect(body).toContain(`<strong>${id}</strong>`)
      expect(seen[0]?.headers['x-request-id']).toBe(id)
      expect(body).not.toMatch(/secret|Error:|Internal Server Error/)
      expect(JSON.stringify(logged.map(({ error: _, ...entry }) => entry))).not.toContain('secret')
    },
  )

  test('of the API is JSON with the id', async () => {
    const { status, body } = await get('/api/empty')
    expect(status).toBe(500)
    expect(JSON.parse(body)).toEqual({
      error: {
        code: 'error',
        parameter: null,
        value: null,
        allowed: null,
        id: logged[0]?.errorId,
      },
    })
  })

  test('that the API explains itself is left as it is', async () => {
    const { status, body } = await get('/api/bad')
    expect({ status, body }).toEqual({ status: 400, body: '{"error":{"code":"x"}}' })
  })
})

describe('a form', () => {
  const post = (target: string, headers: Record<string, string>, body: Buffer[] = []) =>
    get(target, { method: 'POST', headers, body })

  test.each<[string, Record<string, string>]>([
    ['no origin', {}],
    ['a null origin', { origin: 'null' }],
    ['a foreign origin', { origin: 'https://evil.example' }],
    ['a foreign site', { 'sec-fetch-site': 'cross-site' }],
    ['a neighbouring site', { 'sec-fetch-site': 'same-site' }],
    [
      'a forged host',
      { origin: 'https://evil.example', host: 'evil.example', 'x-forwarded-host': 'evil.example' },
    ],
  ])('with %s is refused with a page to read, and Next never sees it', async (_, headers) => {
    const { status, body } = await post('/fr/sign-in', headers, [Buffer.from('a=1')])
    expect(status).toBe(403)
    expect(body).toContain(catalogs.fr.Delivery.forbidden.title)
    expect(body).toContain(catalogs.en.Delivery.forbidden.title)
    expect(seen).toEqual([])
  })

  test.each<[string, Record<string, string>]>([
    ['our origin', { origin: OWN }],
    ['no origin but our site', { 'sec-fetch-site': 'same-origin' }],
    ['no origin, typed by hand', { 'sec-fetch-site': 'none' }],
  ])('with %s reaches Next whole', async (_, headers) => {
    const { status, body } = await post('/fr/sign-in', headers, [
      Buffer.alloc(1000, 'a'),
      Buffer.alloc(24, 'b'),
    ])
    expect(status).toBe(200)
    expect(body).toContain('got 1024')
    expect(seen[0]?.headers).toMatchObject({ 'content-length': '1024', origin: OWN })
  })

  test('is not taken by a public page', async () => {
    const { status, headers, body } = await post('/fr', form)
    expect({ status, allow: headers.allow }).toEqual({ status: 405, allow: 'GET, HEAD, OPTIONS' })
    expect(body).toContain(catalogs.fr.Delivery.methodNotAllowed.title)
    expect(seen).toEqual([])
  })

  test('over the limit is refused, whether it says its size or not', async () => {
    const chunks = Array.from({ length: 30 }, () => Buffer.alloc(64 * 1024, 'a'))
    const announced = await post(
      '/fr/sign-in',
      { ...form, 'content-length': String(30 * 65536) },
      chunks,
    )
    const streamed = await post('/fr/sign-in', { ...form, 'transfer-encoding': 'chunked' }, chunks)
    for (const { status, body } of [announced, streamed]) {
      expect(status).toBe(413)
      expect(body).toContain(catalogs.fr.Delivery.tooLarge.title)
    }
    expect(seen).toEqual([])
  })

  test.each([
    ['locked', 503, 'busy', '5'],
    ['crammed', 507, 'full', undefined],
  ] as const)(
    'that meets a database which is %s is told so, and kept on the page to be sent again',
    async (slug, status, subject, retryAfter) => {
      const text = `<b>"l’été" & co\r\n\r\n ${'-'.repeat(20)}`
      const sent = new URLSearchParams({ text, $ACTION_KEY: 'k1', password: 'Neuf parapluies' })
      sent.append('text', 'once more')
      const body = [Buffer.from(sent.toString())]
      const typed = { origin: OWN, 'content-type': 'application/x-www-form-urlencoded' }
      const got = await post(`/fr/admin/${slug}?a=1&b=2`, typed, body)
      expect(got.status).toBe(status)
      expect(got.headers['retry-after']).toBe(retryAfter)
      expect(got.headers['cache-control']).toBe('no-store')
      expect(got.body).toContain(catalogs.fr.Delivery[subject].title)
      expect(got.body).toContain(catalogs.en.Delivery[subject].title)
      expect(got.body).toContain(
        `<form method="post" action="/fr/admin/${slug}?a=1&amp;b=2" enctype="application/x-www-form-urlencoded">`,
      )
      expect(got.body).not.toContain('parapluies')
      expect(got.body).toContain(
        '<input type="hidden" name="text" value="&lt;b&gt;&quot;l’été&quot; &amp; co&#13;&#10;&#13;&#10; --------------------">' +
          '<input type="hidden" name="$ACTION_KEY" value="k1">' +
          '<input type="hidden" name="text" value="once more">',
      )
      // A script has kept its page.
      const byScript = await post(
        `/fr/admin/${slug}`,
        { ...typed, accept: 'application/json' },
        body,
      )
      expect(byScript.status).toBe(status)
      expect(byScript.body).not.toContain('<form')
    },
  )

  test('that is packed is refused: what is in it may be a thousand times as large', async () => {
    const packed = gzipSync(Buffer.alloc(1024 * 1024))
    const got = await post('/fr/sign-in', { ...form, 'content-encoding': 'gzip' }, [packed])
    expect(got.status).toBe(415)
    expect(got.body).toContain(catalogs.fr.Delivery.encoded.title)
    expect(seen).toEqual([])
  })

  test.each<[string, string, string]>([
    ['lines', 'application/x-www-form-urlencoded', 'a=&'.repeat(100_000)],
    [
      'parts',
      'multipart/form-data; boundary="x"',
      '--x\r\nContent-Disposition: form-data; name=a\r\n\r\n\r\n'.repeat(10_000),
    ],
  ])('of very many %s is not read', async (_, contentType, body) => {
    const sent = { origin: OWN, 'content-type': contentType }
    expect((await post('/fr/sign-in', sent, [Buffer.from(body)])).status).toBe(413)
    expect(seen).toEqual([])
  })

  test.each(['unknown-action', 'invalid-action'])(
    'from before a deployment (%s) is told so',
    async (slug) => {
      const { status, body } = await post(`/fr/admin/${slug}`, form, [oneField])
      expect(status).toBe(409)
      expect(body).toContain(catalogs.fr.Delivery.conflict.title)
      expect(body).toContain(catalogs.en.Delivery.conflict.title)
    },
  )

  test('to the API is an error in JSON that names what is allowed', async () => {
    const { status, body } = await post('/api/organisations', { origin: OWN })
    expect(status).toBe(405)
    expect(JSON.parse(body)).toMatchObject({ error: { allowed: ['GET', 'HEAD', 'OPTIONS'] } })
  })
})

describe('a file', () => {
  test('with a hashed name is kept for ever, compressed as well as can be', async () => {
    const { status, headers, body, raw } = await get('/_next/static/chunks/a.css?dpl=1', {
      headers: { 'accept-encoding': 'gzip, br' },
    })
    expect(status).toBe(200)
    expect(headers).toMatchObject({
      'cache-control': 'public, max-age=31536000, immutable',
      'content-type': 'text/css; charset=utf-8',
      'content-encoding': 'br',
      'content-length': String(raw.length),
      vary: 'Accept-Encoding',
    })
    expect(body).toBe(CSS)
    expect(seen).toEqual([])
  })

  test('that is public is kept for a day, and asked about by its tag', async () => {
    const { headers, body } = await get('/icon.svg')
    expect(headers).toMatchObject({ 'cache-control': 'public, max-age=86400' })
    expect(body).toContain('<svg')
    const again = await get('/icon.svg', { headers: { 'if-none-match': headers.etag ?? '' } })
    expect(again.status).toBe(304)
  })

  test('takes no form', async () => {
    expect((await get('/icon.svg', { method: 'POST', headers: { origin: OWN } })).status).toBe(405)
  })
})

describe('what is no request of ours', () => {
  test.each([
    ['a WebSocket', 'Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n'],
    ['another protocol', 'Upgrade: h2c\r\nConnection: Upgrade\r\n'],
  ])('%s is refused and closed', async (_, headers) => {
    const got = await talk(`GET /_next/hmr HTTP/1.1\r\nHost: a\r\n${headers}\r\n`)
    expect(got).toMatch(/^HTTP\/1\.1 400 /)
    expect(got).toContain('x-content-type-options: nosniff')
    expect(seen).toEqual([])
  })

  test.each([
    ['not HTTP', 'HELLO\r\n\r\n', 400],
    ['an unknown method', 'FOO /fr HTTP/1.1\r\nHost: a\r\n\r\n', 400],
    ['a tunnel', 'CONNECT evil.example:443 HTTP/1.1\r\nHost: a\r\n\r\n', 400],
    [
      'a proxy’s address',
      'GET http://evil.example/fr HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n',
      400,
    ],
    ['headers without end', `GET /fr HTTP/1.1\r\nHost: a\r\nX: ${'a'.repeat(20_000)}\r\n\r\n`, 431],
    ['a request that trickles in', 'GET /fr HTTP/1.1\r\nHost: a\r\n', 408],
  ])('%s is answered and closed', async (_, bytes, status) => {
    const got = await talk(bytes)
    expect(got).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `))
    expect(got).toContain('content-security-policy: ')
    expect(seen).toEqual([])
  })

  test('TRACE is not echoed', async () => {
    const { status, body } = await get('/fr', {
      method: 'TRACE',
      headers: { origin: OWN, 'x-secret': 'secret' },
    })
    expect(status).toBe(405)
    expect(body).not.toContain('secret')
  })
})

describe('what is kept in memory', () => {
  const asked = (target: string) => seen.filter(({ url }) => url === target).length

  test('is asked of Next once, whatever the encoding, and is the same answer', async () => {
    const first = await get('/fr/kept', { headers: { 'accept-encoding': 'br' } })
    const again = await get('/fr/kept', { headers: { 'accept-encoding': 'br' } })
    const gzip = await get('/fr/kept', { headers: { 'accept-encoding': 'gzip' } })
    const plain = await get('/fr/kept')
    expect(asked('/fr/kept')).toBe(1)
    const { date: _, ...headers } = first.headers
    expect(again.headers).toMatchObject(headers)
    expect(again.raw).toEqual(first.raw)
    expect([gzip.headers['content-encoding'], plain.headers['content-encoding']]).toEqual([
      'gzip',
      undefined,
    ])
    expect(new Set([first, again, gzip, plain].map(({ body }) => body)).size).toBe(1)
  })

  test('is gone with the next version of the content, and made again', async () => {
    await get('/fr/kept')
    contentVersion += 1
    await get('/fr/kept')
    expect(asked('/fr/kept')).toBe(2)
  })

  test('is not what was made while the content changed', async () => {
    duringNext = () => (contentVersion += 1)
    await get('/fr/kept')
    duringNext = () => undefined
    await get('/fr/kept')
    expect(asked('/fr/kept')).toBe(2)
  })

  test('is made once for all who wait', async () => {
    const answers = await Promise.all(Array.from({ length: 40 }, () => get('/fr/slow')))
    expect(asked('/fr/slow')).toBe(1)
    expect(new Set(answers.map(({ status, body }) => `${String(status)} ${body}`)).size).toBe(1)
  })

  test('is read by a newcomer while others wait for what has to be made', async () => {
    await get('/fr')
    seen.length = 0
    const heavy = Array.from({ length: 200 }, (_, number) => get(`/fr/heavy?q=${String(number)}`))
    const newcomer = await get('/fr')
    // As many as it takes until the connections before it are taken in, not all that they ask for.
    expect([newcomer.status, seen.length < 100]).toEqual([200, true])
    for (const { status } of await Promise.all(heavy)) expect(status).toBe(200)
    expect(seen).toHaveLength(200)
  })

  test('has one address for one content', async () => {
    await get('/fr/organisations?page=2&q=a&utm_source=x')
    await get('/fr/organisations?q=a&page=2')
    await get('/fr/organisations?fbclid=1&q=a&page=2&q=')
    expect(asked('/fr/organisations?q=a&page=2')).toBe(1)
    expect(seen).toHaveLength(1)
  })

  test('answers HEAD and a tag that still holds', async () => {
    const { headers } = await get('/fr/kept', { headers: { 'accept-encoding': 'br' } })
    const etag = String(headers.etag)
    const head = await get('/fr/kept', { method: 'HEAD', headers: { 'accept-encoding': 'br' } })
    expect([
      head.status,
      head.headers.etag,
      head.headers['content-length'],
      head.raw.length,
    ]).toEqual([200, etag, headers['content-length'], 0])
    const same = await get('/fr/kept', {
      headers: { 'accept-encoding': 'br', 'if-none-match': etag },
    })
    expect([same.status, same.headers.etag, same.headers.vary, same.raw.length]).toEqual([
      304,
      etag,
      'Accept-Encoding',
      0,
    ])
    expect(same.headers['content-type']).toBeUndefined()
    expect(asked('/fr/kept')).toBe(1)
  })

  test('is nothing of the protected part, no error, no redirect, no health', async () => {
    const targets = ['/fr/admin', '/fr/sign-in', '/fr/broken', '/fr/old', '/healthz', '/api/bad']
    for (const target of targets) {
      await get(target)
      await get(target)
      expect([target, asked(target)]).toEqual([target, 2])
    }
  })

  test('tells Next nothing of the visitor', async () => {
    await get('/fr/kept', { headers: { accept: 'text/x', 'accept-language': 'de', cookie: 'a=1' } })
    const { headers } = seen[0] ?? { headers: {} }
    expect(Object.keys(headers).sort()).toEqual([
      'host',
      'x-forwarded-for',
      'x-forwarded-host',
      'x-forwarded-proto',
      'x-request-id',
    ])
  })
})
