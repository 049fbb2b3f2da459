import { changedFields, type FieldChange } from '@/lib/organisations/changed-fields'
import { toProfileContent, copyField } from '@/lib/organisations/load-content'
import { mergeContent, type Conflict } from '@/lib/editing/merge'
import {
  QUESTIONS,
  profileContentSchema,
  type ProfileContent,
  type Question,
} from '@/lib/organisations/schema'
import type { StoredProfile } from '@/lib/organisations/stored'
import { diffContent, fieldKey, type Difference } from '@/lib/revisions/diff'

/** What a proposal was made from: the content, and the number of its revision. */
export type ProposalBase = { content: ProfileContent; revision: number }

/**
 * Parses the stored content of a proposal (JSON).
 *
 * @throws if it breaks the schema: it was checked when it was stored
 */
export function parseProposedContent(content: string): ProfileContent {
  return profileContentSchema.parse(JSON.parse(content))
}

/**
 * The content of the current profile after merging the chosen changes of a proposal into it. Pure.
 *
 * @param chosen the changes between base and proposal that are accepted
 */
export function mergedContent(
  base: ProposalBase,
  profile: StoredProfile,
  proposed: ProfileContent,
  chosen: readonly FieldChange[],
): ProfileContent {
  const accepted = chosen.reduce((into, change) => copyField(into, proposed, change), base.content)
  const yours = dropMissingSources(accepted, proposed)
  return mergeContent(base, toProfileContent(profile), yours).content
}

/** One field of a proposal, compared with the current profile. */
export type ProposedField = {
  /** As `fieldKey` makes it: `country`, `answers.who.fr`. */
  key: string
  differences: Difference[]
  /**
   * Not empty if somebody has changed the same field differently since the proposal was made: `theirs`
   * is the current profile, `yours` the proposal. The reviewer has to choose one of them.
   */
  conflicts: Conflict[]
}

/**
 * Lists the fields that accepting a proposal would change in the current profile. Fields that have the
 * proposed value already are left out. Pure.
 */
export function proposedFields(
  base: ProposalBase,
  profile: StoredProfile,
  proposed: ProfileContent,
): ProposedField[] {
  const current = toProfileContent(profile)
  const changes = changedFields(base.content, proposed)
  const { conflicts } = mergeContent(base, current, proposed)
  // All changes at once, because a translation depends on its source.
  const accepted = mergedContent(base, profile, proposed, changes)
  const differences = diffContent(current, accepted)
  return changes.map(fieldKey).flatMap((key) => {
    const ofField = differences.filter((difference) => fieldKey(difference) === key)
    if (ofField.length === 0) return []
    const isOfField = ({ field }: Conflict) => field === key || field.startsWith(`${key}.`)
    return [{ key, differences: ofField, conflicts: conflicts.filter(isOfField) }]
  })
}

/** A translation that is accepted without the text that it was made from no longer names a source. */
function dropMissingSources(accepted: ProfileContent, proposed: ProfileContent): ProfileContent {
  const withSources = (question: Question) => {
    const textIn = (content: ProfileContent, language: string) =>
      content.answers[question].find((answer) => answer.language === language)?.text
    return [
      question,
      accepted.answers[question].map((answer) => {
        if (answer.source?.revision !== 'current') return answer
        const { language } = answer.source
        return textIn(accepted, language) === textIn(proposed, language)
          ? answer
          : { ...answer, source: null }
      }),
    ]
  }
  return {
    ...accepted,
    answers: Object.fromEntries(QUESTIONS.map(withSources)) as ProfileContent['answers'],
  }
}
