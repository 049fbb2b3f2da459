import { ANSWER_LIMIT } from '@/lib/organisations/schema'
import type { Provenance } from '@/lib/organisations/schema'
import { UNDETERMINED, resolveLanguages } from './detect-language'
import type { Detection } from './detect-language'
import type { Line } from './split-sections'
import type { UnplacedText } from './unplaced-text'

/** One language's text of an answer; `language` is BCP 47, `und` if it is not certain. */
export type ParsedAnswer = { language: string; provenance: Provenance; text: string }

/** A piece of uncertain language and the language (BCP 47) that a person says it is in. */
export type LanguageOverride = { text: string; language: string }

/** Consecutive lines in one language. */
type LanguageRun = { language: string; lines: string[] }

/** An answer by language, and the pieces of it that are named in the plan. */
export type SplitAnswer = {
  answers: ParsedAnswer[]
  unplaced: UnplacedText[]
  /** Language of the last paragraph; null if the answer is empty. */
  lastLanguage: string | null
}

/**
 * Splits an answer by language. Every line is a paragraph; consecutive lines in one language stay
 * together, blank lines between them included. A text above the size limit is not placed.
 *
 * @param lines of one section
 * @param detections one for each line, null for a blank one
 * @param pageLanguages languages that paragraphs of the whole page are certainly in (BCP 47)
 * @param overrides languages that a person gave for pieces whose language is uncertain
 */
export function splitByLanguage(
  lines: readonly Line[],
  detections: readonly (Detection | null)[],
  pageLanguages: ReadonlySet<string>,
  overrides: readonly LanguageOverride[],
): SplitAnswer {
  const languages = resolveLanguages(
    detections.filter((detection) => detection !== null),
    pageLanguages,
  )
  const runs = applyLanguageOverrides(groupIntoRuns(lines, languages), overrides)
  const texts = new Map<string, string[]>()
  const unplaced: UnplacedText[] = []
  for (const { language, lines: run } of runs) {
    const text = run.join('\n').trim()
    texts.set(language, [...(texts.get(language) ?? []), text])
    if (language === UNDETERMINED) unplaced.push({ reason: 'uncertainLanguage', text })
  }

  const answers: ParsedAnswer[] = []
  for (const [language, parts] of texts) {
    const text = parts.join('\n\n')
    if (text.length > ANSWER_LIMIT) unplaced.push({ reason: 'unplacedText', text })
    else answers.push({ language, text, provenance: 'unknown' })
  }
  const known = answers.filter(({ language }) => language !== UNDETERMINED)
  for (const [order, answer] of known.entries()) {
    answer.provenance = order === 0 ? 'original' : 'translation'
  }
  return { answers, unplaced, lastLanguage: runs.at(-1)?.language ?? null }
}

/** @param languages one for each line that is not blank */
function groupIntoRuns(lines: readonly Line[], languages: readonly string[]): LanguageRun[] {
  const runs: LanguageRun[] = []
  let paragraph = 0
  for (const line of lines) {
    const run = runs.at(-1)
    if (line.blank) {
      run?.lines.push(line.text)
      continue
    }
    const language = languages[paragraph] ?? UNDETERMINED
    paragraph += 1
    if (run?.language === language) run.lines.push(line.text)
    else runs.push({ language, lines: [line.text] })
  }
  return runs
}

/** Gives uncertain runs the language that a person said; runs that now share one are joined. */
function applyLanguageOverrides(
  runs: readonly LanguageRun[],
  overrides: readonly LanguageOverride[],
): LanguageRun[] {
  const resolved: LanguageRun[] = []
  for (const run of runs) {
    const text = run.lines.join('\n').trim()
    const language =
      run.language === UNDETERMINED
        ? (overrides.find((piece) => piece.text === text)?.language ?? UNDETERMINED)
        : run.language
    const previous = resolved.at(-1)
    if (previous?.language === language) previous.lines.push(...run.lines)
    else resolved.push({ language, lines: [...run.lines] })
  }
  return resolved
}
