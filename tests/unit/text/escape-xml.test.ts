import { expect, test } from 'vitest'
import { escapeXml } from '@/lib/text/escape-xml'

test.each([
  ['a < b && c > d', 'a &lt; b &amp;&amp; c &gt; d'],
  ['"là", dit-elle', '&quot;là&quot;, dit-elle'],
  ['&lt;', '&amp;lt;'],
  ['l’été 性工作者 😀', 'l’été 性工作者 😀'],
  ['tab\tline\nreturn\r', 'tab\tline\nreturn\r'],
])('%j is written as %j', (text, written) => {
  expect(escapeXml(text)).toBe(written)
})

test('what XML cannot hold is left out, its neighbours stay', () => {
  expect(escapeXml('a\u0000b\u0008c\u000Bd\u000Ce\u000Ef\u001Fg\uFFFEh\uFFFFi')).toBe('abcdefghi')
  expect(escapeXml(' \u007F\uFFFD')).toBe(' \u007F\uFFFD')
  // Half a character has no meaning; it shows as what stands for such.
  expect(escapeXml('a\uD800b')).toBe('a\uFFFDb')
})
