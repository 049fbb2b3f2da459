import type { Transaction } from '@/lib/database/client'
import type { Region } from '@/lib/geo/regions'
import {
  CONTACT_KINDS,
  PRIORITY_AREAS,
  QUESTIONS,
  type ContactKind,
  type PriorityArea,
  type Provenance,
  type Question,
  type Status,
} from './schema'

/** One answer as stored, with the revisions that tell whether it is outdated. */
export type StoredAnswer = {
  language: string
  text: string
  provenance: Provenance
  /** Number of the revision in which the text last changed. */
  changedIn: number
  source: { language: string; revision: number } | null
}

/** A whole profile as stored, including what is not public. Never sent to the public. */
export type StoredProfile = {
  id: string
  slug: string
  status: Status
  version: number
  fictional: boolean
  /** Came back with a backup that could not be compared: only an administrator may list it. */
  held: boolean
  listedAt: Date | null
  confirmedAt: Date | null
  confirmedBy: string | null
  updatedAt: Date
  name: string
  aliases: string[]
  country: string | null
  region: Region | null
  regionSuggested: boolean
  priorityAreas: PriorityArea[]
  contacts: Record<ContactKind, { value: string; published: boolean } | null>
  answers: Record<Question, StoredAnswer[]>
}

/**
 * The source of a translation, from its two columns.
 *
 * @returns null if the answer is no translation, or its source is unknown
 */
export function toAnswerSource(columns: {
  sourceLanguage: string | null
  sourceRevision: number | null
}): StoredAnswer['source'] {
  const { sourceLanguage: language, sourceRevision: revision } = columns
  return language === null || revision === null ? null : { language, revision }
}

/**
 * Reads a whole profile. The caller checks permissions.
 *
 * @param db a running transaction, or a client
 * @returns null if there is no organisation with this id
 */
export async function loadStoredProfile(
  db: Pick<Transaction, 'organisation'>,
  id: string,
): Promise<StoredProfile | null> {
  const row = await db.organisation.findUnique({
    where: { id },
    include: {
      aliases: { orderBy: { position: 'asc' } },
      priorityAreas: true,
      contacts: true,
      answers: { orderBy: { position: 'asc' } },
    },
  })
  if (!row) return null
  const contactOf = (kind: ContactKind) => {
    const found = row.contacts.find((contact) => contact.kind === kind)
    return [kind, found ? { value: found.value, published: found.published } : null] as const
  }
  const answersTo = (question: Question) => {
    const list = row.answers
      .filter((answer) => answer.question === question)
      .map((answer) => ({
        language: answer.language,
        text: answer.text,
        provenance: answer.provenance,
        changedIn: answer.changedIn,
        source: toAnswerSource(answer),
      }))
    return [question, list] as const
  }
  return {
    id: row.id,
    slug: row.slug,
    status: row.status,
    version: row.version,
    fictional: row.fictional,
    held: row.held,
    listedAt: row.listedAt,
    confirmedAt: row.confirmedAt,
    confirmedBy: row.confirmedBy,
    updatedAt: row.updatedAt,
    name: row.name,
    aliases: row.aliases.map(({ name }) => name),
    country: row.country,
    region: row.region as Region | null,
    regionSuggested: row.regionSuggested,
    priorityAreas: PRIORITY_AREAS.filter((area) =>
      row.priorityAreas.some((one) => one.area === area),
    ),
    contacts: Object.fromEntries(CONTACT_KINDS.map(contactOf)) as StoredProfile['contacts'],
    answers: Object.fromEntries(QUESTIONS.map(answersTo)) as StoredProfile['answers'],
  }
}
