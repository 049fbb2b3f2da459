import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { SameBodies } from '@/lib/delivery/same-bodies'

test('what is the same for everybody is made once and compressed once for each encoding', async () => {
  const bodies = new SameBodies()
  let made = 0
  const get = (name: string) => bodies.get(name, () => `${name} ${String(++made)} `.repeat(100))
  const busy = get('busy')
  expect(get('busy')).toBe(busy)
  expect(get('full')).not.toEqual(busy)
  expect(made).toBe(2)

  const [one, same] = await Promise.all([bodies.compress(busy, 'br'), bodies.compress(busy, 'br')])
  expect(same).toBe(one)
  expect(brotliDecompressSync(one)).toEqual(busy)
  expect(gunzipSync(await bodies.compress(busy, 'gzip'))).toEqual(busy)
  expect(await bodies.compress(busy, 'identity')).toBe(busy)
})

test('what is made for one request is compressed for it, and not kept', async () => {
  const bodies = new SameBodies()
  const own = Buffer.from('one person’s form '.repeat(50))
  const first = await bodies.compress(own, 'br')
  expect(brotliDecompressSync(first)).toEqual(own)
  expect(await bodies.compress(own, 'br')).not.toBe(first)
})
