import { z } from 'zod'
import type { Country } from '@/lib/geo/countries'
import { parseCountry, parseRegion } from '@/lib/geo/parse-country'
import type { Region } from '@/lib/geo/regions'
import { suggestRegion } from '@/lib/geo/suggest-region'
import { ANSWER_LIMIT, NAME_LIMIT, PRIORITY_AREAS, QUESTIONS } from '@/lib/organisations/schema'
import type { PriorityArea, Provenance, Question } from '@/lib/organisations/schema'
import { hasUnsafeCharacters } from '@/lib/text/text-field'
import { parseLabel, parsePriorityAreas } from './question-labels'
import type { Label } from './question-labels'
import { UNDETERMINED, resolveLanguages } from './detect-language'
import type { DetectLanguage, Detection } from './detect-language'

/** Why a piece of a page was not placed, or is worth a look. */
export type BlockError =
  | 'noCountry'
  | 'unknownCountry'
  | 'ambiguousCountry'
  | 'uncertainLanguage'
  | 'unplacedText'
  | 'cutOff'
  | 'unsafeCharacters'

/** Why a text is no page at all. */
export type PageError = 'noLabels' | 'noName' | 'unsafeCharacters'

export type ParsedAnswer = { language: string; provenance: Provenance; text: string }

export type ParsedPage =
  | {
      ok: true
      name: string
      country: Country | null
      region: Region | null
      /** The region is the country's suggestion, the page named none. */
      regionSuggested: boolean
      /** Null where the page has none that is an address. */
      email: string | null
      priorityAreas: PriorityArea[]
      answers: Record<Question, ParsedAnswer[]>
      /** What the page gave as its country where it could not be understood, verbatim. */
      unclearCountry: string | null
      /** Labels that the page has: what it is silent about is not what it says is empty. */
      labels: Label[]
      /** Labels under which a piece was refused: what is missing there is not what was taken back. */
      incomplete: Label[]
      /** The page reaches its end: nothing was cut off. */
      whole: boolean
      /** Where the last paragraph of a page that was cut off belongs; null where in no answer. */
      lastParagraph: LastParagraph | null
      /** Pieces in the order of the page; `text` verbatim, empty where something is missing. */
      refused: { reason: BlockError; text: string }[]
    }
  /** `text`: the whole of it. */
  | { ok: false; reason: PageError; text: string }

type LastParagraph = { question: Question; language: string; text: string }
type Line = { text: string; blank: boolean }
type Section = { label: Label; lines: Line[] }
/** Lines that follow each other in one language. */
type LanguageRun = { language: string; lines: string[] }
type UnplacedText = { reason: BlockError; text: string }

/** What a person says about a page that does not say it itself. */
export type PageOverrides = {
  name?: string | undefined
  country?: Country | undefined
  /** Pieces that were not placed, each with the answer that it belongs to. */
  assigned?: readonly { text: string; question: Question; language: string }[] | undefined
  /** Pieces whose language the page does not tell, each with the one that it is in (BCP 47). */
  languages?: readonly { text: string; language: string }[] | undefined
  /** The last paragraph of a page that was cut off is left out of its answer. */
  omitLastParagraph?: boolean | undefined
}

/**
 * Reads a profile page as it was copied from a browser. Pure: what is uncertain is named, never
 * guessed, and every character that is not white space ends up in the name, an answer, a code, the
 * contact, or among the pieces that were not placed.
 *
 * @param source the text of the page; CRLF and CR count as line breaks
 * @param readLanguage what tells the language of a paragraph
 * @param given what a person says: it stands for what the page says, and nothing of the page is lost
 * @returns the fields of the page, or why it is none
 */
