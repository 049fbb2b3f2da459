import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseLabel, parsePriorityAreas } from '@/lib/import/question-labels'
import type { Detection } from '@/lib/import/detect-language'
import { parsePage } from '@/lib/import/parse'
import type { ParsedPage } from '@/lib/import/parse'
import { parseCountry, parseRegion } from '@/lib/geo/parse-country'
import { QUESTIONS } from '@/lib/organisations/schema'
import fr from '@/messages/fr.json'
import { cases } from '@/tests/support/cases'
import { AREA_LINES } from '@/tests/support/pages'

// Any language for any paragraph: what is kept must not depend on what is understood.
function readLanguage(paragraph: string): Detection {
  let sum = 0
  for (const character of paragraph) sum = (sum * 31 + (character.codePointAt(0) ?? 0)) % 9973
  const language = ['fr', 'en', 'es', 'ru'][sum % 6]
  if (language !== undefined) return { kind: 'certain', language }
  return sum % 6 === 4
    ? { kind: 'foreign' }
    : {
        kind: 'uncertain',
        evidence: new Map([
          ['fr', sum],
          ['en', 5000],
        ]),
      }
}

const LABELS = [
  'Contact email',
  'Who do you work with?',
  'How are sex workers involved in your organisation?',
  'Which of NSWP priority areas does your organisation work on?',
  'What are the two main challenges that the sex workers you work with face',
  'Describe other areas of your work',
  'Region',
  'Country',
  'Email',
  ...Object.values(fr.Questions),
]

const word = fc.constantFrom(
  'nous',
  'we',
  'Region',
  'country',
  '工作',
  'où',
  'HIV',
  'Who',
  'área',
  '«\u00A0là\u00A0»',
)
const sentence = fc.array(word, { minLength: 1, maxLength: 8 }).map((words) => words.join(' '))
const label = fc
  .tuple(fc.constantFrom(...LABELS), fc.constantFrom('', ':', ':\u00A0', ' : ', '?'))
  .map((parts) => parts.join(''))
const labelWithValue = fc
  .tuple(
    fc.constantFrom(...LABELS),
    fc.constantFrom('Burundi', 'Africa', 'Congo', 'some words', 'a@example.org'),
  )
  .map(([text, value]) => `${text}:\u00A0${value}`)
const area = fc
  .tuple(
    fc.constantFrom('', '- ', '• ', '2. '),
    fc.constantFrom(...AREA_LINES),
    fc.constantFrom('', ';', ' and more'),
  )
  .map((parts) => parts.join(''))
const place = fc.constantFrom(
  'Burundi',
  '布隆迪',
  'Congo',
  'Ruritania',
  'Africa',
  'Latin America',
  'Mexico',
)
const email = fc.constantFrom('a@example.org', '<b@example.org>', 'not an address')
const blank = fc.constantFrom('', ' ', '\u00A0', '\t')
const unsafe = fc.constantFrom('a\u202Eb', '\u2066Burundi\u2069', '\uD800', 'x\u0000y')

const anyLine = fc.oneof(
  { weight: 6, arbitrary: sentence },
  { weight: 2, arbitrary: label },
  { weight: 1, arbitrary: labelWithValue },
  { weight: 2, arbitrary: area },
  { weight: 1, arbitrary: place },
  { weight: 1, arbitrary: email },
  { weight: 3, arbitrary: blank },
  { weight: 1, arbitrary: unsafe },
  { weight: 1, arbitrary: fc.string({ unit: 'grapheme', maxLength: 20 }) },
)
const block = (maxLength: number) => fc.array(anyLine, { maxLength })

// A page as it should be, with anything anywhere, cut anywhere.
const wellFormed = fc
  .tuple(
    fc.oneof({ weight: 9, arbitrary: sentence }, { weight: 1, arbitrary: anyLine }),
    fc.option(fc.array(fc.oneof(email, blank), { maxLength: 3 }), { nil: null }),
    fc.tuple(block(6), block(6), block(9), block(6), block(6)),
    block(2),
    block(3),
  )
  .map(([name, emails, answers, region, country]) => [
    name,
    ...(emails === null ? [] : ['Contact email', ...emails]),
    ...answers.flatMap((lines, index) => [LABELS[index + 1] ?? '', ...lines]),
    'Region',
    ...region,
    'Country',
    ...country,
  ])
