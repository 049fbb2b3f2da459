import { sql } from '@/lib/database/sql'
import { isRegion, type Region } from '@/lib/geo/regions'
import { isOutdated, isTranslation } from './outdated'
import {
  PRIORITY_AREAS,
  QUESTIONS,
  type ContactKind,
  type PriorityArea,
  type Provenance,
  type Question,
} from './schema'
import { toAnswerSource } from './stored'

/** One answer in one language, as the public sees it. */
export type PublicAnswer = {
  /** BCP 47; `und` if it is not known. */
  language: string
  provenance: Provenance
  /** Verbatim; lines end with LF. */
  text: string
  /** For a translation: its source has changed since. */
  outdated?: boolean
}

/** A listed profile as the public sees it. Pages, API and downloads show this and nothing else. */
export type PublicProfile = {
  slug: string
  name: string
  aliases: string[]
  /** ISO 3166-1 alpha-2. */
  country: string | null
  region: Region | null
  regionSuggested: boolean
  /** Published details only. */
  contact: Partial<Record<ContactKind, string>>
  priorityAreas: PriorityArea[]
  answers: Record<Question, PublicAnswer[]>
  /** ISO 8601, UTC. */
  confirmedAt: string | null
  updatedAt: string
}

/** The condition for being public, for Prisma. Every public query uses it. */
export const PUBLIC_WHERE = { status: 'listed' } as const

/** The condition for being public, as SQL about `"Organisation" o`. */
export const PUBLIC_SQL = sql`o."status" = 'listed'`

/** All columns that may be made public. */
export const PUBLIC_SELECT = {
  slug: true,
  name: true,
  country: true,
  region: true,
  regionSuggested: true,
  confirmedAt: true,
  updatedAt: true,
  aliases: { select: { name: true }, orderBy: { position: 'asc' } },
  priorityAreas: { select: { area: true } },
  contacts: { where: { published: true }, select: { kind: true, value: true } },
  answers: {
    select: {
      question: true,
      language: true,
      text: true,
      provenance: true,
      changedIn: true,
      sourceLanguage: true,
      sourceRevision: true,
    },
    orderBy: { position: 'asc' },
  },
} as const

/**
 * The columns of `PUBLIC_SELECT` for `"Organisation" o` as one JSON text, to be read by
 * `parsePublicProfile`. For many rows this takes a fifth of the time. Answers are not sorted here,
 * because that takes the database a third longer than it takes the caller.
 */
export const PUBLIC_JSON = sql`json_object(
  'slug', o."slug", 'name', o."name", 'country', o."country", 'region', o."region",
  'regionSuggested', o."regionSuggested",
  'confirmedAt', o."confirmedAt", 'updatedAt', o."updatedAt",
  'aliases', (SELECT json_group_array("name" ORDER BY "position")
    FROM "Alias" WHERE "organisationId" = o."id"),
  'areas', (SELECT json_group_array("area") FROM "PriorityArea" WHERE "organisationId" = o."id"),
  'contact', (SELECT json_group_object("kind", "value")
    FROM "Contact" WHERE "organisationId" = o."id" AND "published"),
  'answers', (SELECT json_group_array(json_array("position", "question", "language", "text",
      "provenance", "changedIn", "sourceLanguage", "sourceRevision"))
    FROM "Answer" WHERE "organisationId" = o."id"))`

type AnswerRow = {
  question: string
  language: string
  text: string
  provenance: Provenance
  changedIn: number
  sourceLanguage: string | null
  sourceRevision: number | null
}

/** A row selected with `PUBLIC_SELECT`. */
type PublicRow = {
  slug: string
  name: string
  country: string | null
  region: string | null
  regionSuggested: boolean
  confirmedAt: Date | null
  updatedAt: Date
  aliases: { name: string }[]
  priorityAreas: { area: string }[]
  contacts: { kind: ContactKind; value: string }[]
  answers: AnswerRow[]
}

/** Builds the public profile from a row selected with `PUBLIC_SELECT`. */
export function toPublicProfile(row: PublicRow): PublicProfile {
  return buildPublicProfile({
    ...row,
    aliases: row.aliases.map(({ name }) => name),
    areas: row.priorityAreas.map(({ area }) => area),
    contact: Object.fromEntries(row.contacts.map(({ kind, value }) => [kind, value])),
  })
}

/** The parsed value of `PUBLIC_JSON`. */
type PublicJson = Pick<PublicRow, 'slug' | 'name' | 'country' | 'region'> &
  Pick<PublicProfile, 'aliases' | 'contact'> & {
    regionSuggested: 0 | 1
    confirmedAt: string | null
    updatedAt: string
    areas: string[]
    answers: [
      position: number,
      question: string,
      language: string,
      text: string,
      provenance: Provenance,
      changedIn: number,
      sourceLanguage: string | null,
      sourceRevision: number | null,
    ][]
  }

/** Builds the public profile from the value of `PUBLIC_JSON`. */
export function parsePublicProfile(json: string): PublicProfile {
  const read = JSON.parse(json) as PublicJson
  const answers = read.answers.sort(([one], [other]) => one - other)
  return buildPublicProfile({
    ...read,
    regionSuggested: read.regionSuggested === 1,
    confirmedAt: read.confirmedAt === null ? null : new Date(read.confirmedAt),
    updatedAt: new Date(read.updatedAt),
    answers: answers.map(([, question, language, text, provenance, changedIn, ...source]) => {
      const [sourceLanguage, sourceRevision] = source
      return { question, language, text, provenance, changedIn, sourceLanguage, sourceRevision }
    }),
  })
}

function buildPublicProfile(
  read: Omit<PublicRow, 'aliases' | 'priorityAreas' | 'contacts'> &
    Pick<PublicProfile, 'aliases' | 'contact'> & { areas: string[] },
): PublicProfile {
  return {
    slug: read.slug,
    name: read.name,
    aliases: read.aliases,
    country: read.country,
    region: isRegion(read.region) ? read.region : null,
    regionSuggested: read.regionSuggested,
    contact: read.contact,
    priorityAreas: PRIORITY_AREAS.filter((area) => read.areas.includes(area)),
    answers: Object.fromEntries(
      QUESTIONS.map((question) => [
        question,
        toPublicAnswers(read.answers.filter((answer) => answer.question === question)),
      ]),
    ) as Record<Question, PublicAnswer[]>,
    confirmedAt: read.confirmedAt?.toISOString() ?? null,
    updatedAt: read.updatedAt.toISOString(),
  }
}

function toPublicAnswers(rows: AnswerRow[]): PublicAnswer[] {
  const answers = rows.map((row) => ({ ...row, source: toAnswerSource(row) }))
  return answers.map((answer) => {
    const { language, provenance, text } = answer
    return isTranslation(answer)
      ? { language, provenance, text, outdated: isOutdated(answer, answers) }
      : { language, provenance, text }
  })
}
