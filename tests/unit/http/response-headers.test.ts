import { describe, expect, test } from 'vitest'
import { responseHeaders, type ResponseTraits } from '@/server/http/response-headers'

const page: ResponseTraits = { kind: 'page', status: 200, isHtml: true, isSecure: true }

describe('response headers', () => {
  test('of a public page', () => {
    expect(responseHeaders(page)).toEqual({
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
    expect(responseHeaders({ ...page, isSecure: false })).not.toHaveProperty(
      'strict-transport-security',
    )
  })

  test('let nothing run from what is no page', () => {
    const policy = responseHeaders({ ...page, kind: 'file', isHtml: false })[
      'content-security-policy'
    ]
    expect(policy).toBe("default-src 'none'; frame-ancestors 'none'")
  })

  test('let the scripts of a protected page run that carry its nonce, and keep it out of indexes', () => {
    const given = responseHeaders({ ...page, kind: 'protected', nonce: 'bm9uY2U=' })
    expect(given).toMatchObject({
      'cache-control': 'no-store',
      'content-security-policy':
        "default-src 'none'; script-src 'nonce-bm9uY2U=' 'strict-dynamic'; style-src 'self'; img-src 'self' data:; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
      'x-robots-tag': 'noindex',
    })
    expect(
      responseHeaders({ ...page, kind: 'protected', isHtml: false, nonce: 'bm9uY2U=' }),
    ).toMatchObject({ 'content-security-policy': "default-src 'none'; frame-ancestors 'none'" })
    expect(responseHeaders(page)).not.toHaveProperty('x-robots-tag')
  })

  test('let programs anywhere read the API, and only that', () => {
    expect(responseHeaders({ ...page, kind: 'api' })).toMatchObject({
      'access-control-allow-origin': '*',
      'cross-origin-resource-policy': 'cross-origin',
    })
    expect(responseHeaders({ ...page, kind: 'data' })).not.toHaveProperty(
      'access-control-allow-origin',
    )
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
    expect(responseHeaders({ ...page, kind, status })['cache-control']).toBe(expected)
  })
})