const generated = fc
  .tuple(
    fc.oneof(
      { weight: 4, arbitrary: wellFormed },
      { weight: 1, arbitrary: fc.array(anyLine, { maxLength: 30 }) },
    ),
    fc.constantFrom('\n', '\n\n', '\r\n', '\r'),
    fc.option(fc.nat(1500), { nil: null, freq: 4 }),
  )
  .map(([lines, lineBreak, cut]) => lines.join(lineBreak).slice(0, cut ?? undefined))

function linesOf(text: string): string[] {
  return text
    .split(/\r\n?|\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '')
}

/** What may have become a code or the contact: each once, and only as it was really placed. */
function placesOf({ email, country, region }: Extract<ParsedPage, { ok: true }>) {
  const open = { email: email !== null, country: country !== null, region: region !== null }
  return (text: string): boolean => {
    if (text === '') return true
    const address = text.replace(/^<|>$/g, '')
    if (open.email && address === email) return !(open.email = false)
    const found = parseCountry(text)
    if (open.country && found.ok && found.country === country) return !(open.country = false)
    if (open.region && parseRegion(text) === region) return !(open.region = false)
    return false
  }
}

/** Lines that stand under the question about the priority areas and name some that were taken. */
function areaLines(source: string, taken: readonly string[]): string[] {
  const found: string[] = []
  let isUnderAreas = false
  for (const line of linesOf(source)) {
    const label = parseLabel(line, false)
    if (label && [...QUESTIONS, 'priorityAreas'].includes(label.label)) {
      isUnderAreas = label.label === 'priorityAreas'
    }
    const text = label?.label === 'priorityAreas' ? label.value : line
    const areas = isUnderAreas ? parsePriorityAreas(text) : null
    if (areas?.every((area) => taken.includes(area))) found.push(text)
  }
  return found
}

function remove(from: string[], line: string): boolean {
  const at = from.indexOf(line)
  if (at >= 0) from.splice(at, 1)
  return at >= 0
}

// Reasons whose text is already somewhere else, or is missing altogether.
const ALSO_PLACED = new Set(['cutOff', 'uncertainLanguage', 'noCountry'])

function placedLines(parsed: Extract<ParsedPage, { ok: true }>): string[] {
  return [
    parsed.name,
    ...QUESTIONS.flatMap((question) => parsed.answers[question].map(({ text }) => text)),
    ...parsed.refused.filter(({ reason }) => !ALSO_PLACED.has(reason)).map(({ text }) => text),
  ].flatMap(linesOf)
}

describe('any page', () => {
  it('loses nothing and invents nothing', () => {
    let placed = 0
    fc.assert(
      fc.property(generated, (source) => {
        const parsed = parsePage(source, readLanguage)
        if (!parsed.ok) {
          expect(linesOf(parsed.text)).toEqual(linesOf(source))
          return
        }
        placed += 1
        const left = linesOf(source)
        const values: string[] = []
        for (const line of placedLines(parsed)) if (!remove(left, line)) values.push(line)
        const wasPlaced = placesOf(parsed)
        const areas = areaLines(source, parsed.priorityAreas)
        const isCode = (text: string) => remove(areas, text) || wasPlaced(text)
        // What is left of the page became codes; a label may have had its value beside it.
        for (const line of left) {
          const found = parseLabel(line, true)
          const isAccountedFor = found
            ? remove(values, found.value) || isCode(found.value)
            : isCode(line)
          expect([line, isAccountedFor]).toEqual([line, true])
        }
        expect(values).toEqual([])
      }),
      { numRuns: cases(100) },
    )
    expect(placed).toBeGreaterThan(cases(30))
  })

  it('names the same again in the order of its languages, one entry each', () => {
    fc.assert(
      fc.property(generated, (source) => {
        const parsed = parsePage(source, readLanguage)
        expect(parsePage(source, readLanguage)).toEqual(parsed)
        if (!parsed.ok) return
        for (const question of QUESTIONS) {
          const answers = parsed.answers[question]
          const languages = answers.map(({ language }) => language)
          expect(new Set(languages).size).toBe(languages.length)
          const told = answers.filter(({ language }) => language !== 'und')
          expect(told.map(({ provenance }) => provenance)).toEqual(
            told.map((_, order) => (order === 0 ? 'original' : 'translation')),
          )
          for (const { text } of answers) expect(text).toBe(text.trim())
        }
      }),
      { numRuns: cases(30) },
    )
  })
})
