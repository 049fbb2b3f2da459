import { z } from 'zod'
import { isSafeDetail, type AuditDetail } from '@/lib/audit/record'
import { AUDIT_ACTIONS } from '@/lib/audit/actions'
import { ROLES } from '@/lib/permissions/permissions'
import { routing } from '@/lib/i18n/routing'
import { REGIONS } from '@/lib/geo/regions'
import {
  isLanguageTag,
  PRIORITY_AREAS,
  profileContentSchema,
  PROVENANCES,
  STATUSES,
} from '@/lib/organisations/schema'
import { isReservedSlug } from '@/lib/organisations/slug'
import { hasUnsafeCharacters } from '@/lib/text/text-field'

/** What the first line calls the file. */
export const FORMAT = 'member-directory-site'
/** Raised whenever a record gains, loses or changes a field. */
export const FORMAT_VERSION = 1

/** Longest line, in bytes with its end: several times the largest profile that a form can save. */
export const LINE_LIMIT = 16 * 1024 * 1024
/** Deepest nesting of a line. A record needs 5. */
export const DEPTH_LIMIT = 16
/** So many objects, lists and values a line may have: a record of every language needs a tenth. */
export const PARTS_LIMIT = 100_000

/** Longest of the texts that are JSON themselves, in UTF-16 units: the line holds nothing else. */
const KEPT_LIMIT = LINE_LIMIT

const words = (limit: number) =>
  z
    .string()
    .max(limit, { error: 'tooLong' })
    // eslint-disable-next-line no-control-regex -- NUL is what is looked for
    .refine((text) => !/\u0000/.test(text) && text.isWellFormed(), { error: 'unsafeCharacters' })

const matching = (pattern: RegExp, error: string) => z.string().regex(pattern, { error })

const id = matching(/^[A-Za-z0-9_-]{1,64}$/, 'notAnId')
const hash = matching(/^[0-9a-f]{64}$/, 'notAHash')
const actor = matching(/^(?:nobody|(?:person|link|system):[A-Za-z0-9_-]{1,100})$/, 'notAnActor')
const moment = z.string().refine(isMoment, { error: 'notAMoment' })
const count = z.int({ error: 'notANumber' }).nonnegative({ error: 'notANumber' })
const number = z.int({ error: 'notANumber' }).positive({ error: 'notANumber' })
const slug = matching(/^(?=.{1,80}$)[a-z0-9]+(?:-[a-z0-9]+)*$/, 'notASlug').refine(
  (text) => !isReservedSlug(text),
  { error: 'notASlug' },
)
const language = z.string().refine(isLanguageTag, { error: 'unknownLanguage' })
const email = words(254).pipe(z.email({ error: 'notAnEmail' }))

/** ISO 8601 in UTC with milliseconds, as JSON writes a date. */
function isMoment(text: string): boolean {
  const date = new Date(text)
  return !Number.isNaN(date.getTime()) && date.toISOString() === text
}

const all = <Item extends z.ZodType>(item: Item, most: number) =>
  z
    .array(item)
    .max(most, { error: 'tooMany' })
    .refine((list) => new Set(list.map((one) => JSON.stringify(one))).size === list.length, {
      error: 'duplicate',
    })

const profile = profileContentSchema.shape

const answers = z
  .array(
    z.strictObject({
      language,
      text: words(20_000).refine((text) => text.trim() !== '' && !hasUnsafeCharacters(text), {
        error: 'unsafeCharacters',
      }),
      provenance: z.enum(PROVENANCES),
      changedIn: number,
      source: z.strictObject({ language, revision: number }).nullable(),
    }),
  )
  .refine((list) => new Set(list.map((one) => one.language)).size === list.length, {
    error: 'duplicateLanguage',
  })

const site = z.strictObject({
  record: z.literal('site'),
  format: z.literal(FORMAT, { error: 'otherFormat' }),
  version: number,
  /** The latest migration of the database that was exported. */
  migration: words(200),
})

