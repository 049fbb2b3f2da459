import { expect, test } from 'vitest'
import { THEIRS, resolutionField } from '@/lib/editing/conflicts'
import { valuesFromContent } from '@/lib/editing/profile-form'
import { rebaseDraft } from '@/lib/editing/rebase-draft'
import type { AnswerContent } from '@/lib/organisations/schema'
import { content } from '@/tests/support/profiles'

const [french, english] = content().answers.who as [AnswerContent, AnswerContent]
const stored = { ...english, source: { language: 'fr', revision: 1 } }
const withFrench = (text: string) =>
  content({ answers: { ...content().answers, who: [{ ...french, text }, stored] } })

const base = withFrench(french.text)
const field = 'answers.who.fr.text'
const typed = { ...valuesFromContent(base), [field]: ['Vos mots.'] }

test('what was typed on the profile as it stands can be saved', () => {
  const resumed = rebaseDraft({ values: typed, version: 1 }, { content: base, version: 1 }, null)
  expect(resumed).toMatchObject({ errors: [], conflicts: [], version: 1 })
  expect(resumed.content).toEqual(withFrench('Vos mots.'))
})

test('another field that somebody changed meanwhile is brought in', () => {
  const theirs = { ...base, name: 'Lanterne' }
  const resumed = rebaseDraft({ values: typed, version: 1 }, { content: theirs, version: 2 }, base)
  expect(resumed.content).toEqual({ ...withFrench('Vos mots.'), name: 'Lanterne' })
  expect(resumed).toMatchObject({ conflicts: [], version: 2 })
})

test('the same field: nothing can be saved until one of the two is kept', () => {
  const current = { content: withFrench('Leurs mots.'), version: 2 }
  const resumed = rebaseDraft({ values: typed, version: 1 }, current, base)
  expect(resumed.content).toBeNull()
  expect(resumed.conflicts.map((conflict) => conflict.field)).toEqual([field])
  expect(resumed.values[field]).toEqual(['Vos mots.'])

  const again = (values: Record<string, string[]>) =>
    rebaseDraft({ values: { ...resumed.values, ...values }, version: 2 }, current, null).content
  expect(again({ [resolutionField(field)]: [''] })).toEqual(withFrench('Vos mots.'))
  expect(again({ [resolutionField(field)]: [THEIRS] })).toEqual(withFrench('Leurs mots.'))
})

test('a form that does not say what it was made from overwrites nothing', () => {
  const current = { content: withFrench('Leurs mots.'), version: 2 }
  const resumed = rebaseDraft({ values: typed, version: null }, current, null)
  expect(resumed.content).toBeNull()
  expect(resumed.conflicts).toEqual([
    { field, base: null, theirs: 'Leurs mots.', yours: 'Vos mots.' },
  ])
})

test('a form from before a deployment, with fields missing and unknown, still saves (F16)', () => {
  const resumed = rebaseDraft(
    { values: { [field]: ['Vos mots.'], formerField: ['x'] }, version: 1 },
    { content: base, version: 1 },
    null,
  )
  expect(resumed.content).toEqual(withFrench('Vos mots.'))
})

test('faults keep the version that the form was made from', () => {
  const values = { ...typed, name: [' '] }
  const resumed = rebaseDraft({ values, version: 1 }, { content: base, version: 2 }, base)
  expect(resumed).toMatchObject({
    ...{ content: null, version: 1, errors: [{ field: 'name', code: 'missing' }] },
  })
  expect(resumed.values['name']).toEqual([' '])
})
