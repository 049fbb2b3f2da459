import fc from 'fast-check'
import { expect, test } from 'vitest'
import { fold } from '@/lib/places/fold'
import { mayHold, tokens, words } from '@/lib/search/words'

/** Texts in which letters of every kind meet: plain, accented, decomposed, ligatures, other scripts, signs. */
const text = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        ..."aZ09 éÉœŒæßıİſŁđþÿŸ’'-«»\u00a0\u00ad\u0301\u0327ªº²½™ﬁǅ灯笼йΣςعเ".split(''),
        'Cœur',
        'Straße',
        'co\u00adop',
        'e\u0301te\u0301',
      ),
      fc.string({ unit: 'grapheme', maxLength: 3 }),
    ),
    { maxLength: 12 },
  )
  .map((parts) => parts.join(''))

test('the short way to fold common letters gives what folding gives', () => {
  fc.assert(
    fc.property(text, (sample) => {
      for (const word of words(sample)) {
        const folded = fold(sample.slice(word.start, word.end)).match(/[\p{L}\p{N}\p{M}]+/gu)
        expect(word.tokens).toEqual(folded ?? [])
      }
    }),
    { numRuns: 1000 },
  )
})

test('a text that may not hold a token never holds it', () => {
  fc.assert(
    fc.property(text, fc.nat(6), (sample, length) => {
      for (const token of tokens(sample)) {
        expect(mayHold(sample, [['zzzzzzz', token.slice(0, length + 1)]])).toBe(1)
      }
    }),
    { numRuns: 1000 },
  )
})

test('most texts without the token are turned down without being split', () => {
  const french = 'L’équipe « Lanterne » accompagne : santé, cœur, où ça ?'
  expect(mayHold(french, [['police']])).toBe(0)
  expect(mayHold(french, [['coeur'], ['police'], ['police', 'coeur']])).toBe(2)
})

test('texts of common letters are split where all others are', () => {
  const common = fc
    .array(fc.constantFrom(...'aZ09 éÉœßŒçÿŁđ’,;:«»\u00a0\n'.split('')), { maxLength: 30 })
    .map((letters) => letters.join(''))
  fc.assert(
    fc.property(common, (sample) => {
      const found = words(sample)
      expect(found.map(({ start, end }) => sample.slice(start, end))).toEqual(
        sample.match(/[\p{L}\p{N}\p{M}]+/gu) ?? [],
      )
      expect(found.map((word) => word.tokens)).toEqual(
        found.map(({ start, end }) => [fold(sample.slice(start, end))]),
      )
    }),
    { numRuns: 1000 },
  )
})
