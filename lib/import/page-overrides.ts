import type { Country } from '@/lib/geo/countries'
import { ANSWER_LIMIT } from '@/lib/organisations/schema'
import type { Question } from '@/lib/organisations/schema'
import type { PageContent } from './parse-sections'
import type { LanguageOverride, ParsedAnswer } from './split-languages'
import { removeUnplaced } from './unplaced-text'

/** What a person says about a page; it replaces what the page says. */
export type PageOverrides = {
  name?: string | undefined
  country?: Country | undefined
  /** Pieces that were not placed, each with the answer that it belongs to. */
  assigned?: readonly { text: string; question: Question; language: string }[] | undefined
  /** Pieces whose language is uncertain, each with its language (BCP 47). */
  languages?: readonly LanguageOverride[] | undefined
  /** The last paragraph of a page that was cut off is left out of its answer. */
  omitLastParagraph?: boolean | undefined
}

/** The last paragraph of a page that was cut off, and the answer that it belongs to. */
export type LastParagraph = { question: Question; language: string; text: string }

/** Replaces the country of a page, understood or not, with the one that a person gave. */
export function overrideCountry(content: PageContent, country: Country): void {
  content.country = country
  content.unclearCountry = null
  content.hasCountry = true
  removeUnplaced(content.unplaced, ({ reason }) =>
    ['unknownCountry', 'ambiguousCountry'].includes(reason),
  )
}

/**
 * Adds pieces that were not placed to the answers that a person assigned them to. A piece that is not
 * on the list of unplaced text, or would make an answer too long, stays where it is.
 */
export function placeAssigned(
  content: PageContent,
  assigned: NonNullable<PageOverrides['assigned']>,
): void {
  for (const piece of assigned) {
    const answers = appendToAnswer(content.answers[piece.question], piece)
    if (answers.some(({ text }) => text.length > ANSWER_LIMIT)) continue
    const wasUnplaced = removeUnplaced(
      content.unplaced,
      ({ reason, text }) => reason === 'unplacedText' && text === piece.text,
    )
    if (wasUnplaced) content.answers[piece.question] = answers
  }
}

function appendToAnswer(
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

/** Removes the last paragraph from its answer, and the answer with it if nothing is left. */
export function omitLastParagraph(
  content: PageContent,
  { question, text, language }: LastParagraph,
): void {
  content.answers[question] = content.answers[question].flatMap((answer) => {
    if (answer.language !== language) return [answer]
    const remaining = answer.text.slice(0, answer.text.length - text.length).trimEnd()
    return remaining === '' ? [] : [{ ...answer, text: remaining }]
  })
}
