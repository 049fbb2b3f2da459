import type { FormState } from '@/lib/forms/state'
import { isCountry, type Country } from '@/lib/geo/countries'
import { parseCountry } from '@/lib/geo/parse-country'
import { suggestRegion } from '@/lib/geo/suggest-region'
import {
  CONTACT_KINDS,
  QUESTIONS,
  profileContentSchema,
  type AnswerContent,
  type ProfileContent,
  type Question,
} from '@/lib/organisations/schema'
import {
  ANSWER_PARTS,
  FIELD_ERROR_CODES,
  REGION_FROM_COUNTRY,
  answerInputName,
  isChecked,
  languagesInForm,
  type AnswerPart,
  type FieldErrorCode,
  type ProfileFieldError,
} from './profile-form'

type Values = FormState['values']

/**
 * Reads the content of a profile from a form. White space at both ends is removed and an empty answer is
 * no answer; nothing else is changed. A field that was not sent keeps its value from `base`, so that a
 * form from before a new field was added can still be saved.
 *
 * A translation stays outdated until somebody says that it was checked against the current source, or
 * names another source.
 *
 * @param base the content that the form was made from
 * @returns the content, or the first error of each field
 */
export function parseProfileForm(
  values: Values,
  base: ProfileContent,
): { ok: true; content: ProfileContent } | { ok: false; errors: ProfileFieldError[] } {
  const country = parseCountryField(values, base)
  const answers = Object.fromEntries(
    QUESTIONS.map((question) => [question, parseAnswers(values, question, base.answers[question])]),
  ) as Record<Question, AnswerInput[]>
  const parsed = profileContentSchema.safeParse({
    name: trimmed(values, 'name') ?? base.name,
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
  const errors: ProfileFieldError[] = [
    ...(country.code === undefined ? [{ field: country.field, code: country.error }] : []),
    ...QUESTIONS.flatMap((question) => languageErrors(answers[question])),
    ...(parsed.success ? [] : parsed.error.issues).flatMap(
      ({ path, message, code }): ProfileFieldError[] => {
        // Two answers in one language: `languageErrors` reports it where it was typed.
        if (path[0] === 'answers' && path.length === 2) return []
        const field = inputNameOf(path, answers)
        if (field === 'country' && country.code === undefined) return []
        return [{ field, code: code === 'too_big' ? 'tooMany' : errorCodeOf(message) }]
      },
    ),
  ]
  const firstErrors = errors.filter(
    ({ field }, index) => errors.findIndex((other) => other.field === field) === index,
  )
  if (firstErrors.length > 0 || !parsed.success) return { ok: false, errors: firstErrors }
  return { ok: true, content: parsed.data }
}

type AnswerInput = { field: (part: AnswerPart) => string; content: AnswerContent }

function parseAnswers(
  values: Values,
  question: Question,
  base: readonly AnswerContent[],
): AnswerInput[] {
  // In the order of the profile; new languages come last.
  const languages = new Set([
    ...base.map(({ language }) => language),
    ...languagesInForm(values, question),
  ])
  return [...languages].flatMap((language) => {
    const before = base.find((answer) => answer.language === language)
    const field = (part: AnswerPart) => answerInputName(question, language, part)
    const typed = trimmed(values, field('text')) ?? before?.text ?? ''
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
  const previous = before?.source?.language === language ? before.source : null
  if (!isTranslation) return previous
  if (isChecked(values, field('checked'))) return { language, revision: 'current' }
  // With another source, the translation was made from the text that the form shows beside it.
  return previous ?? { language, revision: 'current' }
}

function languageErrors(answers: readonly AnswerInput[]): ProfileFieldError[] {
  return answers.flatMap(({ field, content }, index): ProfileFieldError[] => {
    const isDuplicate = answers
      .slice(0, index)
      .some((other) => other.content.language === content.language)
    return [
      ...(isDuplicate ? [{ field: field('language'), code: 'duplicateLanguage' as const }] : []),
      ...(content.source?.language === content.language
        ? [{ field: field('source'), code: 'sameLanguage' as const }]
        : []),
    ]
  })
}

type ParsedCountry =
  | { code: string | null }
  | { code: undefined; field: 'countryName'; error: 'unknownCountry' | 'ambiguousCountry' }

/** Typed text wins over the selected country: without scripts, typing is the only way to search. */
function parseCountryField(values: Values, base: ProfileContent): ParsedCountry {
  const typed = trimmed(values, 'countryName') ?? ''
  if (typed !== '') {
    const parsed = parseCountry(typed)
    if (parsed.ok) return { code: parsed.country }
    return { code: undefined, field: 'countryName', error: parsed.reason }
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
  const value = trimmed(values, `contacts.${kind}.value`) ?? before?.value ?? ''
  if (value === '') return null
  const published = values[`contacts.${kind}.published`]
    ? isChecked(values, `contacts.${kind}.published`)
    : (before?.published ?? false)
  return { value, published }
}

/** Name of the field for a path in the content. */
function inputNameOf(
  path: readonly PropertyKey[],
  answers: Readonly<Record<Question, readonly AnswerInput[]>>,
): string {
  const [head, second, third, fourth] = path.map(String)
  if (head === 'contacts') return `contacts.${second ?? ''}.value`
  if (head === 'answers') {
    const answer = answers[second as Question][Number(third)]
    const part = ANSWER_PARTS.find((known) => known === fourth) ?? 'text'
    return answer?.field(part) ?? answerInputName(second as Question, 'fr', 'text')
  }
  return head ?? 'name'
}

function errorCodeOf(message: string): FieldErrorCode {
  return FIELD_ERROR_CODES.find((code) => code === message) ?? 'invalid'
}

function first(values: Values, name: string): string | undefined {
  return values[name]?.[0]
}

function trimmed(values: Values, name: string): string | undefined {
  return first(values, name)?.trim()
}

function parseLines(values: Values, name: string): string[] | undefined {
  return first(values, name)
    ?.split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
}
