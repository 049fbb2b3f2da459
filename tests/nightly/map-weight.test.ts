import { afterAll, beforeAll, expect, test } from 'vitest'
import { COUNTRIES } from '@/lib/geo/countries'
import { REGIONS } from '@/lib/geo/regions'
import { ask } from '@/tests/support/http'
import { runOnSite } from '@/tests/support/sign-in'
import { startTestSite, type TestSite } from '@/tests/support/test-site'

const LIMIT = 20_480
let site: TestSite

beforeAll(async () => {
  site = await startTestSite()
})

afterAll(() => site.stop())

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

async function tooHeavy(encodings: ('br' | 'gzip')[]): Promise<string[]> {
  const found: string[] = []
  for (const locale of ['fr', 'en']) {
    for (const part of ['', '/map', ...REGIONS.map((region) => `/map/${region}`)]) {
      for (const encoding of encodings) {
        const { bytes } = await coldVisit(`/${locale}${part}`, encoding)
        if (bytes > LIMIT) found.push(`/${locale}${part} ${encoding}: ${bytes}`)
      }
    }
  }
  return found
}

test('however many countries have organisations, the maps come in 20 kB', async () => {
  runOnSite('tests/support/list-everywhere.ts', ['shapes'])
  expect(await tooHeavy(['br', 'gzip'])).toEqual([])
  // With the islands and city states too: all that there are, Antarctica included.
  runOnSite('tests/support/list-everywhere.ts', ['dots'])
  expect(await tooHeavy(['br'])).toEqual([])
  const { body } = await coldVisit('/en/map', 'br')
  expect(body.match(/<a href="[^"]*" class="shade-/g)).toHaveLength(COUNTRIES.length)
})
