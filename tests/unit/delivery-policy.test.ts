import { describe, expect, test } from 'vitest'
import { allowedMethods, parseAddress } from '@/lib/delivery/address'
import { addressPrefix, clientAddress, trustedProxies } from '@/lib/delivery/client-address'
import { headersFor, type Answering } from '@/lib/delivery/headers'
import { mayChange, ownOrigins } from '@/lib/delivery/origin'
import { headersForNext } from '@/lib/delivery/request-headers'

const page: Answering = { kind: 'page', status: 200, isHtml: true, isSecure: true }

describe('headers of an answer', () => {
  test('of a public page', () => {
    expect(headersFor(page)).toEqual({
      'cache-control': 'no-cache',
      'content-security-policy':
        "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
      'permissions-policy': expect.stringContaining('geolocation=()') as string,
      'referrer-policy': 'same-origin',
      'strict-transport-security': 'max-age=63072000; includeSubDomains',
      'x-content-type-options': 'nosniff',
    })
  })

  test('say nothing of https where the site is not reached by it', () => {
    expect(headersFor({ ...page, isSecure: false })).not.toHaveProperty('strict-transport-security')
  })

  test('let nothing run from what is no page', () => {
    const policy = headersFor({ ...page, kind: 'file', isHtml: false })['content-security-policy']
    expect(policy).toBe("default-src 'none'; frame-ancestors 'none'")
  })

  test('let the scripts of a protected page run that carry its nonce, and keep it out of indexes', () => {
    const given = headersFor({ ...page, kind: 'protected', nonce: 'bm9uY2U=' })
    expect(given).toMatchObject({
      'cache-control': 'no-store',
      'content-security-policy':
        "default-src 'none'; script-src 'nonce-bm9uY2U=' 'strict-dynamic'; style-src 'self'; img-src 'self' data:; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
      'x-robots-tag': 'noindex',
    })
    expect(
      headersFor({ ...page, kind: 'protected', isHtml: false, nonce: 'bm9uY2U=' }),
    ).toMatchObject({ 'content-security-policy': "default-src 'none'; frame-ancestors 'none'" })
    expect(headersFor(page)).not.toHaveProperty('x-robots-tag')
  })

  test('let programs anywhere read the API, and only that', () => {
    expect(headersFor({ ...page, kind: 'api' })).toMatchObject({
      'access-control-allow-origin': '*',
      'cross-origin-resource-policy': 'cross-origin',
    })
    expect(headersFor({ ...page, kind: 'data' })).not.toHaveProperty('access-control-allow-origin')
  })

  test.each([
    ['page', 200, 'no-cache'],
    ['page', 308, 'no-cache'],
    ['page', 404, 'no-store'],
    ['api', 200, 'no-cache'],
    ['api', 400, 'no-store'],
    ['data', 200, 'no-cache'],
    ['health', 200, 'no-store'],
    ['protected', 200, 'no-store'],
    ['hashed', 200, 'public, max-age=31536000, immutable'],
    ['hashed', 404, 'no-store'],
    ['file', 200, 'public, max-age=86400'],
  ] as const)('%s %i is kept as %s', (kind, status, expected) => {
    expect(headersFor({ ...page, kind, status })['cache-control']).toBe(expected)
  })
})

describe('who may change something', () => {
  const own = ['https://directory.example']

  test.each(['GET', 'HEAD', 'OPTIONS'])('%s changes nothing, so anybody may', (method) => {
    expect(mayChange(method, { origin: 'https://evil.example' }, own)).toBe(true)
  })

  test.each([
    [{ origin: 'https://directory.example' }, true],
    [{ origin: 'https://directory.example', 'sec-fetch-site': 'same-origin' }, true],
    [{ 'sec-fetch-site': 'same-origin' }, true],
    [{ 'sec-fetch-site': 'none' }, true],
    [{}, false],
    [{ origin: 'null' }, false],
    [{ origin: '' }, false],
    [{ origin: 'http://directory.example' }, false],
    [{ origin: 'https://directory.example.evil.example' }, false],
    [{ origin: 'https://directory.example:8443' }, false],
    [{ origin: 'https://evil.example', host: 'evil.example' }, false],
    [{ origin: 'https://evil.example', 'x-forwarded-host': 'evil.example' }, false],
    [{ origin: 'https://evil.example', 'sec-fetch-site': 'same-origin' }, false],
    [{ 'sec-fetch-site': 'same-site' }, false],
    [{ 'sec-fetch-site': 'cross-site' }, false],
    [{ host: 'directory.example' }, false],
  ])('POST with %j: %s', (headers, expected) => {
    expect(mayChange('POST', headers, own)).toBe(expected)
  })

  test.each(['PUT', 'PATCH', 'DELETE', 'PROPFIND'])('%s is asked the same', (method) => {
    expect(mayChange(method, {}, own)).toBe(false)
  })

  test('every name of this machine is ours until the operator names one', () => {
    expect(ownOrigins('http://localhost:3000', false, 3000)).toEqual([
      'http://localhost:3000',
      'http://127.0.0.1:3000',
      'http://[::1]:3000',
    ])
    expect(ownOrigins('https://directory.example', true, 3000)).toEqual(own)
  })
})

