import { createElement } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { expect, test } from 'vitest'
import { DiffText } from '@/components/history/diff-text'
import { diffWords } from '@/lib/revisions/diff'
import { XSS_STRINGS } from '@/tests/support/xss-strings'

const decode = (html: string) =>
  html
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#x27;', "'")
    .replaceAll('&amp;', '&')

/** The elements of the diff itself; anything else would have come out of a text. */
const OWN = /<\/?(?:div|del|ins|span)(?: class="diff")?(?: lang="fr")?(?: dir="auto")?>/g

test.each(XSS_STRINGS)('markup in a text is shown, never made: %s', (hostile) => {
  const pairs = [
    [hostile, 'Nous aidons.'],
    ['Nous aidons.', hostile],
    [hostile, `${hostile} et ${hostile}`],
    [`${hostile} un`, `${hostile} deux`],
    // A diff that splits a tag must not join it again.
    [hostile.slice(0, hostile.length / 2), hostile],
  ] as const
  for (const [before, after] of pairs) {
    const html = renderToStaticMarkup(
      createElement(DiffText, { segments: diffWords(before, after), language: 'fr' }),
    )
    const shown = html.replaceAll(OWN, '')
    expect(shown).not.toMatch(/[<>]/)
    const without = (element: string) =>
      decode(
        html.replaceAll(new RegExp(`<${element}>[^<]*</${element}>`, 'g'), '').replaceAll(OWN, ''),
      )
    expect(without('ins')).toBe(before)
    expect(without('del')).toBe(after)
  }
})