export function parsePage(
  source: string,
  readLanguage: DetectLanguage,
  given: PageOverrides = {},
): ParsedPage {
  const text = source.replace(/\r\n?/g, '\n').trim()
  const lines = text.split('\n').map((line): Line => ({ text: line, blank: line.trim() === '' }))

  const { above, sections, rest } = splitSections(lines)
  const [first] = sections
  if (first === undefined) {
    const hasLabel = lines.some((line) => !line.blank && parseLabel(line.text, true) !== null)
    return { ok: false, reason: hasLabel ? 'noName' : 'noLabels', text }
  }
  const paragraphs = above.filter(({ blank }) => !blank)
  const name = given.name ?? paragraphs[0]?.text.trim() ?? ''
  const isHeadedByName =
    given.name !== undefined ||
    (paragraphs.length === 1 &&
      name.length <= NAME_LIMIT &&
      (first.label === 'email' || first.label === 'who'))
  if (!isHeadedByName) return { ok: false, reason: 'noName', text }
  if (hasUnsafeCharacters(name)) return { ok: false, reason: 'unsafeCharacters', text }

  const refused: UnplacedText[] = []
  const incomplete = new Set<Label>()
  if (given.name !== undefined) {
    for (const paragraph of paragraphs.map((line) => line.text.trim())) {
      const reason = hasUnsafeCharacters(paragraph) ? 'unsafeCharacters' : 'unplacedText'
      if (paragraph !== name) refused.push({ reason, text: paragraph })
    }
  }
  // What is unsafe is set aside before anything else looks at it.
  for (const section of sections) {
    section.lines = section.lines.filter((line) => {
      if (!hasUnsafeCharacters(line.text)) return true
      refused.push({ reason: 'unsafeCharacters', text: line.text.trim() })
      incomplete.add(section.label)
      return false
    })
  }

  const read = new Map<Section, (Detection | null)[]>()
  const pageLanguages = new Set<string>()
  for (const section of sections) {
    if (!isQuestion(section.label)) continue
    const readings = section.lines.map((line) => (line.blank ? null : readLanguage(line.text)))
    for (const reading of readings) {
      if (reading?.kind === 'certain') pageLanguages.add(reading.language)
    }
    read.set(section, readings)
  }

  const answers: Record<Question, ParsedAnswer[]> = {
    who: [],
    involvement: [],
    challenges: [],
    otherWork: [],
  }
  const areas = new Set<PriorityArea>()
  let email: string | null = null
  let saidRegion: Region | null = null
  let country: Country | null = null
  let unclearCountry: string | null = null
  let countryWasGiven = false
  const lastLanguages = new Map<Question, string>()

  for (const section of sections) {
    const { label } = section
    if (isQuestion(label)) {
      const told = splitByLanguage(
        section.lines,
        read.get(section) ?? [],
        pageLanguages,
        given.languages ?? [],
      )
      answers[label] = told.answers
      if (told.lastLanguage !== null) lastLanguages.set(label, told.lastLanguage)
      refused.push(...told.refused)
      if (told.refused.some(({ reason }) => reason === 'unplacedText')) incomplete.add(label)
      continue
    }
    if (label === 'priorityAreas') {
      const told = parseAreas(section.lines)
      for (const area of told.areas) areas.add(area)
      refused.push(...told.refused)
      if (told.refused.length > 0) incomplete.add(label)
      continue
    }
    for (const [index, value] of valuesOf(section).entries()) {
      if (label === 'email' && email === null && parseEmail(value) !== null) {
        email = parseEmail(value)
      } else if (label === 'region' && saidRegion === null && parseRegion(value) !== null) {
        saidRegion = parseRegion(value)
      } else if (label === 'country' && index === 0) {
        countryWasGiven = true
        const found = parseCountry(value)
        if (found.ok) {
          country = found.country
        } else {
          unclearCountry = value
          refused.push({ reason: found.reason, text: value })
        }
      } else {
        refused.push({ reason: 'unplacedText', text: value })
      }
    }
  }
  if (rest !== '') {
    refused.push({
      reason: hasUnsafeCharacters(rest) ? 'unsafeCharacters' : 'unplacedText',
      text: rest,
    })
  }

  if (given.country !== undefined) {
    country = given.country
    unclearCountry = null
    countryWasGiven = true
    settle(({ reason }) => ['unknownCountry', 'ambiguousCountry'].includes(reason))
  }
  const labels = sections.map(({ label }) => label)
  const whole = labels.includes('region') || labels.includes('country')
  const lastText = lines.findLast(({ blank }) => !blank)?.text.trim() ?? ''
  const lastParagraph = whole || rest !== '' ? null : findLastParagraph()
  if (lastParagraph && given.omitLastParagraph) {
    const { question } = lastParagraph
    answers[question] = withoutLastParagraph(answers[question], lastParagraph)
  }
  for (const piece of given.assigned ?? []) {
    const placed = withBlock(answers[piece.question], piece)
    // What makes an answer too long stays where it was.
    if (placed.some(({ text }) => text.length > ANSWER_LIMIT)) continue
    const isPlaced = settle(({ reason, text }) => reason === 'unplacedText' && text === piece.text)
    if (isPlaced) answers[piece.question] = placed
  }
  if (!countryWasGiven) refused.push({ reason: 'noCountry', text: '' })
  if (!whole) refused.push({ reason: 'cutOff', text: lastText })
  const suggested = country === null ? null : suggestRegion(country)
  return {
    ok: true,
    name,
    country,
    region: saidRegion ?? suggested,
    regionSuggested: saidRegion === null && suggested !== null,
    email,
    priorityAreas: PRIORITY_AREAS.filter((area) => areas.has(area)),
    answers,
    unclearCountry,
    labels,
    incomplete: [...incomplete],
    whole,
    lastParagraph,
    refused,
  }

  function findLastParagraph(): LastParagraph | null {
    const question = labels.findLast(isFormLabel)
    if (question === undefined || !isQuestion(question)) return null
    const language = lastLanguages.get(question)
    const answer = answers[question].find((one) => one.language === language)
    // It may have been an address, or not safe: then it is in no answer.
    if (!answer?.text.endsWith(lastText)) return null
    return { question, language: answer.language, text: lastText }
  }

  /** Takes one piece off the list of what was not placed; false where it is not there. */
  function settle(matches: (piece: UnplacedText) => boolean): boolean {
    const at = refused.findIndex(matches)
    if (at >= 0) refused.splice(at, 1)
    return at >= 0
  }
}