describe('an address', () => {
  test.each([
    ['/', 'root', null],
    ['/fr', 'page', 'fr'],
    ['/en/organisations/a-b', 'page', 'en'],
    ['/en/organisations/', 'page', 'en'],
    ['/fr/admin', 'protected', 'fr'],
    ['/fr/admin/people', 'protected', 'fr'],
    ['/fr/sign-in', 'protected', 'fr'],
    ['/en/propose/secret', 'protected', 'en'],
    ['/fr/administration', 'page', 'fr'],
    ['/api/organisations', 'api', null],
    ['/healthz', 'health', null],
    ['/robots.txt', 'data', null],
    ['/sitemap.xml', 'data', null],
    ['/sitemap/1', 'data', null],
    ['/fr/organisations/list.csv', 'download', 'fr'],
    ['/en/organisations/list.json', 'download', 'en'],
    ['/en/organisations/list.json/', 'page', 'en'],
    ['/organisations/list.csv', 'unknown', null],
    ['/xx', 'unknown', null],
    ['/xx/organisations', 'unknown', null],
    ['/EN', 'unknown', null],
    ['/%65n', 'unknown', null],
    ['/_next/image', 'unknown', null],
    ['/_next/static/a.css', 'unknown', null],
    ['/_not-found', 'unknown', null],
    ['//evil.example', 'unknown', null],
    ['//evil.example/fr', 'unknown', null],
  ])('%s is %s', (target, kind, locale) => {
    expect(parseAddress(target)).toMatchObject({
      ok: true,
      address: { kind, locale, isRoutable: kind !== 'unknown' },
    })
  })

  test.each([
    ['/fr//evil.example', 'page', 'fr'],
    ['/fr/../admin', 'page', 'fr'],
    ['/fr/%2e%2e/admin', 'page', 'fr'],
    ['/fr/a%2Fb', 'page', 'fr'],
    ['/fr/a%5Cb', 'page', 'fr'],
    ['/fr/a%00', 'page', 'fr'],
    ['/fr/admin/../organisations', 'protected', 'fr'],
    ['/api//organisations', 'api', null],
    ['/api/organisations/a%2fb', 'api', null],
  ])('%s leads nowhere, and is answered as %s', (target, kind, locale) => {
    expect(parseAddress(target)).toMatchObject({
      ok: true,
      address: { kind, locale, isRoutable: false },
    })
  })

  test.each([
    ['/%E0%A4%A', 'unknown', null],
    ['/fr/%', 'page', 'fr'],
    ['/fr/%ZZ', 'page', 'fr'],
    ['/api/organisations/%ff', 'api', null],
    ['*', 'unknown', null],
    ['http://evil.example/fr', 'unknown', null],
    ['', 'unknown', null],
  ])('%s cannot be read, and is answered as %s', (target, kind, locale) => {
    expect(parseAddress(target)).toMatchObject({
      ok: false,
      reason: 'malformed',
      address: { kind, locale, isRoutable: false },
    })
  })

  test.each([
    ['?q=a&_rsc=1', '?q=a'],
    ['?_rsc', ''],
    ['?nxtPlocale=fr&q=a&nxtIslug=b', '?q=a'],
    ['?%6extPlocale=fr', ''],
    ['?__nextLocale=fr&__nextDataReq=1', ''],
    ['?%E0%A4%A=1', ''],
    ['?q=a+b&area=x&area=y', '?q=a+b&area=x&area=y'],
    ['?q=a?b', '?q=a?b'],
    ['?', ''],
    ['?q=%', '?q=%'],
    ['?q=_rsc', '?q=_rsc'],
  ])('%s is handed on as %j', (query, expected) => {
    expect(parseAddress(`/fr${query}`)).toMatchObject({ address: { path: '/fr', query: expected } })
  })

  test('takes forms in the protected part only', () => {
    expect(allowedMethods('page')).not.toContain('POST')
    expect(allowedMethods('api')).not.toContain('POST')
    expect(allowedMethods('protected')).toContain('POST')
  })
})

