import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { compress, isCompressible, preferredEncoding } from '@/server/http/compress'

describe('the encoding of an answer', () => {
  test.each([
    ['gzip, deflate, br', 'br'],
    ['gzip, deflate, br, zstd', 'br'],
    ['br;q=0.1, gzip;q=0.9', 'br'],
    ['gzip', 'gzip'],
    ['br;q=0, gzip', 'gzip'],
    ['*', 'br'],
    ['identity', 'identity'],
    ['gzip;q=0, br;q=0', 'identity'],
    ['zstd', 'identity'],
    ['', 'identity'],
    [undefined, 'identity'],
    ['nonsense;;q=,', 'identity'],
  ])('for %j is %s', (accepted, expected) => {
    expect(preferredEncoding({ 'accept-encoding': accepted }, 5000)).toBe(expected)
  })

  test('is none for a body that compression makes no smaller', () => {
    expect(preferredEncoding({ 'accept-encoding': 'br' }, 200)).toBe('identity')
  })
})

test.each([
  ['text/html; charset=utf-8', true],
  ['text/css; charset=utf-8', true],
  ['application/json', true],
  ['application/atom+xml; charset=utf-8', true],
  ['application/ld+json', true],
  ['image/svg+xml; charset=utf-8', true],
  ['image/png', false],
  ['font/woff2', false],
  ['application/octet-stream', false],
  ['', false],
])('%j becomes smaller: %s', (contentType, expected) => {
  expect(isCompressible(contentType)).toBe(expected)
})

test.each(['each', 'once'] as const)('what is compressed %s can be read again', async (effort) => {
  const body = Buffer.from('Travailleuses du sexe, « été » '.repeat(200))
  expect(gunzipSync(await compress(body, 'gzip', effort))).toEqual(body)
  expect(brotliDecompressSync(await compress(body, 'br', effort))).toEqual(body)
  expect(await compress(body, 'identity', effort)).toBe(body)
  expect((await compress(body, 'br', effort)).length).toBeLessThan(body.length / 10)
})
