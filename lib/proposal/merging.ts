import type { Transaction } from '@/lib/db/client'
import type { FieldChange } from '@/lib/profile/changes'
import { contentOfProfile, takeField, type KeptContent } from '@/lib/profile/content'
import { mergeContent } from '@/lib/profile/merge'
import {
  QUESTIONS,
  profileContentSchema,
  type ProfileContent,
  type Question,
} from '@/lib/profile/schema'
import type { StoredProfile } from '@/lib/profile/stored'
import { readSnapshot } from '@/lib/revision/snapshot'

/**
 * Reads the content that a proposal was made from.
 *
 * @returns null where there is no such revision, or its content was erased
 */
export async function readBase(
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
  const snapshot = revision ? readSnapshot(revision) : 'erased'
  return snapshot === 'erased' ? null : contentOfProfile(snapshot as KeptContent)
}

/** Reads the content that was proposed. It was checked when it was kept. */
export function readProposed(content: string): ProfileContent {
  return profileContentSchema.parse(JSON.parse(content))
}

/**
 * The profile as it stands with the chosen fields of a proposal in it. Pure.
 *
 * @param base what the proposal was made from, and the number of its revision
 * @param chosen what differs between base and proposal and is accepted
 */
export function chosenContent(
  base: { content: ProfileContent; revision: number },
  present: StoredProfile,
  proposed: ProfileContent,
  chosen: readonly FieldChange[],
): ProfileContent {
  const taken = chosen.reduce((into, change) => takeField(into, proposed, change), base.content)
  return mergeContent(base, contentOfProfile(present), withoutLostSources(taken, proposed)).content
}

/** A translation that was accepted without the text it was made from no longer names a source. */
function withoutLostSources(taken: ProfileContent, proposed: ProfileContent): ProfileContent {
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
