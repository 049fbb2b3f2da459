import { randomBytes } from 'node:crypto'
import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { KeptAnswers, type KeptAnswer } from '@/lib/delivery/kept-answers'
import { publicQuery } from '@/lib/delivery/public-query'
import { RequestCounts } from '@/lib/delivery/request-counts'
import { Turns } from '@/lib/delivery/turns'

const MEBIBYTE = 1024 * 1024
/** More than may be kept as it is where a mebibyte is kept. */
const LONG = 160 * 1024

function answerOf(of: number | Buffer): KeptAnswer {
  const body = typeof of === 'number' ? Buffer.alloc(of, 'a') : of
  return {
    ...{ status: 200, hash: 'h', contentType: 'text/html', body, length: body.length },
    headers: { 'content-type': 'text/html', vary: 'Accept-Encoding' },
    variants: new Map(),
  }
}

/** Somebody asks for an address and gets what is kept of it. */
function ask(kept: KeptAnswers, address: string): KeptAnswer | undefined {
  const answer = kept.get(address, 1)
  if (answer) kept.use(address, answer)
  return answer
}

/** Somebody asks for an address, which is made where it is not kept. */
async function askOrMake(kept: KeptAnswers, address: string): Promise<void> {
  if (ask(kept, address)) return
  const made = answerOf(8_000)
  await kept.keep(address, 1, made, 'br')
  kept.use(address, made)
}

describe('answers that are kept', () => {
  test('are those of one version of the content', async () => {
    const kept = new KeptAnswers(MEBIBYTE)
    const answer = answerOf(100)
    await kept.keep('/fr', 1, answer, 'br')
    expect(kept.get('/fr', 1)).toBe(answer)
    expect(kept.get('/fr', 2)).toBeUndefined()
    expect(kept.get('/fr', 1)).toBeUndefined()
  })

  test('stay when a flood of other addresses is asked for, once and twice', async () => {
    const kept = new KeptAnswers(MEBIBYTE)
    const useful = Array.from({ length: 60 }, (_, index) => `/fr/organisations/${String(index)}`)
    for (let round = 0; round < 6; round++)
      for (const address of useful) await askOrMake(kept, address)
    for (let index = 0; index < 20_000; index++) {
      const address = `/fr/organisations?q=${String(index)}`
      await askOrMake(kept, address)
      if (index % 2 === 0) await askOrMake(kept, address)
    }
    expect(useful.filter((address) => kept.get(address, 1))).toHaveLength(60)
    expect(kept.size.bytes).toBeLessThanOrEqual(MEBIBYTE)
  })

  test('make room for what is asked for more than they are', async () => {
    const kept = new KeptAnswers(MEBIBYTE)
    for (let index = 0; index < 200; index++) await askOrMake(kept, `/old/${String(index)}`)
    for (let index = 0; index < 5; index++) await askOrMake(kept, '/new')
    for (let index = 0; index < 200; index++) await askOrMake(kept, `/flood/${String(index)}`)
    expect(kept.get('/new', 1)).toBeDefined()
  })

  test('count once for each time that they are sent, whatever looked for them before', async () => {
    const kept = new KeptAnswers(MEBIBYTE)
    for (let index = 0; index < 200; index++) {
      for (let round = 0; round < 3; round++) await askOrMake(kept, `/useful/${String(index)}`)
    }
    const useful = kept.size.answers
    for (let index = 0; index < 200; index++) {
      await askOrMake(kept, `/flood/${String(index)}`)
      for (let look = 0; look < 5; look++) kept.get(`/flood/${String(index)}`, 1)
    }
    const left = Array.from({ length: 200 }, (_, index) => kept.get(`/useful/${String(index)}`, 1))
    expect(left.filter(Boolean).length).toBeGreaterThan(useful / 2)
  })

  test('are never larger than their share', async () => {
    const kept = new KeptAnswers(MEBIBYTE)
    const answer = answerOf(randomBytes(LONG))
    await kept.keep('/large', 1, answer, 'br')
    expect(kept.get('/large', 1)).toBeUndefined()
    await kept.keep('/plain', 1, answerOf(LONG), 'identity')
    expect(kept.get('/plain', 1)).toBeUndefined()
  })

  test('are judged by the bytes that they take compressed', async () => {
    const kept = new KeptAnswers(MEBIBYTE)
    const answer = answerOf(LONG)
    await kept.keep('/long', 1, answer, 'br')
    expect(kept.get('/long', 1) === answer).toBe(true)
    expect(kept.size.bytes).toBeLessThan(10_000)
    const { body } = await kept.variant('/long', answer, 'br')
    expect(brotliDecompressSync(body).length).toBe(LONG)
    const longest = answerOf(2 * LONG)
    await kept.keep('/longest', 1, longest, 'br')
    expect(kept.get('/longest', 1)).toBeUndefined()
  })

  test('are none that has become old while it was compressed', async () => {
    const kept = new KeptAnswers(MEBIBYTE)
    const keeping = kept.keep('/long', 1, answerOf(LONG), 'br')
    expect(kept.get('/fr', 2)).toBeUndefined()
    await keeping
    expect(kept.size.answers).toBe(0)
    expect(kept.get('/long', 1)).toBeUndefined()
  })

  test('count the bytes of every encoding, made once', async () => {
    const kept = new KeptAnswers(MEBIBYTE)
    const answer = answerOf(8_000)
    await kept.keep('/fr', 1, answer, 'br')
    const before = kept.size.bytes
    const [one, meanwhile] = await Promise.all([
      kept.variant('/fr', answer, 'gzip'),
      kept.variant('/fr', answer, 'gzip'),
    ])
    expect(meanwhile).toBe(one)
    expect(await kept.variant('/fr', answer, 'gzip')).toBe(one)
    expect(kept.size.bytes).toBe(before - 8_000 + one.body.length)
    expect(one.headers).toEqual([
      ...['content-type', 'text/html', 'vary', 'Accept-Encoding', 'etag', '"h-gzip"'],
      ...['content-encoding', 'gzip', 'content-length', String(one.body.length)],
    ])
    expect(one.headersNotModified).toEqual(['vary', 'Accept-Encoding', 'etag', '"h-gzip"'])
  })

  test('are kept compressed alone, and sent in any other encoding all the same', async () => {
    const kept = new KeptAnswers(MEBIBYTE)
    const answer = answerOf(8_000)
    const plain = answer.body
    await kept.keep('/fr', 1, answer, 'br')
    expect((await kept.variant('/fr', answer, 'identity')).body).toEqual(plain)
    await kept.variant('/fr', answer, 'br')
    expect(answer.body).toBeNull()
    const asItIs = await kept.variant('/fr', answer, 'identity')
    expect(asItIs.body).toEqual(plain)
    expect(asItIs.headers).toContain('8000')
    expect(gunzipSync((await kept.variant('/fr', answer, 'gzip')).body)).toEqual(plain)
    expect([...answer.variants.keys()]).toEqual(['br', 'gzip'])
  })
})

