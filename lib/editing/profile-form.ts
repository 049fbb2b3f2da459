import type { FormState } from '@/lib/forms/state'
import { isCountry, type Country } from '@/lib/geo/countries'
import { parseCountry } from '@/lib/geo/parse-country'
import { suggestRegion } from '@/lib/geo/suggest-region'
import {
  CONTACT_KINDS,
  PRIORITY_AREAS,
  QUESTIONS,
  profileContentSchema,
  type AnswerContent,
  type ProfileContent,
  type Question,
} from '@/lib/organisations/schema'

type Values = FormState['values']

/** The languages that every question is offered in; others stand below. */
export const FORM_LANGUAGES = ['fr', 'en'] as const

/** Value of the field `region` that asks for what the country suggests. */
export const REGION_FROM_COUNTRY = 'country'

/** Value of a ticked box. Beside each box an empty hidden field says that the box was there. */
export const CHECKED = 'yes'

/** Codes of what can be wrong with a field. */
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
type FieldErrorCode = (typeof FIELD_ERROR_CODES)[number]

/** A field that was refused, by its name in the form. */
export type ProfileFieldError = { field: string; code: FieldErrorCode }

const ANSWER_PARTS = ['text', 'provenance', 'source', 'checked', 'language'] as const
type AnswerPart = (typeof ANSWER_PARTS)[number]

const CONTENT_FIELDS: ReadonlySet<string> = new Set([
  ...['name', 'aliases', 'country', 'countryName', 'region', 'regionConfirmed', 'priorityAreas'],
  ...CONTACT_KINDS.flatMap((kind) => [`contacts.${kind}.value`, `contacts.${kind}.published`]),
])

/** Fields of the form that are no content: which form it is, and what to do with it. */
const CONTROL_FIELDS: ReadonlySet<string> = new Set([
  ...['id', 'base', 'form', 'follows', 'keeper', 'locale', 'intent', 'slug', 'message'],
  'addLanguage',
])

/** Name of the field for one part of an answer. */
export function answerInputName(question: Question, language: string, part: AnswerPart): string {
  return `answers.${question}.${language}.${part}`
}

/** The content of a profile that does not exist yet. */
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

/** The values that the form of a new profile starts from: its region is what its country suggests. */
export function newProfileValues(): Record<string, string[]> {
  return {
    ...valuesFromContent(emptyContent()),
    region: [REGION_FROM_COUNTRY],
    regionConfirmed: [''],
  }
}

/**
 * Writes the content of a profile as the values of the form, by name of the field. Every question
 * is there in French and English, and in the further languages that it is answered in.
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
      const answer = answers.find((one) => one.language === language)
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
  // What is still to be written is a translation of the original, where there is one.
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

/** Adds empty answers in a further language to every question that has none in it. */
export function addLanguage(values: Values, language: string): Record<string, string[]> {
  const added = Object.fromEntries(
    QUESTIONS.flatMap((question) =>
      Object.entries(valuesFromAnswer(question, language, undefined, [])),
    ),
  )
  const copied = Object.entries(values).map(
    ([name, list]) => [name, [...list]] as [string, string[]],
  )
  return { ...added, ...Object.fromEntries(copied) }
}

/** The languages in which the form offers an answer to a question: French, English, then the others. */
export function languagesInForm(values: Values, question: Question): string[] {
  const found = Object.keys(values).flatMap((name) => {
    const field = parseAnswerField(name)
    return field?.question === question ? [field.language] : []
  })
  return [...new Set([...FORM_LANGUAGES, ...found])]
}

/**
 * Reads the content of a profile out of a form, as it was typed: white space at the ends goes, an
 * empty answer is no answer, nothing else is changed. A field that was not sent stays as it stands in
 * the base, so that a form from before a new field still saves.
 *
 * A translation keeps the text that it was made from until somebody says that it was checked against
 * the source as it stands now, or names another source: it stays behind meanwhile.
 *
 * @param base the content that the form was made from
 * @returns the content, or what is wrong with each field, by its name
 */
