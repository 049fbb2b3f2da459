import { createHash } from 'node:crypto'
import { z } from 'zod'
import { isCountry } from '@/lib/geo/countries'
import { fold } from '@/lib/text/fold'
import { REGIONS } from '@/lib/geo/regions'
import { PRIORITY_AREAS, PROVENANCES, QUESTIONS } from '@/lib/organisations/schema'
import type { AnswerContent, ProfileContent, Question } from '@/lib/organisations/schema'
import type { Label } from './question-labels'
import { contentFromPage } from './plan'
import type { ValidPage } from './plan'

const answersSchema = z.array(
  z.object({ language: z.string(), provenance: z.enum(PROVENANCES), text: z.string() }),
)

const importedFieldsSchema = z.object({
  name: z.string(),
  country: z.string().refine(isCountry).nullable(),
  region: z.enum(REGIONS).nullable(),
  regionSuggested: z.boolean(),
  email: z.string().nullable(),
  priorityAreas: z.array(z.enum(PRIORITY_AREAS)),
  answers: z.object({
    who: answersSchema,
    involvement: answersSchema,
    challenges: answersSchema,
    otherWork: answersSchema,
  }),
  unclearCountry: z.string().nullable(),
})

/** The fields that a page gave, as they are kept to compare the next page and the profile with. */
export type ImportedFields = z.infer<typeof importedFieldsSchema>

/**
 * Keeps the fields of a page. What it does not speak of stays as the last one gave it, so that a later
 * page is compared with the last word on each field; the hash is of this page alone.
 *
 * @param last what the last imported page gave; null where there was none
 */
export function serializeFields(
  page: ValidPage,
  last: ImportedFields | null = null,
): { content: string; contentHash: string } {
  const own: ImportedFields = importedFieldsSchema.parse(page)
  const contentHash = createHash('sha256').update(JSON.stringify(own)).digest('hex')
  const kept = last === null ? own : carryOver(page, own, last)
  return { content: JSON.stringify(kept), contentHash }
}

function carryOver(page: ValidPage, own: ImportedFields, last: ImportedFields): ImportedFields {
  const answersTo = (question: Question) => {
    const before = last.answers[question]
    const added = own.answers[question].filter(
      ({ language }) => !before.some((answer) => answer.language === language),
    )
    return omittedPart(page, question) === 'none' ? own.answers[question] : [...before, ...added]
  }
  const areaSilence = omittedPart(page, 'priorityAreas')
  const { region, regionSuggested } = own.region === null ? last : own
  return {
    ...own,
    ...{ region, regionSuggested },
    country: own.country ?? last.country,
    email: own.email ?? last.email,
    priorityAreas: PRIORITY_AREAS.filter(
      (area) =>
        own.priorityAreas.includes(area) ||
        (areaSilence !== 'none' && last.priorityAreas.includes(area)),
    ),
    answers: {
      who: answersTo('who'),
      involvement: answersTo('involvement'),
      challenges: answersTo('challenges'),
      otherWork: answersTo('otherWork'),
    },
  }
}

/** Reads kept fields; null where they are not readable (erased, or of another format). */
export function parseFields(content: string): ImportedFields | null {
  try {
    const fields = importedFieldsSchema.safeParse(JSON.parse(content))
    return fields.success ? fields.data : null
  } catch {
    return null
  }
}

/** A field in which the page says something else than a person, who has changed it since. */
export type EditedField = {
  field: 'name' | 'country' | 'region' | 'email' | 'priorityAreas' | `answers.${Question}.${string}`
  /** What the page says; a country, region or area by its code. */
  page: string
  /** What stands in the profile, in the same way. */
  stands: string
  /** Somebody chose the page's text. */
  isTaken: boolean
}

/** A field of which the page's text is to be taken, as long as this is what stands there. */
export type AcceptedField = { field: string; stands: string }

export type MergeResult = {
  content: ProfileContent
  editedSince: EditedField[]
}

