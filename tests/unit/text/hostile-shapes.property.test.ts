import { beforeAll, describe, expect, test } from 'vitest'
import { loadLanguageReader, type ReadLanguage } from '@/lib/import/detect-language'
import { parsePage } from '@/lib/import/parse'
import { ANSWER_LIMIT } from '@/lib/organisations/schema'
import { diffWords } from '@/lib/revisions/diff'
import { HOSTILE_SHAPES } from '@/tests/support/hostile-shapes'
import { page } from '@/tests/support/pages'
import { TEXT_READERS } from '@/tests/support/text-readers'

/** Milliseconds: what goes back and forth takes minutes, on whatever machine. */
const DEADLINE = 5_000

/** How long something took beyond the deadline, by the shape of the text; nothing where all is well. */
function tooLong(read: (text: string) => unknown): string[] {
  return Object.entries(HOSTILE_SHAPES).flatMap(([shape, text]) => {
    const began = performance.now()
    read(text)
    const took = performance.now() - began
    return took > DEADLINE ? [`${shape}: ${took.toFixed(0)} ms`] : []
  })
}

describe('no text of 100,000 characters keeps anybody waiting', () => {
  test.each(Object.entries(TEXT_READERS))('%s', (_, read) => {
    expect(tooLong(read)).toEqual([])
  })

  test('the difference of two answers of the greatest length', { timeout: 180_000 }, () => {
    const difference = (text: string) => {
      const before = text.slice(0, ANSWER_LIMIT)
      return [
        diffWords(before, `${before.slice(0, -3)}zz`),
        diffWords(before, [...before].reverse().join('')),
      ]
    }
    expect(tooLong(difference)).toEqual([])
  })

  describe('a page that is imported', () => {
    let readLanguage: ReadLanguage
    beforeAll(async () => {
      readLanguage = await loadLanguageReader()
    })
    test.each([
      ['the whole of it', (text: string) => text],
      ['its name', (name: string) => page({ name })],
      ['an answer', (who: string) => page({ who })],
      ['its areas', (areas: string) => page({ areas })],
      ['its e-mail address', (email: string) => page({ email })],
      ['its region', (region: string) => page({ region })],
      ['its country', (country: string) => page({ country })],
    ])('%s', { timeout: 180_000 }, (_, pageOf) => {
      expect(tooLong((text) => parsePage(pageOf(text), readLanguage))).toEqual([])
    })
  })
})