/** An answer with a piece at its end; where nobody answered in that language, an answer of its own. */
function withBlock(
  answers: ParsedAnswer[],
  { text, language }: { text: string; language: string },
): ParsedAnswer[] {
  if (!answers.some((answer) => answer.language === language)) {
    return [...answers, { language, provenance: 'unknown', text }]
  }
  return answers.map((answer) =>
    answer.language === language ? { ...answer, text: `${answer.text}\n\n${text}` } : answer,
  )
}

/** Answers without the paragraph that one of them ends with; where it was all of it, without that one. */
function withoutLastParagraph(
  answers: ParsedAnswer[],
  { text, language }: { text: string; language: string },
): ParsedAnswer[] {
  return answers.flatMap((answer) => {
    if (answer.language !== language) return [answer]
    const kept = answer.text.slice(0, answer.text.length - text.length).trimEnd()
    return kept === '' ? [] : [{ ...answer, text: kept }]
  })
}

function isQuestion(label: Label): label is Question {
  return QUESTIONS.some((question) => question === label)
}

function isFormLabel(label: Label): boolean {
  return isQuestion(label) || label === 'priorityAreas'
}

function valuesOf(section: Section): string[] {
  return section.lines.filter(({ blank }) => !blank).map(({ text }) => text.trim())
}

/**
 * Cuts a page at its labels. A question counts where it stands first; where one comes again, another
 * page begins, and all from there on is the rest. Region and country are looked for after the last
 * question only, from the end: inside an answer they are words like others.
 */
