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

/** The name of the format in the first line. */
export const FORMAT = 'member-directory-site'
/** Raised whenever a record gains, loses or changes a field. */
export const FORMAT_VERSION = 1

/** Longest line in bytes, LF included: several times the largest profile that a form can save. */
export const LINE_LIMIT = 16 * 1024 * 1024
/** Deepest nesting of objects and lists in a line. A record needs 5. */
export const DEPTH_LIMIT = 16
/** Most objects, lists and values in a line. An answer in every language needs a tenth of it. */
export const PARTS_LIMIT = 100_000

const text = (limit: number) =>
  z
    .string()
    .max(limit, { error: 'tooLong' })
    // eslint-disable-next-line no-control-regex -- NUL is what is looked for
    .refine((value) => !/\u0000/.test(value) && value.isWellFormed(), {
      error: 'unsafeCharacters',
    })

const matching = (pattern: RegExp, error: string) => z.string().regex(pattern, { error })

const id = matching(/^[A-Za-z0-9_-]{1,64}$/, 'notAnId')
const hash = matching(/^[0-9a-f]{64}$/, 'notAHash')
const actor = matching(/^(?:anonymous|(?:user|link|system):[A-Za-z0-9_-]{1,100})$/, 'notAnActor')
const moment = z.string().refine(isMoment, { error: 'notAMoment' })
const count = z.int({ error: 'notANumber' }).nonnegative({ error: 'notANumber' })
const number = z.int({ error: 'notANumber' }).positive({ error: 'notANumber' })
const slug = matching(/^(?=.{1,80}$)[a-z0-9]+(?:-[a-z0-9]+)*$/, 'notASlug').refine(
  (value) => !isReservedSlug(value),
  { error: 'notASlug' },
)
const language = z.string().refine(isLanguageTag, { error: 'unknownLanguage' })
const email = text(254).pipe(z.email({ error: 'notAnEmail' }))

/** ISO 8601 in UTC with milliseconds, as JSON writes a date. */
function isMoment(value: string): boolean {
  const date = new Date(value)
  return !Number.isNaN(date.getTime()) && date.toISOString() === value
}

const distinct = <Item extends z.ZodType>(item: Item, most: number) =>
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
      text: text(20_000).refine((value) => value.trim() !== '' && !hasUnsafeCharacters(value), {
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
  /** Latest migration of the exported database; for people only. */
  migration: text(200),
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
  /** JSON as text, because the hash covers its bytes. */
  detail: text(10_000).refine(isAuditDetail, { error: 'notADetail' }),
  previousHash: hash.nullable(),
  hash,
})

function isAuditDetail(json: string): boolean {
  const detail = parseJson(json)
  return (
    typeof detail === 'object' &&
    detail !== null &&
    !Array.isArray(detail) &&
    isSafeDetail(detail as AuditDetail)
  )
}

/** @returns undefined if the text is not JSON */
export function parseJson(json: string): unknown {
  try {
    return JSON.parse(json)
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
  aliases: distinct(profile.aliases.element, 50),
  status: z.enum(STATUSES),
  country: profile.country,
  region: profile.region,
  regionSuggested: z.boolean(),
  contacts: profile.contacts,
  priorityAreas: distinct(z.enum(PRIORITY_AREAS), PRIORITY_AREAS.length),
  answers: z.strictObject({
    who: answers,
    involvement: answers,
    challenges: answers,
    otherWork: answers,
  }),
  /** Number of the latest revision. */
  version: number,
  fictional: z.boolean(),
  /** Missing in files of before there was such a thing. */
  held: z.boolean().default(false),
  createdAt: moment,
  updatedAt: moment,
  listedAt: moment.nullable(),
  confirmedAt: moment.nullable(),
  confirmedBy: actor.nullable(),
  erasures: z.array(z.strictObject({ id, actor, reason: text(10_000), createdAt: moment })),
})

const revision = z.strictObject({
  record: z.literal('revision'),
  organisation: id,
  number,
  actor,
  reason: text(10_000),
  createdAt: moment,
  format: number,
  /** JSON as text, because the hash covers its bytes. */
  content: text(LINE_LIMIT),
  contentHash: hash,
  previousHash: hash.nullable(),
  hash,
})

const importedPage = z.strictObject({
  record: z.literal('importedPage'),
  organisation: id,
  createdAt: moment,
  content: text(LINE_LIMIT),
  contentHash: hash,
})

