import { randomBytes } from 'node:crypto'
import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { ResponseCache, type CachedResponse } from '@/server/http/response-cache'

const MEBIBYTE = 1024 * 1024
/** More than a cache of one mebibyte takes uncompressed. */
const LONG = 160 * 1024

function responseOf(of: number | Buffer): CachedResponse {
  const body = typeof of === 'number' ? Buffer.alloc(of, 'a') : of
  return {
    ...{ status: 200, hash: 'h', contentType: 'text/html', body, length: body.length },
    headers: { 'content-type': 'text/html', vary: 'Accept-Encoding' },
    variants: new Map(),
  }
}

describe('cached responses', () => {
  test('are those of one version of the content', async () => {
    const cache = new ResponseCache(MEBIBYTE)
    const response = responseOf(100)
    await cache.set('/fr', 1, response, 'br')
    expect(cache.get('/fr', 1)).toBe(response)
    expect(cache.get('/fr', 2)).toBeUndefined()
    expect(cache.get('/fr', 1)).toBeUndefined()
  })

  test('with a query never evict those without one, however many are asked for', async () => {
    const cache = new ResponseCache(MEBIBYTE)
    const pages = Array.from({ length: 60 }, (_, index) => `/fr/organisations/${String(index)}`)
    for (const page of pages) await cache.set(page, 1, responseOf(8_000), 'identity')
    for (let index = 0; index < 2_000; index++) {
      await cache.set(`/fr/organisations?q=${String(index)}`, 1, responseOf(8_000), 'identity')
    }
    expect(pages.filter((page) => cache.get(page, 1))).toHaveLength(60)
    expect(cache.get('/fr/organisations?q=1999', 1)).toBeDefined()
    expect(cache.get('/fr/organisations?q=0', 1)).toBeUndefined()
    expect(cache.size.bytes).toBeLessThanOrEqual(MEBIBYTE)
  })

  test('that were not asked for lately make room first', async () => {
    const cache = new ResponseCache(MEBIBYTE)
    await cache.set('/fr', 1, responseOf(8_000), 'identity')
    for (let index = 0; index < 200; index++) {
      await cache.set(`/fr/organisations/${String(index)}`, 1, responseOf(8_000), 'identity')
      cache.get('/fr', 1)
    }
    expect(cache.get('/fr', 1)).toBeDefined()
    expect(cache.get('/fr/organisations/0', 1)).toBeUndefined()
    expect(cache.size.bytes).toBeLessThanOrEqual(MEBIBYTE)
  })

  test('are never larger than their share', async () => {
    const cache = new ResponseCache(MEBIBYTE)
    const response = responseOf(randomBytes(LONG))
    await cache.set('/large', 1, response, 'br')
    expect(cache.get('/large', 1)).toBeUndefined()
    await cache.set('/plain', 1, responseOf(LONG), 'identity')
    expect(cache.get('/plain', 1)).toBeUndefined()
  })

  test('are judged by the bytes that they take compressed', async () => {
    const cache = new ResponseCache(MEBIBYTE)
    const response = responseOf(LONG)
    await cache.set('/long', 1, response, 'br')
    expect(cache.get('/long', 1) === response).toBe(true)
    expect(cache.size.bytes).toBeLessThan(10_000)
    const { body } = await cache.variant('/long', response, 'br')
    expect(brotliDecompressSync(body).length).toBe(LONG)
    const longest = responseOf(2 * LONG)
    await cache.set('/longest', 1, longest, 'br')
    expect(cache.get('/longest', 1)).toBeUndefined()
  })

  test('are none that has become old while it was compressed', async () => {
    const cache = new ResponseCache(MEBIBYTE)
    const setting = cache.set('/long', 1, responseOf(LONG), 'br')
    expect(cache.get('/fr', 2)).toBeUndefined()
    await setting
    expect(cache.size.responses).toBe(0)
    expect(cache.get('/long', 1)).toBeUndefined()
  })

  test('count the bytes of every encoding, made once', async () => {
    const cache = new ResponseCache(MEBIBYTE)
    const response = responseOf(8_000)
    await cache.set('/fr', 1, response, 'br')
    const before = cache.size.bytes
    const [one, meanwhile] = await Promise.all([
      cache.variant('/fr', response, 'gzip'),
      cache.variant('/fr', response, 'gzip'),
    ])
    expect(meanwhile).toBe(one)
    expect(await cache.variant('/fr', response, 'gzip')).toBe(one)
    expect(cache.size.bytes).toBe(before - 8_000 + one.body.length)
    expect(one.headers).toEqual([
      ...['content-type', 'text/html', 'vary', 'Accept-Encoding', 'etag', '"h-gzip"'],
      ...['content-encoding', 'gzip', 'content-length', String(one.body.length)],
    ])
    expect(one.headersNotModified).toEqual(['vary', 'Accept-Encoding', 'etag', '"h-gzip"'])
  })

  test('are kept compressed alone, and sent in any other encoding all the same', async () => {
    const cache = new ResponseCache(MEBIBYTE)
    const response = responseOf(8_000)
    const plain = response.body
    await cache.set('/fr', 1, response, 'br')
    expect((await cache.variant('/fr', response, 'identity')).body).toEqual(plain)
    await cache.variant('/fr', response, 'br')
    expect(response.body).toBeNull()
    const asItIs = await cache.variant('/fr', response, 'identity')
    expect(asItIs.body).toEqual(plain)
    expect(asItIs.headers).toContain('8000')
    expect(gunzipSync((await cache.variant('/fr', response, 'gzip')).body)).toEqual(plain)
    expect([...response.variants.keys()]).toEqual(['br', 'gzip'])
  })
})