const auditEntry = z.strictObject({
  record: z.literal('auditEntry'),
  number,
  createdAt: moment,
  actor,
  action: z.enum(AUDIT_ACTIONS),
  subject: matching(
    /^(?=.{1,100}$)(?:[a-z]+:)?[A-Za-z0-9]+(?:[_-][A-Za-z0-9]+)*$/,
    'notAnId',
  ).nullable(),
  /** JSON, as the hash covers it. */
  detail: words(10_000).refine(isAuditDetail, { error: 'notADetail' }),
  previousHash: hash.nullable(),
  hash,
})

function isAuditDetail(text: string): boolean {
  const detail = readJson(text)
  return (
    typeof detail === 'object' &&
    detail !== null &&
    !Array.isArray(detail) &&
    isSafeDetail(detail as AuditDetail)
  )
}

/** What a text holds as JSON; undefined where it is none. */
export function readJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

const organisation = z.strictObject({
  record: z.literal('organisation'),
  id,
  slug,
  formerSlugs: z.array(z.strictObject({ slug, createdAt: moment })),
  name: profile.name,
  aliases: all(profile.aliases.element, 50),
  status: z.enum(STATUSES),
  country: profile.country,
  region: profile.region,
  regionSuggested: z.boolean(),
  contacts: profile.contacts,
  priorityAreas: all(z.enum(PRIORITY_AREAS), PRIORITY_AREAS.length),
  answers: z.strictObject({
    who: answers,
    involvement: answers,
    challenges: answers,
    otherWork: answers,
  }),
  /** Number of the latest revision. */
  version: number,
  fictional: z.boolean(),
  createdAt: moment,
  updatedAt: moment,
  listedAt: moment.nullable(),
  confirmedAt: moment.nullable(),
  confirmedBy: actor.nullable(),
  erasures: z.array(z.strictObject({ id, actor, reason: words(10_000), createdAt: moment })),
})

const revision = z.strictObject({
  record: z.literal('revision'),
  organisation: id,
  number,
  actor,
  reason: words(10_000),
  createdAt: moment,
  format: number,
  /** JSON, as the hash covers it. */
  content: words(KEPT_LIMIT),
  contentHash: hash,
  previousHash: hash.nullable(),
  hash,
})

const importedPage = z.strictObject({
  record: z.literal('importedPage'),
  organisation: id,
  createdAt: moment,
  content: words(KEPT_LIMIT),
  contentHash: hash,
})

const proposal = z.strictObject({
  record: z.literal('proposal'),
  organisation: id,
  id,
  baseVersion: number,
  content: words(KEPT_LIMIT),
  author: actor,
  authorEmail: email,
  authorLocale: z.enum(routing.locales),
  message: words(10_000),
  status: z.enum(['waiting', 'returned', 'accepted', 'declined']),
  createdAt: moment,
  updatedAt: moment,
  decidedAt: moment.nullable(),
  decidedBy: actor.nullable(),
  answer: words(10_000).nullable(),
})

const person = z.strictObject({
  record: z.literal('person'),
  id,
  name: words(1000),
  email: email.refine((text) => text === text.toLowerCase(), { error: 'notAnEmail' }),
  emailVerified: z.boolean(),
  role: z.enum(ROLES),
  locale: z.enum(routing.locales),
  disabledAt: moment.nullable(),
  createdAt: moment,
  updatedAt: moment,
  regions: all(z.enum(REGIONS), REGIONS.length),
  organisations: all(id, PARTS_LIMIT),
  languages: all(language, PARTS_LIMIT),
})

/** How many records of each kind a file holds. */
const counts = z.strictObject({
  auditEntries: count,
  organisations: count,
  revisions: count,
  importedPages: count,
  proposals: count,
  people: count,
})
export type Counts = z.infer<typeof counts>

const end = z.strictObject({
  record: z.literal('end'),
  counts,
  /** SHA-256 over every byte of the lines before, hex. */
  sha256: hash,
})

/** Every record of a file; strict, in both directions. The order of the keys is that of the file. */
const siteRecord = z.discriminatedUnion('record', [
  site,
  auditEntry,
  organisation,
  revision,
  importedPage,
  proposal,
  person,
  end,
])

