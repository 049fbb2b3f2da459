import { isDeepStrictEqual } from 'node:util'
import type { Change } from '@/lib/permissions/permissions'
import { QUESTIONS, type Question } from './schema'

type Answers = readonly { language: string; text: string; provenance: string; source: unknown }[]

/** The compared part of a profile, stored or submitted. */
type Comparable = {
  name: string
  aliases: readonly string[]
  country: string | null
  region: string | null
  regionSuggested: boolean
  priorityAreas: readonly string[]
  contacts: unknown
  answers: Record<Question, Answers>
}

/** A changed field; for an answer, the question and the language too. */
export type FieldChange = Change & { question?: Question }

/**
 * Lists the fields that differ between two versions of a profile, in the order of the form. Confirming a
 * suggested region counts as a change of the region. The order of answers does not count.
 */
export function changedFields(before: Comparable, after: Comparable): FieldChange[] {
  const changes: FieldChange[] = []
  if (before.name !== after.name) changes.push({ field: 'name' })
  if (!isDeepStrictEqual(before.aliases, after.aliases)) changes.push({ field: 'aliases' })
  if (before.country !== after.country) changes.push({ field: 'country' })
  if (before.region !== after.region || before.regionSuggested !== after.regionSuggested) {
    changes.push({ field: 'region' })
  }
  if (!isDeepStrictEqual(before.priorityAreas, after.priorityAreas)) {
    changes.push({ field: 'priorityAreas' })
  }
  if (!isDeepStrictEqual(before.contacts, after.contacts)) changes.push({ field: 'contacts' })
  for (const question of QUESTIONS) {
    const languages = new Set(
      [...before.answers[question], ...after.answers[question]].map(({ language }) => language),
    )
    for (const language of languages) {
      const inLanguage = (answers: Answers) => {
        const found = answers.find((answer) => answer.language === language)
        return found && [found.text, found.provenance, found.source]
      }
      if (
        !isDeepStrictEqual(
          inLanguage(before.answers[question]),
          inLanguage(after.answers[question]),
        )
      )
        changes.push({ field: 'answers', question, language })
    }
  }
  return changes
}
