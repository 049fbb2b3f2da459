import type { Transaction } from '@/lib/database/client'
import { changedFields, type FieldChange } from '@/lib/organisations/changed-fields'
import { toProfileContent, copyField, type SavedContent } from '@/lib/organisations/load-content'
import { mergeContent, type Conflict } from '@/lib/editing/merge'
import {
  QUESTIONS,
  profileContentSchema,
  type ProfileContent,
  type Question,
} from '@/lib/organisations/schema'
import type { StoredProfile } from '@/lib/organisations/stored'
import { diffContent, fieldKey, type Difference } from '@/lib/revisions/diff'
import { parseSnapshot } from '@/lib/revisions/snapshot'

/**
 * Reads the content that a proposal was made from.
 *
 * @returns null where there is no such revision, or its content was erased
 */
export async function loadBaseContent(
  db: Pick<Transaction, 'revision'>,
  organisationId: string,
  number: number,
): Promise<ProfileContent | null> {
  const isNumber = Number.isInteger(number) && number >= 1 && number < 2 ** 31
  const revision = isNumber
    ? await db.revision.findUnique({
        where: { organisationId_number: { organisationId, number } },
        select: { format: true, content: true },
      })
    : null
  const snapshot = revision ? parseSnapshot(revision) : 'erased'
  return snapshot === 'erased' ? null : toProfileContent(snapshot as SavedContent)
}

/** Reads the content that was proposed. It was checked when it was kept. */
export function parseProposedContent(content: string): ProfileContent {
  return profileContentSchema.parse(JSON.parse(content))
}

/**
 * The profile as it stands with the chosen fields of a proposal in it. Pure.
 *
 * @param base what the proposal was made from, and the number of its revision
 * @param chosen what differs between base and proposal and is accepted
 */
export function mergedContent(
  base: { content: ProfileContent; revision: number },
  present: StoredProfile,
  proposed: ProfileContent,
  chosen: readonly FieldChange[],
): ProfileContent {
  const taken = chosen.reduce((into, change) => copyField(into, proposed, change), base.content)
  return mergeContent(base, toProfileContent(present), dropMissingSources(taken, proposed)).content
}

/** One field of a proposal, compared with the profile as it stands. */
export type ProposedField = {
  /** Names it in the form: `country`, `answers.who.fr`. */
  key: string
  differences: Difference[]
  /**
   * Where somebody has changed the same since the proposal was made, and not alike: as it was, as it
   * stands (`theirs`) and as proposed (`yours`). Such a field is accepted by choice alone.
   */
  conflicts: Conflict[]
}

/**
 * What accepting each field of a proposal would change in the profile as it stands; nothing of what the
 * profile says already. Pure.
 */
export function proposedFields(
  base: { content: ProfileContent; revision: number },
  profile: StoredProfile,
  proposed: ProfileContent,
): ProposedField[] {
  const present = toProfileContent(profile)
  const changes = changedFields(base.content, proposed)
  const { conflicts } = mergeContent(base, present, proposed)
  // Together: a translation stands with the text that it was made from.
  const accepted = mergedContent(base, profile, proposed, changes)
  const differences = diffContent(present, accepted)
  return changes.map(fieldKey).flatMap((key) => {
    const ofField = differences.filter((difference) => fieldKey(difference) === key)
    if (ofField.length === 0) return []
    const isOfField = ({ field }: Conflict) => field === key || field.startsWith(`${key}.`)
    return [{ key, differences: ofField, conflicts: conflicts.filter(isOfField) }]
  })
}

/** A translation that was accepted without the text it was made from no longer names a source. */
function dropMissingSources(taken: ProfileContent, proposed: ProfileContent): ProfileContent {
  const settle = (question: Question) => {
    const textIn = (content: ProfileContent, language: string) =>
      content.answers[question].find((answer) => answer.language === language)?.text
    return [
      question,
      taken.answers[question].map((answer) => {
        if (answer.source?.revision !== 'current') return answer
        const { language } = answer.source
        return textIn(taken, language) === textIn(proposed, language)
          ? answer
          : { ...answer, source: null }
      }),
    ]
  }
  return {
    ...taken,
    answers: Object.fromEntries(QUESTIONS.map(settle)) as ProfileContent['answers'],
  }
}
