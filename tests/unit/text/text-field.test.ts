import { expect, test } from 'vitest'
import { hasUnsafeCharacters } from '@/lib/text/text-field'

test.each([
  ['NUL', 'a\u0000b'],
  ['an embedding', 'a\u202Ab'],
  ['an override', 'a\u202Eb'],
  ['an isolate', 'a\u2066b'],
  ['the end of an isolate', 'a\u2069b'],
  ['half a character', 'a\uD800b'],
  ['the other half', 'a\uDC00b'],
])('%s is refused', (_, text) => {
  expect(hasUnsafeCharacters(text)).toBe(true)
})

test.each([
  ['nothing', ''],
  ['a tab and line breaks', 'a\tb\r\nc'],
  ['a soft hyphen', 'co\u00ADopération'],
  ['joiners', 'کتاب\u200Cها 👩\u200D👧'],
  ['marks of direction', 'a\u200Eb\u200Fc'],
  ['neighbours of what is refused', '\u0001\u2029\u202F\u2065\u206A'],
  ['a whole character of two halves', '😀'],
])('%s is taken', (_, text) => {
  expect(hasUnsafeCharacters(text)).toBe(false)
})
