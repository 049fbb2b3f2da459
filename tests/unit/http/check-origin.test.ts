import { describe, expect, test } from 'vitest'
import { allowedOrigins, isAllowedOrigin } from '@/server/http/check-origin'

describe('who may change something', () => {
  const own = ['https://directory.example']

  test.each(['GET', 'HEAD', 'OPTIONS'])('%s changes nothing, so anybody may', (method) => {
    expect(isAllowedOrigin(method, { origin: 'https://evil.example' }, own)).toBe(true)
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
    expect(isAllowedOrigin('POST', headers, own)).toBe(expected)
  })

  test.each(['PUT', 'PATCH', 'DELETE', 'PROPFIND'])('%s is asked the same', (method) => {
    expect(isAllowedOrigin(method, {}, own)).toBe(false)
  })

  test('every name of this machine is ours until the operator names one', () => {
    expect(allowedOrigins('http://localhost:3000', false, 3000)).toEqual([
      'http://localhost:3000',
      'http://127.0.0.1:3000',
      'http://[::1]:3000',
    ])
    expect(allowedOrigins('https://directory.example', true, 3000)).toEqual(own)
  })
})
