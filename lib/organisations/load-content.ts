import type { Transaction } from '@/lib/database/client'
import { loadSnapshot } from '@/lib/revisions/load-snapshot'
import type { FieldChange } from './changed-fields'
import { QUESTIONS, type AnswerContent, type ProfileContent, type Question } from './schema'
import type { StoredProfile } from './stored'

/** The content of a stored profile. */
export type SavedContent = Pick<StoredProfile, keyof ProfileContent>

/** The content of a stored profile, in the shape that `saveProfile` takes. */
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
 * Loads the content of a profile as it was in a revision. The caller checks permissions.
 *
 * @returns null if there is no such revision, or its content was erased
 */
export async function loadRevisionContent(
  db: Pick<Transaction, 'revision'>,
  organisationId: string,
  number: number,
): Promise<ProfileContent | null> {
  const snapshot = await loadSnapshot(db, organisationId, number)
  return snapshot && toProfileContent(snapshot as SavedContent)
}

/**
 * Copies one field from one content into another. A region is copied together with whether it is only
 * suggested. An answer keeps its position, a new one comes last, and one that `from` does not have is
 * removed.
 *
 * @returns a new content; neither argument is changed
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
  const copied = from.answers[question].find((answer) => answer.language === language)
  const present = into.answers[question]
  const answers = present.some((answer) => answer.language === language)
    ? present.flatMap((answer) => (answer.language === language ? (copied ?? []) : answer))
    : [...present, ...(copied ? [copied] : [])]
  return { ...into, answers: { ...into.answers, [question]: answers } }
}
