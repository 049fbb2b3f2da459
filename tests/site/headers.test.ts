import { describe, expect, test } from 'vitest'
import { ask, say } from '@/tests/support/http'

const baseURL = process.env['BASE_URL']

const PUBLIC_POLICY =
  "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

const RESPONSES: [address: string, status: number][] = [
  ['/', 307],
  ['/fr', 200],
  ['/en/organisations', 200],
  ['/fr/organisations/fictional-old-address', 308],
  ['/fr/organisations/', 308],
  ['/fr/nothing', 404],
  ['/xx', 404],
  ['/%', 400],
  ['/api/organisations', 200],
  ['/api/organisations?region=mars', 400],
  ['/api/nothing', 404],
  ['/icon.svg', 200],
  ['/robots.txt', 200],
  ['/sitemap.xml', 200],
  ['/fr/feed.xml', 200],
  ['/healthz', 200],
  ['/readyz', 200],
  ['/_next/static/nothing.js', 404],
  ['/_next/image?url=%2Ficon.svg&w=64&q=75', 404],
  ['/.git/config', 404],
]

for (const [address, status] of RESPONSES) {
  test(`${address} answers ${status} with every header and no cookie`, async () => {
    const answer = await ask(baseURL, address)
    expect(answer.status).toBe(status)
    expect(answer.headers).toMatchObject({
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'same-origin',
      'cross-origin-opener-policy': 'same-origin',
      'permissions-policy': expect.stringContaining('geolocation=()') as string,
      'content-security-policy': expect.stringContaining("default-src 'none'") as string,
      'cache-control': expect.stringMatching(/no-cache|no-store|max-age/) as string,
    })
    expect(answer.headers['cross-origin-resource-policy']).toBe(
      address.startsWith('/api/') ? 'cross-origin' : 'same-origin',
    )
    // Reached without https, so browsers must not be told to insist on it.
    for (const absent of ['set-cookie', 'x-powered-by', 'server', 'strict-transport-security']) {
      expect(answer.headers).not.toHaveProperty(absent)
    }
    expect(answer.headers['cache-control']).not.toContain('s-maxage')
    if (String(answer.headers['content-type']).startsWith('text/html')) {
      expect(answer.headers['content-security-policy']).toBe(PUBLIC_POLICY)
      if (answer.body !== '') {
        expect(answer.body).not.toMatch(/<script(?! type="application\/ld\+json")/)
        expect(answer.body).not.toContain('__next_f')
      }
    }
  })
}