export function parseProfileForm(
  values: Values,
  base: ProfileContent,
): { ok: true; content: ProfileContent } | { ok: false; faults: ProfileFieldError[] } {
  const country = parseCountryField(values, base)
  const answers = Object.fromEntries(
    QUESTIONS.map((question) => [question, parseAnswers(values, question, base.answers[question])]),
  ) as Record<Question, AnswerInput[]>
  const parsed = profileContentSchema.safeParse({
    name: text(values, 'name') ?? base.name,
    aliases: parseLines(values, 'aliases') ?? base.aliases,
    country: country.code,
    ...parseRegionField(values, base, country.code),
    priorityAreas: values['priorityAreas']?.filter((code) => code !== '') ?? base.priorityAreas,
    contacts: Object.fromEntries(
      CONTACT_KINDS.map((kind) => [kind, parseContactField(values, kind, base)]),
    ),
    answers: Object.fromEntries(
      QUESTIONS.map((question) => [question, answers[question].map(({ content }) => content)]),
    ),
  })
  const faults: ProfileFieldError[] = [
    ...(country.code === undefined ? [{ field: country.field, code: country.fault }] : []),
    ...QUESTIONS.flatMap((question) => languageErrors(answers[question])),
    ...(parsed.success ? [] : parsed.error.issues).flatMap(
      ({ path, message, code }): ProfileFieldError[] => {
        // Two answers in one language are found above, where they were typed.
        if (path[0] === 'answers' && path.length === 2) return []
        const field = inputNameOf(path, answers)
        if (field === 'country' && country.code === undefined) return []
        return [{ field, code: code === 'too_big' ? 'tooMany' : errorCodeOf(message) }]
      },
    ),
  ]
  const firstOfEach = faults.filter(
    ({ field }, index) => faults.findIndex((other) => other.field === field) === index,
  )
  if (firstOfEach.length > 0 || !parsed.success) return { ok: false, faults: firstOfEach }
  return { ok: true, content: parsed.data }
}

type AnswerInput = { field: (part: AnswerPart) => string; content: AnswerContent }

function parseAnswers(
  values: Values,
  question: Question,
  base: readonly AnswerContent[],
): AnswerInput[] {
  // In the order of the profile; what is new comes after.
  const languages = new Set([
    ...base.map(({ language }) => language),
    ...languagesInForm(values, question),
  ])
  return [...languages].flatMap((language) => {
    const before = base.find((answer) => answer.language === language)
    const field = (part: AnswerPart) => answerInputName(question, language, part)
    const typed = text(values, field('text')) ?? before?.text ?? ''
    if (typed === '') return []
    const content = {
      language: first(values, field('language')) ?? language,
      text: typed,
      provenance: (first(values, field('provenance')) ??
        before?.provenance ??
        'unknown') as AnswerContent['provenance'],
      source: parseSource(values, field, before),
    }
    return [{ field, content }]
  })
}

function parseSource(
  values: Values,
  field: AnswerInput['field'],
  before: AnswerContent | undefined,
): AnswerContent['source'] {
  const language = first(values, field('source'))
  if (language === undefined) return before?.source ?? null
  if (language === '') return null
  const isTranslation = ['translation', 'machine'].includes(
    first(values, field('provenance')) ?? before?.provenance ?? '',
  )
  const kept = before?.source?.language === language ? before.source : null
  if (!isTranslation) return kept
  if (isChecked(values, field('checked'))) return { language, revision: 'current' }
  // A translation that did not say from what it was made stays so until somebody checks it; a new
  // one was made from what stands beside it.
  if (kept) return kept
  return { language, revision: 'current' }
}

function languageErrors(answers: readonly AnswerInput[]): ProfileFieldError[] {
  return answers.flatMap(({ field, content }, index): ProfileFieldError[] => {
    const isTwin = answers
      .slice(0, index)
      .some((other) => other.content.language === content.language)
    return [
      ...(isTwin ? [{ field: field('language'), code: 'duplicateLanguage' as const }] : []),
      ...(content.source?.language === content.language
        ? [{ field: field('source'), code: 'sameLanguage' as const }]
        : []),
    ]
  })
}

type ParsedCountry =
  | { code: string | null }
  | { code: undefined; field: 'countryName'; fault: 'unknownCountry' | 'ambiguousCountry' }

/** What was typed wins over what was chosen: without scripts it is the only search there is. */
function parseCountryField(values: Values, base: ProfileContent): ParsedCountry {
  const typed = text(values, 'countryName') ?? ''
  if (typed !== '') {
    const recognised = parseCountry(typed)
    if (recognised.ok) return { code: recognised.country }
    return { code: undefined, field: 'countryName', fault: recognised.reason }
  }
  const chosen = first(values, 'country')
  if (chosen === undefined) return { code: base.country }
  return { code: chosen === '' ? null : chosen }
}

function parseRegionField(
  values: Values,
  base: ProfileContent,
  country: string | null | undefined,
) {
  const { region, regionSuggested } = base
  const chosen = first(values, 'region')
  const isSuggested = values['regionConfirmed']
    ? !isChecked(values, 'regionConfirmed')
    : regionSuggested
  if (chosen === undefined) return { region, regionSuggested: region !== null && isSuggested }
  if (chosen === '') return { region: null, regionSuggested: false }
  if (chosen !== REGION_FROM_COUNTRY) return { region: chosen, regionSuggested: isSuggested }
  const suggested = isKnownCountry(country) ? suggestRegion(country) : null
  return { region: suggested, regionSuggested: suggested !== null }
}