export type SiteRecord = z.infer<typeof siteRecord>
export type RecordKind = SiteRecord['record']
export type RecordOf<Kind extends RecordKind> = Extract<SiteRecord, { record: Kind }>

/** The kinds in the order of the file; revisions, pages and proposals follow their organisation. */
export const KINDS: readonly RecordKind[] = [
  ...(['site', 'auditEntry', 'organisation', 'revision'] as const),
  ...(['importedPage', 'proposal', 'person', 'end'] as const),
]

/** Why a file, or a database, is not taken. */
export type FaultReason =
  // The file as bytes.
  | 'notAFile'
  | 'cutOff'
  | 'lineTooLong'
  | 'notUtf8'
  | 'byteOrderMark'
  | 'carriageReturn'
  | 'nul'
  | 'emptyLine'
  | 'tooDeep'
  | 'tooManyParts'
  | 'notJson'
  // A line by itself.
  | 'unknownRecord'
  | 'unknownKey'
  | 'badValue'
  | 'otherFormat'
  | 'newer'
  // A line beside the others.
  | 'outOfOrder'
  | 'duplicateId'
  | 'duplicateSlug'
  | 'duplicateEmail'
  | 'unknownOrganisation'
  | 'brokenChain'
  | 'unreadableContent'
  | 'wrongCounts'
  | 'wrongSum'

export type Fault = {
  reason: FaultReason
  /** The path of the field, the code of what is wrong with it, the id that is not there. */
  detail?: string
}

/**
 * Reads a value as a record.
 *
 * @returns the record with its keys in the order of the file, or what is wrong with it first
 */
export function readRecord(value: unknown): { ok: true; record: SiteRecord } | FaultOf {
  if (typeof value !== 'object' || value === null) return fault('unknownRecord', '')
  const parsed = siteRecord.safeParse(value)
  if (parsed.success) return { ok: true, record: parsed.data }
  const { issues } = parsed.error
  // A key that was misspelt is missing too; its name says more.
  const issue = issues.find(({ code }) => code === 'unrecognized_keys') ?? issues[0]
  const path = issue?.path.join('.') ?? ''
  if (issue?.code === 'invalid_union') {
    const kind = (value as { record?: unknown }).record
    return fault('unknownRecord', typeof kind === 'string' ? kind : '')
  }
  if (issue?.code === 'unrecognized_keys') {
    return fault('unknownKey', [path, issue.keys[0]].filter((part) => part !== '').join('.'))
  }
  if (issue?.message === 'otherFormat') return fault('otherFormat')
  return fault('badValue', `${path} (${codeOf(issue)})`)
}

function codeOf(issue: z.core.$ZodIssue | undefined): string {
  if (issue === undefined) return 'unknown'
  // Our own codes are one word; what zod says by itself is a sentence.
  return /^[A-Za-z0-9]+$/.test(issue.message) ? issue.message : issue.code
}

export type FaultOf = { ok: false; fault: Fault }

/** A fault as an outcome. */
export function fault(reason: FaultReason, detail?: string): FaultOf {
  return { ok: false, fault: detail === undefined ? { reason } : { reason, detail } }
}

/** A record as a line of the file. */
export function lineOf(record: SiteRecord): string {
  return `${JSON.stringify(record)}\n`
}

/**
 * Tells whether a text is nested too deeply, or has too many parts, to be read as JSON: what is small
 * as text may be large in memory.
 *
 * @returns null where it may be read
 */
export function faultOfStructure(text: string): Fault | null {
  let depth = 0
  let parts = 0
  let isText = false
  for (let at = 0; at < text.length; at += 1) {
    const sign = text.charCodeAt(at)
    if (sign === 34) {
      isText = !isText
    } else if (isText) {
      if (sign === 92) at += 1
    } else if (sign === 123 || sign === 91) {
      depth += 1
      parts += 1
      if (depth > DEPTH_LIMIT) return { reason: 'tooDeep' }
    } else if (sign === 125 || sign === 93) {
      depth -= 1
    } else if (sign === 44) {
      parts += 1
    }
    if (parts > PARTS_LIMIT) return { reason: 'tooManyParts' }
  }
  return null
}
