import { z } from 'zod'
import type { Country } from '@/lib/geo/countries'
import { parseCountry, parseRegion } from '@/lib/geo/parse-country'
import type { Region } from '@/lib/geo/regions'
import type { PriorityArea, Question } from '@/lib/organisations/schema'
import { hasUnsafeCharacters } from '@/lib/text/text-field'
import type { DetectLanguage, Detection } from './detect-language'
import { parsePriorityAreas } from './question-labels'
import type { Label } from './question-labels'
import { splitByLanguage } from './split-languages'
import type { LanguageOverride, ParsedAnswer } from './split-languages'
import { isQuestion, valuesOf } from './split-sections'
import type { Line, Section } from './split-sections'
import type { UnplacedText } from './unplaced-text'

/** The single values of a page. */
export type PageFacts = {
  /** Null if the page has none that is a valid address. */
  email: string | null
  /** Null if the page names none; nothing is suggested here. */
  region: Region | null
  country: Country | null
  /** What the page gave as its country, verbatim, if it could not be understood. */
  unclearCountry: string | null
  /** Something stands where the country is expected, understood or not. */
  hasCountry: boolean
}

/** What the sections of a page say. */
export type PageContent = PageFacts & {
  answers: Record<Question, ParsedAnswer[]>
  areas: Set<PriorityArea>
  /** Language (BCP 47) of the last paragraph of each question that has one. */
  lastLanguages: Map<Question, string>
  /** Labels under which a piece could not be placed. */
  incomplete: Set<Label>
  /** In the order of the page. */
  unplaced: UnplacedText[]
}

/**
 * Removes lines with characters that the directory refuses, before anything else reads them.
 *
 * @returns the sections without them, the lines, and the labels that they stood under
 */
export function removeUnsafeLines(sections: readonly Section[]): {
  sections: Section[]
  unplaced: UnplacedText[]
  incomplete: Set<Label>
} {
  const unplaced: UnplacedText[] = []
  const incomplete = new Set<Label>()
  const safe = sections.map((section) => {
    const lines = section.lines.filter(({ text }) => !hasUnsafeCharacters(text))
    if (lines.length < section.lines.length) incomplete.add(section.label)
    for (const { text } of section.lines) {
      if (hasUnsafeCharacters(text))
        unplaced.push({ reason: 'unsafeCharacters', text: text.trim() })
    }
    return { ...section, lines }
  })
  return { sections: safe, unplaced, incomplete }
}

/**
 * Reads all sections of a page.
 *
 * @param detectLanguage tells the language of one paragraph
 * @param languages languages that a person gave for pieces whose language is uncertain
 */
export function parseSections(
  sections: readonly Section[],
  detectLanguage: DetectLanguage,
  languages: readonly LanguageOverride[],
): PageContent {
  const content: PageContent = {
    ...{ email: null, region: null, country: null, unclearCountry: null, hasCountry: false },
    answers: { who: [], involvement: [], challenges: [], otherWork: [] },
    areas: new Set(),
    lastLanguages: new Map(),
    incomplete: new Set(),
    unplaced: [],
  }
  const { detections, pageLanguages } = detectLanguages(sections, detectLanguage)
  for (const section of sections) {
    const { label, lines } = section
    if (isQuestion(label)) {
      const split = splitByLanguage(lines, detections.get(section) ?? [], pageLanguages, languages)
      content.answers[label] = split.answers
      if (split.lastLanguage !== null) content.lastLanguages.set(label, split.lastLanguage)
      content.unplaced.push(...split.unplaced)
      const isIncomplete = split.unplaced.some(({ reason }) => reason === 'unplacedText')
      if (isIncomplete) content.incomplete.add(label)
    } else if (label === 'priorityAreas') {
      const { areas, unplaced } = parseAreaLines(lines)
      for (const area of areas) content.areas.add(area)
      content.unplaced.push(...unplaced)
      if (unplaced.length > 0) content.incomplete.add(label)
    } else {
      content.unplaced.push(...parseFact(section, content))
    }
  }
  return content
}

/** Detects the language of every paragraph, because each is judged with those of the whole page. */
function detectLanguages(sections: readonly Section[], detectLanguage: DetectLanguage) {
  const detections = new Map<Section, (Detection | null)[]>()
  const pageLanguages = new Set<string>()
  for (const section of sections.filter(({ label }) => isQuestion(label))) {
    const found = section.lines.map((line) => (line.blank ? null : detectLanguage(line.text)))
    for (const detection of found) {
      if (detection?.kind === 'certain') pageLanguages.add(detection.language)
    }
    detections.set(section, found)
  }
  return { detections, pageLanguages }
}

/**
 * Reads a section that holds an e-mail address, a region or a country.
 *
 * @param facts what the sections before it gave; is filled in, and never overwritten by a second value
 * @returns the lines that are none of it
 */
export function parseFact(section: Section, facts: PageFacts): UnplacedText[] {
  const unplaced: UnplacedText[] = []
  const { label } = section
  for (const [index, value] of valuesOf(section).entries()) {
    const email = label === 'email' && facts.email === null ? parseEmail(value) : null
    const region = label === 'region' && facts.region === null ? parseRegion(value) : null
    if (email !== null) facts.email = email
    else if (region !== null) facts.region = region
    else if (label === 'country' && index === 0) unplaced.push(...parseCountryLine(value, facts))
    else unplaced.push({ reason: 'unplacedText', text: value })
  }
  return unplaced
}

function parseCountryLine(value: string, facts: PageFacts): UnplacedText[] {
  facts.hasCountry = true
  const parsed = parseCountry(value)
  if (parsed.ok) {
    facts.country = parsed.country
    return []
  }
  facts.unclearCountry = value
  return [{ reason: parsed.reason, text: value }]
}

const emailSchema = z.email().max(254)

function parseEmail(value: string): string | null {
  const address = value.trim().replace(/^<(?:mailto:)?(.*)>$|^mailto:/iu, '$1')
  return emailSchema.safeParse(address).success ? address : null
}

/** A wording that was wrapped runs over so many lines at most. */
const MAX_WRAPPED_LINES = 4

/** Reads the priority areas that lines name; a line that is no known wording is not placed. */
export function parseAreaLines(lines: readonly Line[]): {
  areas: PriorityArea[]
  unplaced: UnplacedText[]
} {
  const values = lines.filter(({ blank }) => !blank).map(({ text }) => text.trim())
  const areas: PriorityArea[] = []
  const unplaced: UnplacedText[] = []
  for (let index = 0; index < values.length;) {
    const found = parseWrappedArea(values.slice(index, index + MAX_WRAPPED_LINES))
    if (found === null) unplaced.push({ reason: 'unplacedText', text: values[index] ?? '' })
    else areas.push(...found.areas)
    index += found?.lineCount ?? 1
  }
  return { areas, unplaced }
}

/** The shortest beginning of some lines that is a known wording; null if none is. */
function parseWrappedArea(
  lines: readonly string[],
): { areas: PriorityArea[]; lineCount: number } | null {
  for (let lineCount = 1; lineCount <= lines.length; lineCount += 1) {
    // A line without a letter is no part of a wording.
    if (!/\p{L}/u.test(lines[lineCount - 1] ?? '')) return null
    const areas = parsePriorityAreas(lines.slice(0, lineCount).join(' '))
    if (areas !== null) return { areas, lineCount }
  }
  return null
}
