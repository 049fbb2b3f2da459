import { beforeAll, describe, expect, test } from 'vitest'
import { freshDatabase } from '@/tests/support/database'
import {
  fillRelevanceSet,
  measureRelevance,
  summarise,
  type Measured,
} from '@/tools/relevance/measure'
import { RELEVANCE_QUERIES, type Kind } from '@/tools/relevance/queries'

const KINDS: readonly Kind[] = [...new Set(RELEVANCE_QUERIES.map(({ kind }) => kind))]

let measured: Measured[]

beforeAll(async () => {
  await freshDatabase()
  await fillRelevanceSet()
  measured = await measureRelevance()
})

test('the first results are the expected ones', () => {
  const { queries, first, firstFive, gain } = summarise(measured)
  const missed = measured.filter(({ figures }) => figures.gain < 1)
  const seen = JSON.stringify(missed.map(({ q, results }) => ({ q, results })))
  expect(queries).toBeGreaterThanOrEqual(120)
  expect(first, seen).toBeGreaterThanOrEqual(0.97)
  expect(firstFive, seen).toBeGreaterThanOrEqual(0.98)
  expect(gain, seen).toBeGreaterThanOrEqual(0.97)
})

describe.each(KINDS)('%s', (kind) => {
  test('have ten queries at least, and no kind is given up for the others', () => {
    const { queries, first } = summarise(measured, kind)
    expect(queries).toBeGreaterThanOrEqual(10)
    expect(first).toBeGreaterThanOrEqual(0.9)
  })
})

test('the same queries give the same results again', async () => {
  expect(await measureRelevance()).toEqual(measured)
})
