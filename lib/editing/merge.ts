import { isDeepStrictEqual } from 'node:util'
import {
  CONTACT_KINDS,
  PRIORITY_AREAS,
  QUESTIONS,
  type AnswerContent,
  type ProfileContent,
  type Question,
} from '@/lib/organisations/schema'

/** A field that two users changed differently, with its three texts; null if a text is empty. */
export type Conflict = {
  /** Name of the field in the form that holds the text. */
  field: string
  base: string | null
  theirs: string | null
  yours: string | null
}

/**
 * Three-way merge of two changes of the same profile, field by field; priority areas one by one. A change
 * that only one side made is taken. If both changed a field differently, the merged content has yours,
 * and a conflict names all three versions.
 *
 * A translation that you marked as checked was checked against the source as you saw it. If the other
 * side changed that source, the translation counts as made from the base's text, and so as outdated.
 *
 * @param base the profile that both sides started from, and the number of its revision
 */
export function mergeContent(
  base: { content: ProfileContent; revision: number },
  theirs: ProfileContent,
  yours: ProfileContent,
): { content: ProfileContent; conflicts: Conflict[] } {
  const before = base.content
  const conflicts: Conflict[] = []

  function pick<T>(
    field: string,
    versions: ThreeVersions<T>,
    show: (version: T) => string | null,
  ): T {
    const side = chooseSide(versions)
    if (side !== 'both') return versions[side]
    conflicts.push({
      field,
      base: show(versions.base),
      theirs: show(versions.theirs),
      yours: show(versions.yours),
    })
    return versions.yours
  }
  const of = <T>(read: (content: ProfileContent) => T): ThreeVersions<T> => ({
    base: read(before),
    theirs: read(theirs),
    yours: read(yours),
  })

  const merged: ProfileContent = {
    name: pick(
      'name',
      of((content) => content.name),
      (name) => name,
    ),
    aliases: pick(
      'aliases',
      of((content) => content.aliases),
      (aliases) => (aliases.length === 0 ? null : aliases.join('\n')),
    ),
    country: pick(
      'country',
      of((content) => content.country),
      (country) => country,
    ),
    ...pick(
      'region',
      of(({ region, regionSuggested }) => ({ region, regionSuggested })),
      ({ region }) => region,
    ),
    priorityAreas: PRIORITY_AREAS.filter((area) => {
      const versions = of(({ priorityAreas }) => priorityAreas.includes(area))
      const side = chooseSide(versions)
      return versions[side === 'both' ? 'yours' : side]
    }),
    contacts: Object.fromEntries(
      CONTACT_KINDS.map((kind) => [
        kind,
        pick(
          `contacts.${kind}.value`,
          of(({ contacts }) => contacts[kind]),
          (contact) => contact?.value ?? null,
        ),
      ]),
    ) as ProfileContent['contacts'],
    answers: Object.fromEntries(
      QUESTIONS.map((question) => [question, mergeAnswers(question)]),
    ) as ProfileContent['answers'],
  }
  return { content: merged, conflicts }

  function mergeAnswers(question: Question): AnswerContent[] {
    const lists = of(({ answers }) => answers[question])
    const languages = new Set(
      [...lists.yours, ...lists.theirs, ...lists.base].map(({ language }) => language),
    )
    const chosen = [...languages].flatMap((language) => {
      const inLanguage = (list: AnswerContent[]) =>
        list.find((answer) => answer.language === language) ?? null
      const versions = {
        base: inLanguage(lists.base),
        theirs: inLanguage(lists.theirs),
        yours: inLanguage(lists.yours),
      }
      const field = `answers.${question}.${language}.text`
      return pick(field, versions, (answer) => answer?.text ?? null) ?? []
    })
    const textIn = (list: AnswerContent[], language: string) =>
      list.find((answer) => answer.language === language)?.text
    return chosen.map((answer) => {
      if (answer.source?.revision !== 'current') return answer
      const { language } = answer.source
      if (textIn(chosen, language) === textIn(lists.yours, language)) return answer
      return { ...answer, source: { language, revision: base.revision } }
    })
  }
}

type ThreeVersions<T> = { base: T; theirs: T; yours: T }

/** The side whose version to keep; `both` if each changed it differently. */
function chooseSide<T>({ base, theirs, yours }: ThreeVersions<T>): 'theirs' | 'yours' | 'both' {
  if (isDeepStrictEqual(yours, base)) return 'theirs'
  if (isDeepStrictEqual(theirs, base) || isDeepStrictEqual(theirs, yours)) return 'yours'
  return 'both'
}