function splitSections(lines: Line[]): { above: Line[]; sections: Section[]; rest: string } {
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

/** An address, or what people write in place of one. */
const LOOKS_LIKE_EMAIL = /@|[([]\s*(?:at|arobase?)\s*[)\]]/iu

// Below a question what is labelled as e-mail must not be published with the answer, be it an address
// or not; the answer goes on after it. A short label takes what looks like an address, nothing else.
function extractEmail(sections: Section[]): void {
  for (const section of sections.filter(({ label }) => isFormLabel(label))) {
    const kept: Line[] = []
    for (let index = 0; index < section.lines.length; index += 1) {
      const line = section.lines[index]
      if (line === undefined) break
      const found = line.blank ? null : parseLabel(line.text, true)
      if (found?.label !== 'email') {
        kept.push(line)
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
        kept.push(line)
      }
    }
    section.lines = kept
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

const emailSchema = z.email().max(254)

function parseEmail(value: string): string | null {
  const address = value.trim().replace(/^<(?:mailto:)?(.*)>$|^mailto:/iu, '$1')
  return emailSchema.safeParse(address).success ? address : null
}

function parseAreas(lines: Line[]): { areas: PriorityArea[]; refused: UnplacedText[] } {
  const values = lines.filter(({ blank }) => !blank).map(({ text }) => text.trim())
  const areas: PriorityArea[] = []
  const refused: UnplacedText[] = []
  for (let index = 0; index < values.length; index += 1) {
    // A wording may run over lines where a page was wrapped; a line without a letter is no part of it.
    const length = [1, 2, 3, 4].find((count) => {
      const part = values.slice(index, index + count)
      const isWrapped = part.length === count && part.every((line) => /\p{L}/u.test(line))
      return isWrapped && parsePriorityAreas(part.join(' ')) !== null
    })
    if (length === undefined) {
      refused.push({ reason: 'unplacedText', text: values[index] ?? '' })
    } else {
      areas.push(...(parsePriorityAreas(values.slice(index, index + length).join(' ')) ?? []))
      index += length - 1
    }
  }
  return { areas, refused }
}

/**
 * Tells an answer's languages apart. Every line is a paragraph; lines of one language that follow
 * each other stay as they are, blank lines between them included.
 *
 * @param said pieces of uncertain language of which a person says which one it is
 */
function splitByLanguage(
  lines: Line[],
  readings: (Detection | null)[],
  pageLanguages: ReadonlySet<string>,
  said: NonNullable<PageOverrides['languages']>,
): { answers: ParsedAnswer[]; refused: UnplacedText[]; lastLanguage: string | null } {
  const settled = resolveLanguages(
    readings.filter((reading) => reading !== null),
    pageLanguages,
  )
  const runs: LanguageRun[] = []
  let paragraph = 0
  for (const line of lines) {
    const run = runs.at(-1)
    if (line.blank) {
      run?.lines.push(line.text)
      continue
    }
    const language = settled[paragraph] ?? UNDETERMINED
    paragraph += 1
    if (run?.language === language) run.lines.push(line.text)
    else runs.push({ language, lines: [line.text] })
  }

  const texts = new Map<string, string[]>()
  const refused: UnplacedText[] = []
  const told = applyLanguageOverrides(runs, said)
  for (const { language, lines: run } of told) {
    const text = run.join('\n').trim()
    texts.set(language, [...(texts.get(language) ?? []), text])
    if (language === UNDETERMINED) refused.push({ reason: 'uncertainLanguage', text })
  }

  const answers: ParsedAnswer[] = []
  for (const [language, parts] of texts) {
    const text = parts.join('\n\n')
    if (text.length > ANSWER_LIMIT) {
      refused.push({ reason: 'unplacedText', text })
      continue
    }
    answers.push({ language, text, provenance: 'unknown' })
  }
  const known = answers.filter(({ language }) => language !== UNDETERMINED)
  for (const [order, answer] of known.entries()) {
    answer.provenance = order === 0 ? 'original' : 'translation'
  }
  return { answers, refused, lastLanguage: told.at(-1)?.language ?? null }
}

/** Runs of lines in which what was uncertain is in the language that a person said. */
function applyLanguageOverrides(
  runs: readonly LanguageRun[],
  said: NonNullable<PageOverrides['languages']>,
): LanguageRun[] {
  const told: LanguageRun[] = []
  for (const run of runs) {
    const text = run.lines.join('\n').trim()
    const language =
      run.language === UNDETERMINED
        ? (said.find((piece) => piece.text === text)?.language ?? UNDETERMINED)
        : run.language
    const before = told.at(-1)
    if (before?.language === language) before.lines.push(...run.lines)
    else told.push({ language, lines: [...run.lines] })
  }
  return told
}