/**
 * Brings a page that is imported again together with the profile as it stands. A field that the page
 * changed is taken; a field that a person changed since the last import never is, unless somebody who
 * saw both chose the page's text; what the page does not speak of (no label, no country, cut off) stays.
 *
 * @param page the page of today
 * @param last what the last imported page of this organisation gave; null where it was never imported
 * @param current the profile as it stands
 * @param taken the fields that somebody chose to take from the page
 */
export function mergePage(
  page: ValidPage,
  last: ImportedFields | null,
  current: ProfileContent,
  taken: readonly AcceptedField[] = [],
): MergeResult {
  const editedSince: EditedField[] = []
  const isTaken = (field: EditedField['field'], page: string, stands: string): boolean => {
    const isChosen = taken.some((one) => one.field === field && one.stands === stands)
    editedSince.push({ field, page, stands, isTaken: isChosen })
    return isChosen
  }
  const choose = <T>(name: EditedField['field'], field: MergeField<T>): T => {
    const { value, edited } = pickFieldValue(field)
    if (!edited) return value
    return isTaken(name, field.show(field.next), field.show(value)) ? field.next : value
  }

  const name = choose('name', {
    last: last?.name,
    current: current.name,
    // A page under a former name or an acronym does not rename the organisation back.
    next: isFormerName(page.name, current) ? current.name : page.name,
    same: Object.is,
    show: (value) => value,
  })
  const country =
    page.country === null
      ? current.country
      : choose<ProfileContent['country']>('country', {
          last: last === null ? null : last.country,
          current: current.country,
          next: page.country,
          same: Object.is,
          show: (value) => value ?? '',
        })
  const place = choosePlace(page, last, current, choose)
  const email = chooseEmail(page, last, current, choose)
  const areaSilence = omittedPart(page, 'priorityAreas')
  const priorityAreas =
    areaSilence === 'all'
      ? current.priorityAreas
      : choose('priorityAreas', {
          last: last === null ? [] : last.priorityAreas,
          current: current.priorityAreas,
          // What the page could not say is no reason to take an area away.
          next: PRIORITY_AREAS.filter(
            (area) =>
              page.priorityAreas.includes(area) ||
              (areaSilence === 'end' && current.priorityAreas.includes(area)),
          ),
          same: (a, b) => a.join() === b.join(),
          show: (value) => value.join('\n'),
        })

  const fromPage = contentFromPage(page).answers
  const answers = Object.fromEntries(
    QUESTIONS.map((question) => {
      const merged = mergeAnswers({
        silence: omittedPart(page, question),
        last: last === null ? [] : last.answers[question],
        current: current.answers[question],
        next: fromPage[question],
        isTaken: (language, page, stands) =>
          isTaken(`answers.${question}.${language}`, page, stands),
      })
      return [question, merged]
    }),
  ) as Record<Question, AnswerContent[]>

  return {
    content: {
      ...current,
      name,
      country,
      ...place,
      priorityAreas,
      contacts: { ...current.contacts, email },
      answers,
    },
    editedSince,
  }
}

type Choose = <T>(name: EditedField['field'], field: MergeField<T>) => T

function choosePlace(
  page: ValidPage,
  last: ImportedFields | null,
  current: ProfileContent,
  choose: Choose,
): Pick<ProfileContent, 'region' | 'regionSuggested'> {
  const unchanged = { region: current.region, regionSuggested: current.regionSuggested }
  if (page.region === null) return unchanged
  // A suggestion says nothing against a region that somebody confirmed.
  if (page.regionSuggested && unchanged.region !== null && !unchanged.regionSuggested)
    return unchanged
  return choose('region', {
    last: { region: last?.region ?? null, regionSuggested: last?.regionSuggested ?? false },
    current: unchanged,
    next: { region: page.region, regionSuggested: page.regionSuggested },
    same: (a, b) => a.region === b.region && a.regionSuggested === b.regionSuggested,
    show: ({ region }) => region ?? '',
  })
}