test('the address to leave by leads to a neutral site and keeps nothing', async () => {
  const { status, headers } = await ask(baseURL, '/fr/leave')
  expect(status).toBe(303)
  expect(headers).toMatchObject({
    location: 'https://www.wikipedia.org/',
    'cache-control': 'no-store',
    'referrer-policy': 'no-referrer',
    'clear-site-data': '"cookies", "storage"',
    'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  })
  const robots = await ask(baseURL, '/robots.txt')
  const pages = await ask(baseURL, '/sitemap/pages.xml')
  expect(robots.body + pages.body).not.toContain('/leave')
})

test('the style sheet is kept for ever under its hashed name', async () => {
  const { body } = await ask(baseURL, '/fr')
  const sheets = [...body.matchAll(/<link rel="stylesheet" href="([^"]+)"/g)].map(
    ([, href]) => href,
  )
  expect(sheets).toHaveLength(1)
  const sheet = await ask(baseURL, sheets[0] ?? '', { headers: { 'Accept-Encoding': 'br' } })
  expect(sheet).toMatchObject({ status: 200 })
  expect(sheet.headers).toMatchObject({
    'cache-control': 'public, max-age=31536000, immutable',
    'content-encoding': 'br',
    'x-content-type-options': 'nosniff',
  })
})

describe('where a form comes from', () => {
  const cases: [string, Record<string, string>, refused: boolean][] = [
    ['no origin at all', {}, true],
    ['a foreign origin', { Origin: 'https://evil.example' }, true],
    ['a null origin', { Origin: 'null' }, true],
    ['a cross-site request without origin', { 'Sec-Fetch-Site': 'cross-site' }, true],
    [
      'a foreign origin that names itself as forwarded host',
      { Origin: 'https://evil.example', 'X-Forwarded-Host': 'evil.example' },
      true,
    ],
    ['the same site without origin', { 'Sec-Fetch-Site': 'same-origin' }, false],
  ]
  for (const [name, headers, refused] of cases) {
    test(`${name} is ${refused ? 'refused' : 'let through'}`, async () => {
      const answer = await ask(baseURL, '/fr/organisations', { method: 'POST', headers })
      expect(answer.status === 403).toBe(refused)
      expect(answer.body).toContain('<html lang="fr"')
      expect(answer.body).toContain('href="/fr"')
    })
  }
  test('the own origin is let through', async () => {
    const Origin = new URL(baseURL ?? '').origin
    const answer = await ask(baseURL, '/fr/organisations', { method: 'POST', headers: { Origin } })
    expect(answer.status).toBe(405)
  })
})

test('the language of the first page follows the browser, else English', async () => {
  const to = async (language: Record<string, string>) => {
    const { status, headers } = await ask(baseURL, '/', { headers: language })
    expect(status).toBe(307)
    expect(String(headers['vary'])).toContain('Accept-Language')
    return headers['location']
  }
  expect(await to({ 'Accept-Language': 'fr-BI,fr;q=0.9,en;q=0.8' })).toBe('/fr')
  expect(await to({ 'Accept-Language': 'en;q=0.5, fr;q=0.9' })).toBe('/fr')
  expect(await to({ 'Accept-Language': 'rn, sw' })).toBe('/en')
  expect(await to({})).toBe('/en')
})

test('the framework’s own requests get the page and nothing else', async () => {
  const address = '/en/organisations/fictional-long-answers'
  const plain = await ask(baseURL, address)
  for (const [suffix, headers] of [
    ['', { RSC: '1' }],
    ['?_rsc=abc', { RSC: '1', 'Next-Router-State-Tree': '%5B%22%22%5D' }],
    ['?nxtPslug=other', {}],
    ['', { 'Next-Router-Segment-Prefetch': '/_tree', RSC: '1' }],
    ['', { 'X-Nextjs-Data': '1', 'X-Matched-Path': '/en/privacy' }],
  ] as const) {
    const answer = await ask(baseURL, address + suffix, { headers: { ...headers } })
    expect(answer.status).toBe(200)
    expect(answer.headers['content-type']).toBe('text/html; charset=utf-8')
    expect(answer.body).toBe(plain.body)
  }
})

test('what programs ask for wrongly is answered as JSON that anybody may read', async () => {
  for (const [address, status] of [
    ['/api/organisations/%ff', 400],
    ['/api/organisations/a%2fb', 404],
    ['/api//organisations', 404],
  ] as const) {
    const answer = await ask(baseURL, address)
    expect(answer.status).toBe(status)
    expect(answer.headers['access-control-allow-origin']).toBe('*')
    expect(JSON.parse(answer.body)).toMatchObject({ error: { parameter: null } })
  }
})

test('what Node would answer by itself carries our headers too', async () => {
  const { hostname, port } = new URL(baseURL ?? '')
  for (const [head, status] of [
    ['GET /fr HTTP/1.1', 200],
    ['GET /fr HTTP/1.1\r\nHost: a\r\nExpect: something', 417],
    ['nonsense', 400],
  ] as const) {
    const answer = await say(Number(port), hostname, `${head}\r\nConnection: close\r\n\r\n`)
    expect(answer).toContain(`HTTP/1.1 ${String(status)} `)
    expect(answer).toContain('x-content-type-options: nosniff')
  }
})

test('an upgrade is refused and a body that is too large is answered', async () => {
  const upgrade = await ask(baseURL, '/fr', {
    headers: { Connection: 'Upgrade', Upgrade: 'websocket', 'Sec-WebSocket-Version': '13' },
  })
  expect(upgrade.status).toBeGreaterThanOrEqual(400)
  const { origin } = new URL(baseURL ?? '')
  const large = await ask(baseURL, '/en/admin', {
    method: 'POST',
    headers: { Origin: origin, 'Content-Type': 'text/plain' },
    body: 'x'.repeat(2_000_000),
  })
  expect(large.status).toBe(413)
  expect(large.body).toContain('<html lang="en"')
})

describe('search words that look like syntax', () => {
  for (const q of ['" NEAR( col: * - ( ^', '"', "'; DROP TABLE", '\u0000', 'a'.repeat(10_000)]) {
    test(`${JSON.stringify(q).slice(0, 30)} gives results or none`, async () => {
      for (const path of ['/fr/organisations', '/api/organisations']) {
        const answer = await ask(baseURL, `${path}?q=${encodeURIComponent(q)}`)
        expect(answer.status).toBe(200)
      }
    })
  }
})
