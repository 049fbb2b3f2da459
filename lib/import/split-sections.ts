import { parseRegion } from '@/lib/geo/parse-country'
import { QUESTIONS } from '@/lib/organisations/schema'
import type { Question } from '@/lib/organisations/schema'
import { parseLabel } from './question-labels'
import type { Label } from './question-labels'

/** `text` verbatim, without its line break. */
export type Line = { text: string; blank: boolean }

/** The lines below one label, and the value on the label's own line if there is one. */
export type Section = { label: Label; lines: Line[] }

/** Tells whether a label is one of the four questions that are answered in words. */
export function isQuestion(label: Label): label is Question {
  return QUESTIONS.some((question) => question === label)
}

/** Tells whether a label is one of the five questions of the form. */
export function isFormLabel(label: Label): boolean {
  return isQuestion(label) || label === 'priorityAreas'
}

/** The lines of a section that are not blank, trimmed. */
export function valuesOf(section: Section): string[] {
  return section.lines.filter(({ blank }) => !blank).map(({ text }) => text.trim())
}

/**
 * Splits a page at its labels. Each question counts once; where one comes again, another page begins.
 * Region and country are looked for after the last question only, from the end: inside an answer they
 * are ordinary words.
 *
 * @returns the lines above the first label, the sections in the order of the page (e-mail addresses
 *   found inside an answer, region and country last), and the trimmed text from the next page on
 */
export function splitSections(lines: readonly Line[]): {
  above: Line[]
  sections: Section[]
  rest: string
} {
  const above: Line[] = []
  const sections: Section[] = []
  let end = lines.length
  for (const [index, line] of lines.entries()) {
    const current = sections.at(-1)
    const inForm = sections.some(({ label }) => isFormLabel(label))
    const found = line.blank ? null : parseLabel(line.text, !inForm)
    const repeated = found !== null && sections.some(({ label }) => label === found.label)
    if (found !== null && isFormLabel(found.label)) {
      if (repeated && found.label === current?.label && valuesOf(current).length === 0) {
        current.lines.push(...newSection(found).lines)
        continue
      }
      if (repeated) {
        end = index
        break
      }
      sections.push(newSection(found))
    } else if (found?.label === 'email' && !repeated && !inForm) {
      sections.push(newSection(found))
    } else {
      ;(current?.lines ?? above).push(line)
    }
  }
  const rest = lines
    .slice(end)
    .map(({ text }) => text)
    .join('\n')
    .trim()
  extractEmail(sections)
  extractPlaces(sections)
  return { above, sections, rest }
}

function newSection(found: { label: Label; value: string }): Section {
  return {
    label: found.label,
    lines: found.value === '' ? [] : [{ text: found.value, blank: false }],
  }
}

/** An address, also with “at” written out. */
const LOOKS_LIKE_EMAIL = /@|[([]\s*(?:at|arobase?)\s*[)\]]/iu

// What is labelled as an e-mail address below a question must not be published with the answer, valid
// or not; the answer continues after it. A short label takes only what looks like an address.
function extractEmail(sections: Section[]): void {
  for (const section of sections.filter(({ label }) => isFormLabel(label))) {
    const answerLines: Line[] = []
    for (let index = 0; index < section.lines.length; index += 1) {
      const line = section.lines[index]
      if (line === undefined) break
      const found = line.blank ? null : parseLabel(line.text, true)
      if (found?.label !== 'email') {
        answerLines.push(line)
        continue
      }
      const next = section.lines.findIndex(({ blank }, at) => at > index && !blank)
      const below = section.lines[next]
      const isFullLabel = parseLabel(line.text, false)?.label === 'email'
      if (found.value !== '' && (isFullLabel || LOOKS_LIKE_EMAIL.test(found.value))) {
        sections.push({ label: 'email', lines: [{ text: found.value, blank: false }] })
      } else if (found.value === '' && below && LOOKS_LIKE_EMAIL.test(below.text)) {
        sections.push({ label: 'email', lines: [below] })
        index = next
      } else {
        answerLines.push(line)
      }
    }
    section.lines = answerLines
  }
}

function extractPlaces(sections: Section[]): void {
  const last = sections.findLast(({ label }) => isFormLabel(label)) ?? sections.at(-1)
  if (last === undefined) return
  const found = last.lines.map(({ text, blank }) => (blank ? null : parseLabel(text, false)))
  const country = found.findLastIndex((label) => label?.label === 'country')
  const region = found.findLastIndex((label, index) => {
    if (label?.label !== 'region') return false
    const end = country > index ? country : last.lines.length
    const values = valuesOf({ ...newSection(label), lines: last.lines.slice(index + 1, end) })
    const [value = ''] = label.value === '' ? values : [label.value]
    return values.length <= 1 || parseRegion(value) !== null
  })
  const starts = [region, country].filter((index) => index >= 0).sort((a, b) => a - b)
  const lines = last.lines
  for (const [order, start] of starts.entries()) {
    const label = found[start]
    if (!label) continue
    const section = newSection(label)
    section.lines.push(...lines.slice(start + 1, starts[order + 1] ?? lines.length))
    sections.push(section)
  }
  if (starts[0] !== undefined) last.lines = lines.slice(0, starts[0])
}
