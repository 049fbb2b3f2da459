import type { FieldChange } from './changes'
import type { ProfileContent } from './schema'

/**
 * Takes one field of a content over into another; the rest stays. A region goes with whether it is
 * only suggested. An answer keeps its place among the others, a new one comes last, and one that is
 * not there goes.
 */
export function takeField(
  into: ProfileContent,
  from: ProfileContent,
  { field, question, language }: FieldChange,
): ProfileContent {
  if (field === 'region') {
    return { ...into, region: from.region, regionSuggested: from.regionSuggested }
  }
  if (field !== 'answers') return { ...into, [field]: from[field] }
  if (question === undefined) return into
  const taken = from.answers[question].find((answer) => answer.language === language)
  const present = into.answers[question]
  const answers = present.some((answer) => answer.language === language)
    ? present.flatMap((answer) => (answer.language === language ? (taken ?? []) : answer))
    : [...present, ...(taken ? [taken] : [])]
  return { ...into, answers: { ...into.answers, [question]: answers } }
}
