import type { FieldChange } from './changed-fields'
import { QUESTIONS, type AnswerContent, type ProfileContent, type Question } from './schema'
import type { StoredProfile } from './stored'

/** What a kept profile has of a profile's content. */
export type SavedContent = Pick<StoredProfile, keyof ProfileContent>

/** The content of a kept profile, as it is handed back to `saveProfile`. */
export function toProfileContent(profile: SavedContent): ProfileContent {
  const { name, aliases, region, regionSuggested, priorityAreas, contacts, answers } = profile
  const toContent = (question: Question) => [
    question,
    answers[question].map(({ language, text, provenance, source }): AnswerContent => ({
      language,
      text,
      provenance,
      source,
    })),
  ]
  return {
    ...{ name, aliases, region, regionSuggested, priorityAreas, contacts },
    country: profile.country as ProfileContent['country'],
    answers: Object.fromEntries(QUESTIONS.map(toContent)) as ProfileContent['answers'],
  }
}

/**
 * Takes one field of a content over into another; the rest stays. A region goes with whether it is
 * only suggested. An answer keeps its place among the others, a new one comes last, and one that is
 * not there goes.
 */
export function copyField(
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
