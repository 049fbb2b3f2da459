import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { mergeContent } from '@/lib/editing/merge'
import type { AnswerContent, ProfileContent } from '@/lib/organisations/schema'
import { content } from '@/tests/support/profiles'

const [french, english] = content().answers.who as [AnswerContent, AnswerContent]
const stored = { ...english, source: { language: 'fr', revision: 3 } }
const withWho = (...who: AnswerContent[]) =>
  content({ answers: { ...content().answers, who: [...who] } })

const start = withWho(french, stored)
const merge = (theirs: ProfileContent, yours: ProfileContent) =>
  mergeContent({ content: start, revision: 3 }, theirs, yours)

test('different fields of two people are both taken', () => {
  const merged = merge({ ...start, name: 'Lanterne' }, { ...start, country: 'RW' })
  expect(merged).toEqual({ content: { ...start, name: 'Lanterne', country: 'RW' }, conflicts: [] })
})

test('the same field changed differently: yours stands, all three are named', () => {
  const rewritten = (text: string) => withWho({ ...french, text }, stored)
  expect(merge(rewritten('Leurs mots.'), rewritten('Vos mots.'))).toEqual({
    content: rewritten('Vos mots.'),
    conflicts: [
      {
        field: 'answers.who.fr.text',
        base: french.text,
        theirs: 'Leurs mots.',
        yours: 'Vos mots.',
      },
    ],
  })
})

test('changed alike is no conflict', () => {
  const both = { ...start, name: 'Lanterne' }
  expect(merge(both, structuredClone(both))).toEqual({ content: both, conflicts: [] })
})

test('removed by one and changed by the other is a conflict', () => {
  const { conflicts } = merge(withWho(french), withWho(french, { ...stored, text: 'New words.' }))
  expect(conflicts).toEqual([
    { field: 'answers.who.en.text', base: stored.text, theirs: null, yours: 'New words.' },
  ])
})

test('priority areas are merged one by one', () => {
  const { content: merged, conflicts } = merge(
    { ...start, priorityAreas: ['health', 'stigma', 'violence'] },
    { ...start, priorityAreas: ['stigma'] },
  )
  expect(merged.priorityAreas).toEqual(['violence', 'stigma'])
  expect(conflicts).toEqual([])
})

describe('a translation that you declared as checked', () => {
  const checked: AnswerContent = {
    ...stored,
    text: 'Checked words.',
    source: { language: 'fr', revision: 'current' },
  }

  test('is behind where the other side changed its source meanwhile', () => {
    const changed = { ...french, text: 'La source a changé.' }
    const { content: merged, conflicts } = merge(withWho(changed, stored), withWho(french, checked))
    expect(conflicts).toEqual([])
    expect(merged.answers.who).toEqual([
      changed,
      { ...checked, source: { language: 'fr', revision: 3 } },
    ])
  })

  test('is up to date where its source is as you saw it', () => {
    const { content: merged } = merge({ ...start, name: 'Autre' }, withWho(french, checked))
    expect(merged.answers.who).toEqual([french, checked])
  })
})

test('one side alone is never lost and never in conflict', () => {
  const change = fc.record({
    name: fc.constantFrom('Collectif Lanterne', 'A', 'B'),
    country: fc.constantFrom<ProfileContent['country']>('BI', 'RW', null),
    aliases: fc.constantFrom<string[]>([], ['X'], ['X', 'Y']),
  })
  fc.assert(
    fc.property(change, (changes) => {
      const changed = { ...start, ...changes }
      expect(merge(start, changed)).toEqual({ content: changed, conflicts: [] })
      expect(merge(changed, start)).toEqual({ content: changed, conflicts: [] })
    }),
  )
})
