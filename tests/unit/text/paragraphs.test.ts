import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { splitParagraphs } from '@/lib/text/paragraphs'

describe('splitParagraphs', () => {
  test('makes a paragraph of every line and drops blank ones', () => {
    expect(splitParagraphs('Un.\nDeux.\n\n\nTrois.')).toEqual([
      { kind: 'text', text: 'Un.' },
      { kind: 'text', text: 'Deux.' },
      { kind: 'text', text: 'Trois.' },
    ])
  })

  test.each([
    ['- un\n- deux', ['- un', '- deux']],
    ['– un\n— deux', ['– un', '— deux']],
    ['• un\n\n• deux', ['• un', '• deux']],
    ['1. un\n2) deux\n(3) trois\n10. dix', ['1. un', '2) deux', '(3) trois', '10. dix']],
  ])('keeps %j as one list with its markers', (text, items) => {
    expect(splitParagraphs(text)).toEqual([{ kind: 'list', items }])
  })

  test.each(['-10 % depuis 2019', '2019. Fondation', 'o trabalho', '1.5 million', '-', '1.'])(
    'does not take %j for an item of a list',
    (text) => {
      expect(splitParagraphs(text)).toEqual([{ kind: 'text', text }])
    },
  )

  test('ends a list where a paragraph begins', () => {
    expect(splitParagraphs('Nos axes :\n- santé\n- droits\nEt la suite.')).toEqual([
      { kind: 'text', text: 'Nos axes :' },
      { kind: 'list', items: ['- santé', '- droits'] },
      { kind: 'text', text: 'Et la suite.' },
    ])
  })

  test('loses and invents nothing but white space at the ends of lines', () => {
    const line = fc.oneof(fc.string({ unit: 'grapheme' }), fc.constantFrom('- a', '1. b', ' • c '))
    fc.assert(
      fc.property(fc.array(line), (lines) => {
        const text = lines.join('\n')
        const shown = splitParagraphs(text).flatMap((paragraph) =>
          paragraph.kind === 'list' ? paragraph.items : [paragraph.text],
        )
        const expected = text
          .split('\n')
          .map((one) => one.trim())
          .filter((one) => one !== '')
        expect(shown).toEqual(expected)
      }),
    )
  })
})
