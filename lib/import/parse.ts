import type { Country } from '@/lib/geo/countries'
import type { Region } from '@/lib/geo/regions'
import { suggestRegion } from '@/lib/geo/suggest-region'
import { NAME_LIMIT, PRIORITY_AREAS } from '@/lib/organisations/schema'
import type { PriorityArea, Question } from '@/lib/organisations/schema'
import { hasUnsafeCharacters } from '@/lib/text/text-field'
import type { DetectLanguage } from './detect-language'
import { omitLastParagraph, overrideCountry, placeAssigned } from './page-overrides'
import type { LastParagraph, PageOverrides } from './page-overrides'
import { parseSections, removeUnsafeLines } from './parse-sections'
import type { PageContent } from './parse-sections'
import { parseLabel } from './question-labels'
import type { Label } from './question-labels'
import type { ParsedAnswer } from './split-languages'
import { isFormLabel, isQuestion, splitSections } from './split-sections'
import type { Line, Section } from './split-sections'
import type { UnplacedText } from './unplaced-text'

/** Why a text is not a profile page. */
export type PageError = 'noLabels' | 'noName' | 'unsafeCharacters'

export type ParsedPage =
  | {
      ok: true
      name: string
      country: Country | null
      region: Region | null
      /** The region is the country's suggestion, because the page names none. */
      regionSuggested: boolean
      /** Null if the page has none that is a valid address. */
      email: string | null
      priorityAreas: PriorityArea[]
      answers: Record<Question, ParsedAnswer[]>
      /** What the page gave as its country, verbatim, if it could not be understood. */
      unclearCountry: string | null
      /** Labels of the page: a field without its label is not mentioned, which is not the same as empty. */
      labels: Label[]
      /** Labels under which a piece could not be placed: what is missing there was not taken back. */
      incomplete: Label[]
      /** The page reaches its end: nothing was cut off. */
      whole: boolean
      /** The last paragraph of a page that was cut off; null if it is in no answer. */
      lastParagraph: LastParagraph | null
      /** Pieces that are named in the plan, in the order of the page. */
      refused: UnplacedText[]
    }
  /** `text`: the whole page. */
  | { ok: false; reason: PageError; text: string }

/**
 * Reads a profile page as it was copied from a browser. Pure: what is uncertain is named, never
 * guessed, and every character that is not white space ends up in the name, an answer, a code, the
 * contact, or among the pieces that were not placed.
 *
 * @param source the text of the page; CRLF and CR count as line breaks
 * @param detectLanguage tells the language of one paragraph
 * @param overrides what a person says about the page; what it replaces is still named
 * @returns the fields of the page, or why it is none
 */
export function parsePage(
  source: string,
  detectLanguage: DetectLanguage,
  overrides: PageOverrides = {},
): ParsedPage {
  const text = source.replace(/\r\n?/g, '\n').trim()
  const lines = text.split('\n').map((line): Line => ({ text: line, blank: line.trim() === '' }))
  const { above, sections, rest } = splitSections(lines)
  const heading = parseHeading(above, sections, overrides.name)
  if (!heading.ok) return { ok: false, reason: headingError(heading.reason, lines), text }

  const safe = removeUnsafeLines(sections)
  const content = parseSections(safe.sections, detectLanguage, overrides.languages ?? [])
  content.unplaced.unshift(...heading.unplaced, ...safe.unplaced)
  if (rest !== '') content.unplaced.push(unplacedText(rest))

  if (overrides.country !== undefined) overrideCountry(content, overrides.country)
  const labels = sections.map(({ label }) => label)
  const whole = labels.includes('region') || labels.includes('country')
  const lastText = lines.findLast(({ blank }) => !blank)?.text.trim() ?? ''
  const lastParagraph = whole || rest !== '' ? null : findLastParagraph(labels, lastText, content)
  if (lastParagraph && overrides.omitLastParagraph) omitLastParagraph(content, lastParagraph)
  placeAssigned(content, overrides.assigned ?? [])
  if (!content.hasCountry) content.unplaced.push({ reason: 'noCountry', text: '' })
  if (!whole) content.unplaced.push({ reason: 'cutOff', text: lastText })

  const { country, unclearCountry, email, answers, unplaced } = content
  const suggested = country === null ? null : suggestRegion(country)
  return {
    ok: true,
    ...{
      name: heading.name,
      country,
      unclearCountry,
      email,
      answers,
      labels,
      whole,
      lastParagraph,
    },
    region: content.region ?? suggested,
    regionSuggested: content.region === null && suggested !== null,
    priorityAreas: PRIORITY_AREAS.filter((area) => content.areas.has(area)),
    incomplete: [...new Set([...safe.incomplete, ...content.incomplete])],
    refused: unplaced,
  }
}

type Heading =
  { ok: true; name: string; unplaced: UnplacedText[] } | { ok: false; reason: PageError }

/**
 * Reads the name of the organisation: the only paragraph above the first label, which has to be the
 * e-mail address or the first question. With a name given by a person, what stands there is not placed.
 */
function parseHeading(above: Line[], sections: Section[], givenName: string | undefined): Heading {
  const [first] = sections
  if (first === undefined) return { ok: false, reason: 'noLabels' }
  const paragraphs = above.filter(({ blank }) => !blank).map((line) => line.text.trim())
  const name = givenName ?? paragraphs[0] ?? ''
  const isHeadedByName =
    givenName !== undefined ||
    (paragraphs.length === 1 &&
      name.length <= NAME_LIMIT &&
      (first.label === 'email' || first.label === 'who'))
  if (!isHeadedByName) return { ok: false, reason: 'noName' }
  if (hasUnsafeCharacters(name)) return { ok: false, reason: 'unsafeCharacters' }
  const others = paragraphs.filter((paragraph) => paragraph !== name)
  return { ok: true, name, unplaced: others.map(unplacedText) }
}

/** A page with labels of which none counts, such as a lone country, has labels but no name. */
function headingError(reason: PageError, lines: Line[]): PageError {
  if (reason !== 'noLabels') return reason
  const hasLabel = lines.some((line) => !line.blank && parseLabel(line.text, true) !== null)
  return hasLabel ? 'noName' : 'noLabels'
}

function unplacedText(text: string): UnplacedText {
  return { reason: hasUnsafeCharacters(text) ? 'unsafeCharacters' : 'unplacedText', text }
}

function findLastParagraph(
  labels: readonly Label[],
  lastText: string,
  { answers, lastLanguages }: PageContent,
): LastParagraph | null {
  const question = labels.findLast(isFormLabel)
  if (question === undefined || !isQuestion(question)) return null
  const language = lastLanguages.get(question)
  const answer = answers[question].find((candidate) => candidate.language === language)
  // An e-mail address or unsafe text is in no answer.
  if (!answer?.text.endsWith(lastText)) return null
  return { question, language: answer.language, text: lastText }
}