describe('headers that Next sees', () => {
  const claimed = {
    host: 'evil.example',
    accept: 'text/html',
    'accept-language': 'fr',
    cookie: '__prerender_bypass=1',
    'content-type': 'multipart/form-data; boundary=x',
    'next-action': 'abc',
    'next-router-prefetch': '1',
    'next-router-state-tree': 'x',
    'next-url': '/x',
    purpose: 'prefetch',
    rsc: '1',
    'user-agent': 'x',
    'content-security-policy': "script-src 'nonce-chosen'",
    'x-client-address-prefix': '192.0.2.0/24',
    'x-forwarded-for': '203.0.113.9',
    'x-forwarded-host': 'evil.example',
    'x-forwarded-port': '1',
    'x-forwarded-proto': 'gopher',
    'x-invoke-path': '/x',
    'x-matched-path': '/x',
    'x-middleware-subrequest': 'middleware',
    'x-nextjs-data': '1',
    'x-request-id': 'chosen',
  }
  const ours = {
    host: 'directory.example',
    'x-forwarded-for': '',
    'x-forwarded-host': 'directory.example',
    'x-forwarded-proto': 'https',
    'x-request-id': 'id',
  }

  test('on a public page say nothing of the visitor', () => {
    expect(headersForNext(claimed, 'page', 'https://directory.example', 'id')).toEqual(ours)
  })

  test('in the protected part say who it is and what is sent', () => {
    const visitor = { policy: 'ours', addressPrefix: '203.0.113.0/24' }
    const given = headersForNext(claimed, 'protected', 'https://directory.example', 'id', visitor)
    expect(given).toEqual({
      ...ours,
      'content-security-policy': 'ours',
      'next-action': 'abc',
      'next-router-state-tree': 'x',
      'x-client-address-prefix': '203.0.113.0/24',
      accept: 'text/html',
      'accept-language': 'fr',
      'content-type': 'multipart/form-data; boundary=x',
      cookie: '__prerender_bypass=1',
      origin: 'https://directory.example',
      'user-agent': 'x',
    })
  })
})

describe('the network of a connection', () => {
  test.each([
    ['203.0.113.9', '203.0.113.0/24'],
    ['::ffff:203.0.113.9', '203.0.113.0/24'],
    ['127.0.0.1', '127.0.0.0/24'],
    ['2001:db8:12:3456::1', '2001:db8:12::/48'],
    ['2001:0db8:0012:ffff:ffff:ffff:ffff:ffff', '2001:db8:12::/48'],
    ['2001:db8::1', '2001:db8:0::/48'],
    ['::1', '0:0:0::/48'],
    ['fe80::1%eth0', 'fe80:0:0::/48'],
    [undefined, 'unknown'],
    ['nonsense', 'unknown'],
  ])('%s is %s', (address, prefix) => {
    expect(addressPrefix(address)).toBe(prefix)
  })
})

describe('whom a request comes from', () => {
  const proxies = trustedProxies(['127.0.0.1', '10.0.0.0/8', 'fd00::/8'])

  test.each([
    ['203.0.113.7', '198.51.100.1', '203.0.113.7'],
    ['127.0.0.1', '198.51.100.1', '198.51.100.1'],
    ['::ffff:127.0.0.1', '198.51.100.1', '198.51.100.1'],
    ['127.0.0.1', '192.0.2.66, 198.51.100.1', '198.51.100.1'],
    ['127.0.0.1', '198.51.100.1, 10.1.2.3', '198.51.100.1'],
    ['fd00::1', '2001:db8::5', '2001:db8::5'],
    ['127.0.0.1', '10.1.2.3', '127.0.0.1'],
    ['127.0.0.1', 'unknown', '127.0.0.1'],
    ['127.0.0.1', '198.51.100.1, <script>', '127.0.0.1'],
    ['127.0.0.1', '', '127.0.0.1'],
    ['127.0.0.1', undefined, '127.0.0.1'],
    [undefined, '198.51.100.1', undefined],
  ])('by %s, forwarded for %s: %s', (connection, forwardedFor, client) => {
    expect(clientAddress(connection, forwardedFor, proxies)).toBe(client)
  })

  test('is the connection where nobody is trusted', () => {
    expect(clientAddress('127.0.0.1', '198.51.100.1', trustedProxies([]))).toBe('127.0.0.1')
  })
})