function chooseEmail(
  page: ValidPage,
  last: ImportedFields | null,
  current: ProfileContent,
  choose: Choose,
): ProfileContent['contacts']['email'] {
  const unchanged = current.contacts.email
  if (page.email === null) return unchanged
  const value = choose<string | null>('email', {
    last: last === null ? null : last.email,
    current: unchanged?.value ?? null,
    next: page.email,
    same: Object.is,
    show: (address) => address ?? '',
  })
  // Publishing was agreed for the address that stood there, not for another one.
  return value === null || value === unchanged?.value ? unchanged : { value, published: false }
}

type MergeField<T> = {
  /** As the last imported page gave it; undefined where no page did. */
  last: T | undefined
  current: T
  next: T
  same: (a: T, b: T) => boolean
  show: (value: T) => string
}

function pickFieldValue<T>({ last, current, next, same }: MergeField<T>): {
  value: T
  edited: boolean
} {
  if (same(next, current)) return { value: current, edited: false }
  if (last !== undefined && same(next, last)) return { value: current, edited: false }
  if (last !== undefined && same(current, last)) return { value: next, edited: false }
  return { value: current, edited: true }
}

function isFormerName(name: string, current: ProfileContent): boolean {
  const folded = fold(name)
  return fold(current.name) !== folded && current.aliases.some((alias) => fold(alias) === folded)
}

/**
 * How far a page is silent on something: `all`: no such label; `end`: the page breaks off there, or a
 * piece of it was refused, so that it may add something new, but what differs or is missing says
 * nothing.
 */
function omittedPart(page: ValidPage, label: Label): 'none' | 'end' | 'all' {
  if (!page.labels.includes(label)) return 'all'
  const breaksOff = !page.whole && page.labels.at(-1) === label
  return breaksOff || page.incomplete.includes(label) ? 'end' : 'none'
}

/** Told where the page says something else than a person, who changed it since: whose words stand. */
type IsAccepted = (language: string, page: string, stands: string) => boolean

/** Without its label a page says nothing on a question; what stands there, a person has put there. */
function addAssigned(
  current: AnswerContent[],
  next: AnswerContent[],
  isTaken: IsAccepted,
): AnswerContent[] {
  const placed = new Map(next.map((answer) => [answer.language, answer]))
  const standing = new Set(current.map(({ language }) => language))
  return [
    ...current.map((answer) => {
      const other = placed.get(answer.language)
      if (!other || other.text === answer.text) return answer
      return isTaken(answer.language, other.text, answer.text) ? other : answer
    }),
    ...next.filter(({ language }) => !standing.has(language)),
  ]
}

function mergeAnswers({
  silence,
  last,
  current,
  next,
  isTaken,
}: {
  silence: 'none' | 'end' | 'all'
  last: ImportedFields['answers'][Question]
  current: AnswerContent[]
  next: AnswerContent[]
  isTaken: IsAccepted
}): AnswerContent[] {
  if (silence === 'all') return addAssigned(current, next, isTaken)
  const chosen: AnswerContent[] = []
  const languages = new Set([...current, ...next].map(({ language }) => language))
  for (const language of languages) {
    const inLanguage = <T extends { language: string }>(list: T[]): T | undefined =>
      list.find((answer) => answer.language === language)
    const kept = inLanguage(current)
    const onPage = inLanguage(next)
    const text = pickFieldValue<string | null>({
      last: inLanguage(last)?.text ?? null,
      current: kept?.text ?? null,
      next: onPage?.text ?? null,
      same: Object.is,
      show: (value) => value ?? '',
    })
    const addsOnly = silence === 'end' && kept !== undefined
    const fromPage =
      text.edited && !addsOnly
        ? isTaken(language, onPage?.text ?? '', kept?.text ?? '')
        : !addsOnly && text.value !== (kept?.text ?? null)
    const answer = fromPage ? onPage : kept
    if (answer) chosen.push(answer)
  }
  // A translation on the page was made from the original on the page, not from what a person made of it.
  return chosen.map((answer) => {
    const { source } = answer
    if (source?.revision !== 'current') return answer
    const original = next.find(({ language }) => language === source.language)
    const stands = chosen.find(({ language }) => language === source.language)
    return original && stands?.text === original.text ? answer : { ...answer, source: null }
  })
}