function isKnownCountry(code: string | null | undefined): code is Country {
  return typeof code === 'string' && isCountry(code)
}

function parseContactField(
  values: Values,
  kind: (typeof CONTACT_KINDS)[number],
  base: ProfileContent,
): { value: string; published: boolean } | null {
  const before = base.contacts[kind]
  const value = text(values, `contacts.${kind}.value`) ?? before?.value ?? ''
  if (value === '') return null
  const published = values[`contacts.${kind}.published`]
    ? isChecked(values, `contacts.${kind}.published`)
    : (before?.published ?? false)
  return { value, published }
}

/** The field that a part of the content was typed into. */
function inputNameOf(
  path: readonly PropertyKey[],
  answers: Readonly<Record<Question, readonly AnswerInput[]>>,
): string {
  const [head, second, third, fourth] = path.map(String)
  if (head === 'contacts') return `contacts.${second ?? ''}.value`
  if (head === 'answers') {
    const answer = answers[second as Question][Number(third)]
    const part = ANSWER_PARTS.find((one) => one === fourth) ?? 'text'
    return answer?.field(part) ?? answerInputName(second as Question, 'fr', 'text')
  }
  return head ?? 'name'
}

/** Name of the field that says whose text stands where two people changed the same. */
export function resolutionField(field: string): string {
  return `take.${field}`
}

/** Value of a `take` field: what the other person saved stands. */
export const THEIRS = 'theirs'

/**
 * Puts what the other person saved in the place of what was typed, wherever that was asked for.
 *
 * @param theirs the content that the form was shown beside
 */
export function applyResolutions(values: Values, theirs: ProfileContent): Values {
  const saved = valuesFromContent(theirs)
  const taken = Object.keys(values).flatMap((name): [string, string[]][] => {
    if (!name.startsWith('take.') || first(values, name) !== THEIRS) return []
    const field = name.slice('take.'.length)
    const stem = field.replace(/\.(?:text|value)$/, '.')
    const isPart = (other: string) =>
      other === field ||
      (stem !== field && other.startsWith(stem)) ||
      (field === 'region' && other === 'regionConfirmed') ||
      (field === 'country' && other === 'countryName')
    const before = Object.keys(values).filter(isPart)
    return [
      ...before.map((other): [string, string[]] => [other, ['']]),
      ...Object.entries(saved).filter(([other]) => isPart(other)),
    ]
  })
  return { ...values, ...Object.fromEntries(taken) }
}

/** Tells whether the form of a profile has a field of this name: part of the content, or of what to do. */
export function isProfileField(name: string): boolean {
  const isAnswerOrTake = parseAnswerField(name) !== null || name.startsWith('take.')
  return isAnswerOrTake || CONTENT_FIELDS.has(name) || CONTROL_FIELDS.has(name)
}

function errorCodeOf(message: string): FieldErrorCode {
  return FIELD_ERROR_CODES.find((fault) => fault === message) ?? 'invalid'
}

const ANSWER_FIELD = /^answers\.([A-Za-z]{1,20})\.([A-Za-z0-9-]{2,35})\.([a-z]{1,10})$/

function parseAnswerField(name: string): { question: Question; language: string } | null {
  const [, question, language, part] = ANSWER_FIELD.exec(name) ?? []
  const isKnown =
    QUESTIONS.some((one) => one === question) && ANSWER_PARTS.some((one) => one === part)
  return isKnown && language !== undefined ? { question: question as Question, language } : null
}

function isFormLanguage(language: string): boolean {
  return FORM_LANGUAGES.some((one) => one === language)
}

function checkedValue(isTicked: boolean): string[] {
  return isTicked ? ['', CHECKED] : ['']
}

/** Tells whether a box is ticked in the values of a form. */
export function isChecked(values: Values, name: string): boolean {
  return values[name]?.includes(CHECKED) ?? false
}

function first(values: Values, name: string): string | undefined {
  return values[name]?.[0]
}

function text(values: Values, name: string): string | undefined {
  return first(values, name)?.trim()
}

function parseLines(values: Values, name: string): string[] | undefined {
  return first(values, name)
    ?.split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
}

/** Codes of the areas that are ticked in the form. */
export function checkedAreas(values: Values): string[] {
  return PRIORITY_AREAS.filter((code) => values['priorityAreas']?.includes(code))
}
