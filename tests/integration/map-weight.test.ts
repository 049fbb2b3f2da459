import { afterAll, beforeAll, expect, test } from 'vitest'
import { COUNTRIES } from '@/lib/places/countries'
import { REGIONS } from '@/lib/places/regions'
import { ask } from '@/tests/support/http'
import { runOnSite } from '@/tests/support/sign-in'
import startSite from '@/tests/support/site'

const LIMIT = 20_480
let stop: () => Promise<void>

beforeAll(async () => {
  stop = await startSite()
  runOnSite('tests/support/list-everywhere.ts', [])
})

afterAll(() => stop())

async function coldVisit(address: string, encoding: 'br' | 'gzip') {
  const base = process.env['BASE_URL']
  const headers = { 'Accept-Encoding': encoding }
  const page = await ask(base, address, { headers })
  const sheets = [...page.body.matchAll(/<link rel="stylesheet" href="([^"]+)"/g)]
  expect(sheets).toHaveLength(1)
  let bytes = 0
  for (const answer of [page, await ask(base, sheets[0]?.[1] ?? '', { headers })]) {
    expect(answer.status).toBe(200)
    expect(answer.headers['content-encoding']).toBe(encoding)
    bytes += answer.size + JSON.stringify(answer.headers).length
  }
  return { bytes, body: page.body }
}

test('with organisations in every country of the world, the maps still come in 20 kB', async () => {
  for (const locale of ['fr', 'en']) {
    for (const part of ['', ...REGIONS.map((region) => `/${region}`)]) {
      for (const encoding of ['br', 'gzip'] as const) {
        const address = `/${locale}/map${part}`
        const { bytes, body } = await coldVisit(address, encoding)
        if (part === '') {
          const links = body.match(/<a href="[^"]*" class="shade-/g)
          expect(links).toHaveLength(COUNTRIES.length)
        }
        expect([address, encoding, bytes <= LIMIT ? 'fits' : bytes]).toEqual([
          address,
          encoding,
          'fits',
        ])
      }
    }
  }
})