const proposalVersion = z.strictObject({
  number,
  baseVersion: number,
  content: text(LINE_LIMIT),
  message: text(10_000),
  answer: text(10_000).nullable(),
  createdAt: moment,
})

const proposal = z.strictObject({
  record: z.literal('proposal'),
  organisation: id,
  id,
  baseVersion: number,
  content: text(LINE_LIMIT),
  author: actor,
  authorEmail: email,
  authorLocale: z.enum(routing.locales),
  message: text(10_000),
  status: z.enum(['waiting', 'returned', 'accepted', 'declined']),
  createdAt: moment,
  updatedAt: moment,
  decidedAt: moment.nullable(),
  decidedBy: actor.nullable(),
  answer: text(10_000).nullable(),
  /** Missing in exports from before earlier versions were kept. */
  versions: z.array(proposalVersion).default([]),
})

const user = z.strictObject({
  record: z.literal('user'),
  id,
  name: text(1000),
  email: email.refine((value) => value === value.toLowerCase(), { error: 'notAnEmail' }),
  emailVerified: z.boolean(),
  role: z.enum(ROLES),
  locale: z.enum(routing.locales),
  disabledAt: moment.nullable(),
  createdAt: moment,
  updatedAt: moment,
  regions: distinct(z.enum(REGIONS), REGIONS.length),
  organisations: distinct(id, PARTS_LIMIT),
  languages: distinct(language, PARTS_LIMIT),
})

/** Number of records of each kind in a file. */
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
  /** SHA-256 of all lines before this one, line ends included; hexadecimal. */
  sha256: hash,
})

/** Unknown keys are refused. Parsing puts the keys into this order, which is the order in the file. */
const siteRecord = z.discriminatedUnion('record', [
  site,
  auditEntry,
  organisation,
  revision,
  importedPage,
  proposal,
  user,
  end,
])

export type SiteRecord = z.infer<typeof siteRecord>
export type RecordKind = SiteRecord['record']
export type RecordOf<Kind extends RecordKind> = Extract<SiteRecord, { record: Kind }>

/** The kinds in the order of the file; revisions, pages and proposals follow their organisation. */
export const KINDS: readonly RecordKind[] = [
  ...(['site', 'auditEntry', 'organisation', 'revision'] as const),
  ...(['importedPage', 'proposal', 'user', 'end'] as const),
]

/** What can be wrong with a file. */
export type FaultReason =
  // Bytes.
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
  // One line.
  | 'unknownRecord'
  | 'unknownKey'
  | 'badValue'
  | 'otherFormat'
  | 'newer'
  // One line compared with the others.
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
  /** Depending on the reason: path of the field with an error code, an id, a slug, a version. */
  detail?: string
}

/**
 * Parses a JSON value as a record.
 *
 * @returns the record with its keys in the order of the file, or the first thing that is wrong
 */
export function parseRecord(value: unknown): { ok: true; record: SiteRecord } | FaultOf {
  if (typeof value !== 'object' || value === null) return fault('unknownRecord', '')
  const parsed = siteRecord.safeParse(value)
  if (parsed.success) return { ok: true, record: parsed.data }
  const { issues } = parsed.error
  // A misspelt key is also reported as missing; its name is more helpful.
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
  // Our own error codes are one word; zod's messages are sentences.
  return /^[A-Za-z0-9]+$/.test(issue.message) ? issue.message : issue.code
}

type FaultOf = { ok: false; fault: Fault }

function fault(reason: FaultReason, detail?: string): FaultOf {
  return { ok: false, fault: detail === undefined ? { reason } : { reason, detail } }
}

/** The line for a record, LF included. */
export function serializeRecord(record: SiteRecord): string {
  return `${JSON.stringify(record)}\n`
}

/**
 * Checks before parsing that JSON is not nested too deeply and has not too many parts: a short text can
 * become very large in memory.
 *
 * @returns null if it may be parsed
 */
export function checkStructure(json: string): Fault | null {
  let depth = 0
  let parts = 0
  let isString = false
  for (let at = 0; at < json.length; at += 1) {
    const code = json.charCodeAt(at)
    if (code === 34) {
      isString = !isString
    } else if (isString) {
      if (code === 92) at += 1
    } else if (code === 123 || code === 91) {
      depth += 1
      parts += 1
      if (depth > DEPTH_LIMIT) return { reason: 'tooDeep' }
    } else if (code === 125 || code === 93) {
      depth -= 1
    } else if (code === 44) {
      parts += 1
    }
    if (parts > PARTS_LIMIT) return { reason: 'tooManyParts' }
  }
  return null
}
