import { fieldKey } from '@/lib/revisions/diff'
import type { Snapshot } from '@/lib/revisions/snapshot'
import { changedFields } from './changed-fields'
import { toProfileContent, copyField, type SavedContent } from './load-content'
import { QUESTIONS, type AnswerContent, type ProfileContent, type Question } from './schema'
import type { StoredProfile } from './stored'

/**
 * The content of a profile after restoring it, or one field of it, from an earlier revision. Pure.
 *
 * A translation that was up to date in that revision is up to date again if its source has the same
 * text now; otherwise it keeps the revision that it was made from.
 *
 * @param field `all`, or the key of one field as `fieldKey` makes it (`name`, `answers.who.fr`); a field
 *   that does not differ changes nothing
 */
export function restoredContent(
  present: StoredProfile,
  snapshot: Snapshot,
  field: string,
): ProfileContent {
  // Old revisions may have codes that are unknown today: the command checks the result against the schema.
  const before = toProfileContent(snapshot as SavedContent)
  const content = toProfileContent(present)
  const restoredFields = changedFields(content, before).filter(
    (change) => field === 'all' || fieldKey(change) === field,
  )
  const restored = restoredFields.reduce((into, change) => copyField(into, before, change), content)
  const isRestored = (question: Question, language: string) =>
    restoredFields.some((change) => change.question === question && change.language === language)
  const updateSources = (question: Question) => [
    question,
    restored.answers[question].map((answer): AnswerContent => {
      const { source, language } = answer
      if (source === null || !isRestored(question, language)) return answer
      const sourceThen = snapshot.answers[question].find((one) => one.language === source.language)
      const sourceNow = restored.answers[question].find((one) => one.language === source.language)
      const wasUpToDate =
        sourceThen !== undefined &&
        source.revision !== 'current' &&
        sourceThen.changedIn <= source.revision
      return wasUpToDate && sourceNow?.text === sourceThen.text
        ? { ...answer, source: { language: source.language, revision: 'current' } }
        : answer
    }),
  ]
  return {
    ...restored,
    answers: Object.fromEntries(QUESTIONS.map(updateSources)) as ProfileContent['answers'],
  }
}
