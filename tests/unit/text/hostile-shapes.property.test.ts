import { beforeAll, describe, expect, test } from 'vitest'
import { loadLanguageDetector, type DetectLanguage } from '@/lib/import/detect-language'
import { parsePage } from '@/lib/import/parse'
import { ANSWER_LIMIT } from '@/lib/organisations/schema'
import { diffWords } from '@/lib/revisions/diff'
import { cases } from '@/tests/support/cases'
import { hostileShapes } from '@/tests/support/hostile-shapes'
import { page } from '@/tests/support/pages'
import { TEXT_READERS } from '@/tests/support/text-readers'

const shapes = Object.values(hostileShapes(100_000))
/** What takes a text apart line by line or word by word gets the full length at night only. */
const pageShapes = Object.values(hostileShapes(cases(10_000)))

// What goes back and forth takes minutes for a single shape: it is the runner's limit that ends the
// test. The time that each takes is measured by `npm run bench -- shapes`.
const readsAll = (read: (text: string) => unknown, texts = shapes) => {
  for (const text of texts) read(text)
  expect(texts).toHaveLength(shapes.length)
}

describe('no text of 100,000 characters keeps anybody waiting', () => {
  test.each(Object.entries(TEXT_READERS))('%s', { timeout: 30_000 }, (_, read) => {
    readsAll(read)
  })

  test('the difference of two answers of the greatest length', () => {
    readsAll((text) => {
      const before = text.slice(0, ANSWER_LIMIT)
      diffWords(before, `${before.slice(0, -3)}zz`)
      diffWords(before, [...before].reverse().join(''))
    }, pageShapes)
  })

  describe('a page that is imported', () => {
    let readLanguage: DetectLanguage
    beforeAll(async () => {
      readLanguage = await loadLanguageDetector()
    })
    test.each([
      ['the whole of it', (text: string) => text],
      ['its name', (name: string) => page({ name })],
      ['an answer', (who: string) => page({ who })],
      ['its areas', (areas: string) => page({ areas })],
      ['its e-mail address', (email: string) => page({ email })],
      ['its region', (region: string) => page({ region })],
      ['its country', (country: string) => page({ country })],
    ])('%s', (_, pageOf) => {
      readsAll((text) => parsePage(pageOf(text), readLanguage), pageShapes)
    })
  })
})
