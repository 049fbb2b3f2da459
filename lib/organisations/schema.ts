import { z } from 'zod'
import { isCountry } from '@/lib/geo/countries'
import { REGIONS } from '@/lib/geo/regions'
import { hasUnsafeCharacters } from '@/lib/text/text-field'

/** Codes of the questions with free-text answers, in the order of the page. */
export const QUESTIONS = ['who', 'involvement', 'challenges', 'otherWork'] as const
export type Question = (typeof QUESTIONS)[number]

/** Codes of the network's seven priority areas, always shown in this order. */
export const PRIORITY_AREAS = [
  'decriminalisation',
  'trafficking',
  'health',
  'violence',
  'human-rights',
  'stigma',
  'empowerment',
] as const
export type PriorityArea = (typeof PRIORITY_AREAS)[number]

export const CONTACT_KINDS = ['email', 'website', 'telephone'] as const
export type ContactKind = (typeof CONTACT_KINDS)[number]

export const PROVENANCES = ['original', 'translation', 'machine', 'unknown'] as const
export type Provenance = (typeof PROVENANCES)[number]

export const STATUSES = ['draft', 'listed', 'hidden', 'withdrawn'] as const
export type Status = (typeof STATUSES)[number]

/** Longest organisation name, in UTF-16 units (part of the import format). */
export const NAME_LIMIT = 150
/** Longest answer in one language, in UTF-16 units. */
export const ANSWER_LIMIT = 20_000

const safeText = (limit: number) =>
  z
    .string()
    .refine((text) => text.trim() !== '', { error: 'missing' })
    .refine((text) => text.length <= limit, { error: 'tooLong' })
    .refine((text) => !hasUnsafeCharacters(text), { error: 'unsafeCharacters' })

const language = z.string().refine(isLanguageTag, { error: 'unknownLanguage' })

/**
 * Tells whether a tag is well formed and canonical (BCP 47). Any language is allowed; `und` means
 * undetermined.
 */
export function isLanguageTag(tag: string): boolean {
  try {
    return Intl.getCanonicalLocales(tag)[0] === tag
  } catch {
    return false
  }
}

const webAddress = safeText(500).refine(isWebAddress, { error: 'notAWebAddress' })

function isWebAddress(value: string): boolean {
  if (!URL.canParse(value)) return false
  const url = new URL(value)
  return (
    (url.protocol === 'https:' || url.protocol === 'http:') &&
    url.username === '' &&
    url.password === ''
  )
}

const email = safeText(254).pipe(z.email({ error: 'notAnEmail' }))
const telephone = safeText(40).regex(/^\+?[\d\s().-]+$/, { error: 'notATelephone' })

const contact = <T extends z.ZodType<string>>(value: T) =>
  z.strictObject({ value, published: z.boolean() }).nullable()

const answer = z.strictObject({
  language,
  text: safeText(ANSWER_LIMIT),
  provenance: z.enum(PROVENANCES),
  /**
   * The text that a translation was made from, by language and revision number; null if unknown.
   * `'current'` is the text in the same change.
   */
  source: z
    .strictObject({ language, revision: z.union([z.int().positive(), z.literal('current')]) })
    .nullable(),
})

const answers = z
  .array(answer)
  .refine((list) => new Set(list.map((entry) => entry.language)).size === list.length, {
    error: 'duplicateLanguage',
  })

/**
 * The whole content of a profile, as forms and the import write it. Unknown keys are refused. Status,
 * slug and version are not content: they have commands of their own.
 */
export const profileContentSchema = z.strictObject({
  name: safeText(NAME_LIMIT),
  aliases: z.array(safeText(NAME_LIMIT)).max(50),
  country: z.string().refine(isCountry, { error: 'unknownCountry' }).nullable(),
  region: z.enum(REGIONS).nullable(),
  regionSuggested: z.boolean(),
  priorityAreas: z
    .array(z.enum(PRIORITY_AREAS))
    .transform((codes) => PRIORITY_AREAS.filter((code) => codes.includes(code))),
  contacts: z.strictObject({
    email: contact(email),
    website: contact(webAddress),
    telephone: contact(telephone),
  }),
  answers: z.strictObject({
    who: answers,
    involvement: answers,
    challenges: answers,
    otherWork: answers,
  }),
})

/** A reason for a change in the actor's own words; kept in the history. */
export const reasonSchema = safeText(500)

export type ProfileContent = z.infer<typeof profileContentSchema>
export type AnswerContent = z.infer<typeof answer>