describe('counts of requests', () => {
  test('are never too low', () => {
    const counts = new RequestCounts(1 << 10)
    for (let index = 0; index < 500; index++) counts.add(`/${String(index % 100)}`)
    for (let index = 0; index < 100; index++) {
      expect(counts.of(`/${String(index)}`)).toBeGreaterThanOrEqual(5)
    }
  })

  test('fade', () => {
    const counts = new RequestCounts(1 << 8)
    for (let index = 0; index < 200; index++) counts.add('/once-popular')
    const before = counts.of('/once-popular')
    for (let index = 0; index < 8 * 256; index++) counts.add('/now')
    expect(counts.of('/once-popular')).toBeLessThan(before)
  })
})

describe('turns', () => {
  const patient = () => new AbortController().signal

  test('go round between networks, however many one of them has sent', async () => {
    const turns = new Turns({ atOnce: 1, waitingEach: 100, waitingInAll: 1000 })
    const end = await turns.take('busy', patient())
    const order: string[] = []
    const waiting = [...Array<string>(20).fill('busy'), 'quiet'].map(async (network) => {
      const endTurn = await turns.take(network, patient())
      order.push(network)
      endTurn?.()
    })
    end?.()
    await Promise.all(waiting)
    expect(order).toHaveLength(21)
    expect(order.indexOf('quiet')).toBe(1)
  })

  test('are refused where too many wait, of one network or in all', async () => {
    const turns = new Turns({ atOnce: 1, waitingEach: 2, waitingInAll: 3 })
    const end = await turns.take('a', patient())
    const waiting = ['a', 'a', 'b'].map((network) => turns.take(network, patient()))
    expect(await turns.take('a', patient())).toBeNull()
    expect(await turns.take('c', patient())).toBeNull()
    end?.()
    await Promise.all(waiting.map(async (turn) => (await turn)?.()))
    expect(await turns.take('a', patient())).not.toBeNull()
  })

  test('pass over who has gone', async () => {
    const turns = new Turns({ atOnce: 1, waitingEach: 5, waitingInAll: 5 })
    const end = await turns.take('a', patient())
    const left = new AbortController()
    const leaving = turns.take('a', left.signal)
    const staying = turns.take('a', patient())
    left.abort()
    expect(await leaving).toBeNull()
    end?.()
    end?.()
    const next = await staying
    expect(next).not.toBeNull()
    next?.()
    expect(await turns.take('b', patient())).not.toBeNull()
  })
})

describe('the query of a public address', () => {
  test.each([
    ['', ''],
    ['?', ''],
    ['?utm_source=x&fbclid=y', ''],
    ['?page=2&q=a', '?q=a&page=2'],
    ['?q=&region=africa', '?region=africa'],
    ['?area=health&region=africa&area=migration', '?region=africa&area=health&area=migration'],
    ['?q=a%20b', '?q=a+b'],
    ['?q=%E0%A4%A', '?q=%EF%BF%BD%25A'],
  ])('%s is %s', (query, expected) => expect(publicQuery(query)).toBe(expected))

  test('has one way of writing', () => {
    const written = publicQuery('?page=3&lang=fr&q=%C3%A9t%C3%A9+%26+hiver&x=1')
    expect(publicQuery(written)).toBe(written)
  })
})
