import type { FormState } from '@/lib/forms/state'
import {
  CONTACT_KINDS,
  PRIORITY_AREAS,
  QUESTIONS,
  type AnswerContent,
  type ProfileContent,
  type Question,
} from '@/lib/organisations/schema'

type Values = FormState['values']

/** Languages in which the form offers every question; further ones are added below. */
export const FORM_LANGUAGES = ['fr', 'en'] as const

/** Value of the field `region` for the region that the country suggests. */
export const REGION_FROM_COUNTRY = 'country'

/**
 * Value of a ticked checkbox. Next to each checkbox there is an empty hidden field with the same name,
 * so that an unticked checkbox can be told from a form without it.
 */
export const CHECKED = 'yes'

/** Error codes of a field. */
export const FIELD_ERROR_CODES = [
  'missing',
  'tooLong',
  'tooMany',
  'unsafeCharacters',
  'unknownLanguage',
  'duplicateLanguage',
  'sameLanguage',
  'unknownCountry',
  'ambiguousCountry',
  'notAnEmail',
  'notAWebAddress',
  'notATelephone',
  'slugTaken',
  'invalid',
] as const
export type FieldErrorCode = (typeof FIELD_ERROR_CODES)[number]

/** A field with an error, by its name in the form. */
export type ProfileFieldError = { field: string; code: FieldErrorCode }

export const ANSWER_PARTS = ['text', 'provenance', 'source', 'checked', 'language'] as const
export type AnswerPart = (typeof ANSWER_PARTS)[number]

const CONTENT_FIELDS: ReadonlySet<string> = new Set([
  ...['name', 'aliases', 'country', 'countryName', 'region', 'regionConfirmed', 'priorityAreas'],
  ...CONTACT_KINDS.flatMap((kind) => [`contacts.${kind}.value`, `contacts.${kind}.published`]),
])

/** The name of a conflict resolution begins with this; the name of the field follows. */
export const RESOLUTION_PREFIX = 'take.'

/** Fields of the form that are not content: which form it is, and what to do with it. */
const CONTROL_FIELDS: ReadonlySet<string> = new Set([
  ...['id', 'base', 'form', 'follows', 'keeper', 'locale', 'intent', 'slug', 'message'],
  ...['addLanguage', 'asItIs'],
])

/** Name of the field for one part of an answer. */
export function answerInputName(question: Question, language: string, part: AnswerPart): string {
  return `answers.${question}.${language}.${part}`
}

/** The content of a new profile. */
export function emptyContent(): ProfileContent {
  return {
    name: '',
    aliases: [],
    country: null,
    region: null,
    regionSuggested: false,
    priorityAreas: [],
    contacts: { email: null, website: null, telephone: null },
    answers: { who: [], involvement: [], challenges: [], otherWork: [] },
  }
}

/** The initial values of the form of a new profile: its region is the one that its country suggests. */
export function newProfileValues(): Record<string, string[]> {
  return {
    ...valuesFromContent(emptyContent()),
    region: [REGION_FROM_COUNTRY],
    regionConfirmed: [''],
  }
}

/**
 * The values of the form for the content of a profile, by the name of the field. Every question is there
 * in French, in English and in each further language with an answer.
 */
export function valuesFromContent(content: ProfileContent): Record<string, string[]> {
  const values: Record<string, string[]> = {
    name: [content.name],
    aliases: [content.aliases.join('\n')],
    country: [content.country ?? ''],
    countryName: [''],
    region: [content.region ?? ''],
    regionConfirmed: checkedValue(!content.regionSuggested),
    priorityAreas: ['', ...content.priorityAreas],
  }
  for (const kind of CONTACT_KINDS) {
    const contact = content.contacts[kind]
    values[`contacts.${kind}.value`] = [contact?.value ?? '']
    values[`contacts.${kind}.published`] = checkedValue(contact?.published ?? false)
  }
  for (const question of QUESTIONS) {
    const answers = content.answers[question]
    const languages = new Set([...FORM_LANGUAGES, ...answers.map(({ language }) => language)])
    for (const language of languages) {
      const answer = answers.find((candidate) => candidate.language === language)
      Object.assign(values, valuesFromAnswer(question, language, answer, answers))
    }
  }
  return values
}

function valuesFromAnswer(
  question: Question,
  language: string,
  answer: AnswerContent | undefined,
  answers: readonly AnswerContent[],
): Record<string, string[]> {
  // A missing answer will be a translation of the original, if there is one.
  const original = answers.find(({ provenance }) => provenance === 'original')?.language
  const isCurrent = answer?.source?.revision === 'current'
  const source = answer ? (answer.source?.language ?? '') : (original ?? '')
  const provenance = answer?.provenance ?? (original === undefined ? 'original' : 'translation')
  return {
    [answerInputName(question, language, 'text')]: [answer?.text ?? ''],
    [answerInputName(question, language, 'provenance')]: [provenance],
    [answerInputName(question, language, 'source')]: [source],
    [answerInputName(question, language, 'checked')]: checkedValue(isCurrent),
    ...(isFormLanguage(language)
      ? {}
      : { [answerInputName(question, language, 'language')]: [language] }),
  }
}

/** Adds an empty answer in one language to every question without an answer in it. */
export function addLanguage(values: Values, language: string): Record<string, string[]> {
  const empty = Object.fromEntries(
    QUESTIONS.flatMap((question) =>
      Object.entries(valuesFromAnswer(question, language, undefined, [])),
    ),
  )
  const copied = Object.entries(values).map(
    ([name, list]) => [name, [...list]] as [string, string[]],
  )
  return { ...empty, ...Object.fromEntries(copied) }
}

/** Languages in which the form has a field for a question: French, English, then the others. */
export function languagesInForm(values: Values, question: Question): string[] {
  const languages = Object.keys(values).flatMap((name) => {
    const field = parseAnswerField(name)
    return field?.question === question ? [field.language] : []
  })
  return [...new Set([...FORM_LANGUAGES, ...languages])]
}

/** Tells whether the form of a profile has a field with this name. */
export function isProfileField(name: string): boolean {
  return (
    parseAnswerField(name) !== null ||
    name.startsWith(RESOLUTION_PREFIX) ||
    CONTENT_FIELDS.has(name) ||
    CONTROL_FIELDS.has(name)
  )
}

const ANSWER_FIELD = /^answers\.([A-Za-z]{1,20})\.([A-Za-z0-9-]{2,35})\.([a-z]{1,10})$/

function parseAnswerField(name: string): { question: Question; language: string } | null {
  const [, question, language, part] = ANSWER_FIELD.exec(name) ?? []
  const isKnown =
    QUESTIONS.some((known) => known === question) && ANSWER_PARTS.some((known) => known === part)
  return isKnown && language !== undefined ? { question: question as Question, language } : null
}

function isFormLanguage(language: string): boolean {
  return FORM_LANGUAGES.some((known) => known === language)
}

function checkedValue(checked: boolean): string[] {
  return checked ? ['', CHECKED] : ['']
}

/** Tells whether a checkbox is ticked. */
export function isChecked(values: Values, name: string): boolean {
  return values[name]?.includes(CHECKED) ?? false
}

/** Codes of the priority areas that are ticked. */
export function checkedAreas(values: Values): string[] {
  return PRIORITY_AREAS.filter((code) => values['priorityAreas']?.includes(code))
}
