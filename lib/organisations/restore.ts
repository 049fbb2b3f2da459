import { fieldKey } from '@/lib/revisions/diff'
import type { Snapshot } from '@/lib/revisions/snapshot'
import { changedFields } from './changed-fields'
import { toProfileContent, copyField, type SavedContent } from './load-content'
import { QUESTIONS, type AnswerContent, type ProfileContent, type Question } from './schema'
import type { StoredProfile } from './stored'

/**
 * The content of a profile with what an earlier revision held put back. Pure.
 *
 * A translation that was up to date then is so again where the text it was made from stands as it
 * stood; else it keeps saying from which revision it was made.
 *
 * @param field `all`, or the key of one field as `keyOf` gives it (`name`, `answers.who.fr`); a field
 *   that does not differ changes nothing
 */
export function restoredContent(
  present: StoredProfile,
  snapshot: Snapshot,
  field: string,
): ProfileContent {
  // Codes of an earlier time may be unknown today: the command checks the whole against the schema.
  const before = toProfileContent(snapshot as SavedContent)
  const content = toProfileContent(present)
  const taken = changedFields(content, before).filter(
    (change) => field === 'all' || fieldKey(change) === field,
  )
  const restored = taken.reduce((into, change) => copyField(into, before, change), content)
  const isTaken = (question: Question, language: string) =>
    taken.some((change) => change.question === question && change.language === language)
  const settle = (question: Question) => [
    question,
    restored.answers[question].map((answer): AnswerContent => {
      const { source, language } = answer
      if (source === null || !isTaken(question, language)) return answer
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
    answers: Object.fromEntries(QUESTIONS.map(settle)) as ProfileContent['answers'],
  }
}
