import fc from 'fast-check'
import { expect, test } from 'vitest'
import { fold } from '@/lib/text/fold'
import { findHits } from '@/lib/search/excerpt'
import {
  foldLatin,
  latin1Lookahead,
  termsIn,
  latin1Words,
  tokenize,
  createPrefixScanner,
  type Token,
} from '@/lib/search/tokenize'

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
      for (const word of tokenize(sample)) {
        const folded = fold(sample.slice(word.start, word.end)).match(/[\p{L}\p{N}\p{M}]+/gu)
        expect(word.terms).toEqual(folded ?? [])
      }
    }),
    { numRuns: 1000 },
  )
})

/** Null where only `words` can tell. */
function beginningWith(beginnings: string[], text: string): Token[] | null {
  const found: Token[] = []
  const isTold = createPrefixScanner(beginnings)(text, (word) => found.push(word))
  return isTold ? found : null
}

test('words that begin so are those that taking the whole text apart finds', () => {
  const beginning = fc.oneof(
    fc.string({ unit: fc.constantFrom(...'aezostdhcij09'), minLength: 1, maxLength: 4 }),
    fc.constantFrom('coeu', 'stra', 'ss', 's', 'oe', 'the', 'ij', 'и', '灯'),
  )
  const usual = fc.string({
    unit: fc.constantFrom(..."aAeEéÉœŒßþÞæÆcçosStThHz09 '’-,\u00a0«».(/".split('')),
    maxLength: 30,
  })
  let told = 0
  fc.assert(
    fc.property(
      fc.oneof(text, usual),
      fc.array(beginning, { maxLength: 4 }),
      (sample, beginnings) => {
        const found = beginningWith(beginnings, sample)
        if (found === null) return
        told += 1
        const isWanted = (word: Token) =>
          beginnings.some((one) => word.terms.some((token) => token.startsWith(one)))
        expect(found).toEqual(tokenize(sample).filter(isWanted))
        for (const first of found) {
          const following = latin1Lookahead(sample, first)
          const rest = tokenize(sample).filter(({ start }) => start >= first.start)
          expect([0, 2, 1].map(following)).toEqual([0, 2, 1].map((steps) => rest[steps]))
        }
      },
    ),
    { numRuns: 3000 },
  )
  expect(told).toBeGreaterThan(1000)
})

test('usual words have the tokens of their text', () => {
  let told = 0
  fc.assert(
    fc.property(text, (sample) => {
      const usual = latin1Words(sample)
      if (usual === null) return
      told += 1
      expect(usual.map(foldLatin)).toEqual(termsIn(sample))
    }),
    { numRuns: 3000 },
  )
  expect(told).toBeGreaterThan(100)
})

test('hits are the same where the whole text has to be taken apart', () => {
  const word = fc.constantFrom(
    ...[
      'payer',
      'paie',
      'Paiements',
      'sky',
      'skies',
      'cœur',
      'dying',
      'die',
      'travail',
      'rue',
      'RUES',
    ],
    ...['de', 'la', 'du', 'policière', 'police', 'sexe', 'travailleur·euse·s', 'é'],
  )
  const mark = fc.constantFrom(
    ...['paie|~pai', 'skies|~ski|~sky', '~coeur', 'dying|~die', '~travail ~ru', '=police|~polici'],
    ...['=de =sexe', 'poli', 'e', '=travailleurs|~travailleur'],
  )
  fc.assert(
    fc.property(
      fc.array(word, { maxLength: 12 }),
      fc.array(mark, { maxLength: 3 }),
      (sample, marks) => {
        const whole = sample.join(' ')
        // A letter that folds otherwise beside others, at the end where it moves nothing.
        expect(findHits(whole, marks)).toEqual(findHits(`${whole} ™`, marks))
      },
    ),
    { numRuns: 2000 },
  )
})

test('whether both forms in one word are meant is left to taking the text apart', () => {
  expect(beginningWith(['trav'], 'Les travailleur·euse·s du quartier')).toBeNull()
  expect(beginningWith(['trav'], 'Les client·e·s du quartier')).toEqual([])
  expect(beginningWith(['trav'], 'Les travailleuses du quartier')).toHaveLength(1)
})

test('texts of common letters are split where all others are', () => {
  const common = fc
    .array(fc.constantFrom(...'aZ09 éÉœßŒçÿŁđ’,;:«»\u00a0\n'.split('')), { maxLength: 30 })
    .map((letters) => letters.join(''))
  fc.assert(
    fc.property(common, (sample) => {
      const found = tokenize(sample)
      expect(found.map(({ start, end }) => sample.slice(start, end))).toEqual(
        sample.match(/[\p{L}\p{N}\p{M}]+/gu) ?? [],
      )
      expect(found.map((word) => word.terms)).toEqual(
        found.map(({ start, end }) => [fold(sample.slice(start, end))]),
      )
    }),
    { numRuns: 1000 },
  )
})
