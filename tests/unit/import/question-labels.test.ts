import { describe, expect, it } from 'vitest'
import { parseLabel, parsePriorityAreas } from '@/lib/import/question-labels'
import { AREA_LINES } from '@/tests/support/pages'

describe('readLabel', () => {
  it.each([
    ['Who do you work with?', { label: 'who', value: '' }],
    ['AVEC QUI TRAVAILLEZ-VOUS', { label: 'who', value: '' }],
    ['• Country :', { label: 'country', value: '' }],
    ['Country:\u00A0 Burundi ', { label: 'country', value: 'Burundi' }],
    ['Pays：Burundi', { label: 'country', value: 'Burundi' }],
    ['Region\tAfrica', { label: 'region', value: 'Africa' }],
    ['Contact email: a@example.org: b', { label: 'email', value: 'a@example.org: b' }],
    ['Who does your organization work with?', { label: 'who', value: '' }],
  ])('%j', (line, expected) => {
    expect(parseLabel(line, false)).toEqual(expected)
    expect(parseLabel(line, true)).toEqual(expected)
  })

  it.each([
    '',
    'Who do you work with? we are asked',
    'Our region',
    'Opening hours: every evening',
    'We cover one country: Burundi',
    'Country Burundi',
  ])('%j is none: somebody’s words', (line) => {
    expect(parseLabel(line, false)).toBeNull()
    expect(parseLabel(line, true)).toBeNull()
  })

  it('takes « E-mail » for a label above the questions only', () => {
    for (const line of ['E-mail', 'Courriel']) {
      expect(parseLabel(line, true)).toEqual({ label: 'email', value: '' })
      expect(parseLabel(line, false)).toBeNull()
    }
    expect(parseLabel('Email: a@example.org', true)).toEqual({
      label: 'email',
      value: 'a@example.org',
    })
    expect(parseLabel('Email: a@example.org', false)).toBeNull()
  })

  it('is a label with 300 characters, and an answer with more', () => {
    expect(parseLabel('Country'.padEnd(300, '.'), false)).toEqual({ label: 'country', value: '' })
    expect(parseLabel('Country'.padEnd(301, '.'), false)).toBeNull()
    // The value may be as long as it likes.
    const value = 'x'.repeat(400)
    expect(parseLabel(`Country: ${value}`, false)).toEqual({ label: 'country', value })
  })
})

describe('readPriorityAreas', () => {
  it.each<[string, string[]]>([
    [AREA_LINES[0], ['decriminalisation']],
    [`b) ${AREA_LINES[6]}.`, ['empowerment']],
    [`${AREA_LINES[3]}; ${AREA_LINES[1]}`, ['violence', 'trafficking']],
    [`${AREA_LINES[5]} ${AREA_LINES[5]}`, ['stigma', 'stigma']],
    [
      'Oppose human rights abuses / Critique the trafficking paradigm',
      ['human-rights', 'trafficking'],
    ],
  ])('%s', (line, areas) => {
    expect(parsePriorityAreas(line)).toEqual(areas)
  })

  it.each(['', ' • ', '1.', 'Oppose', `${AREA_LINES[0]} and more`, `${AREA_LINES[0]}s`])(
    '%j names none',
    (line) => {
      expect(parsePriorityAreas(line)).toBeNull()
    },
  )
})
