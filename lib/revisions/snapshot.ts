import { z } from 'zod'
import { SNAPSHOT_FORMAT, TOMBSTONE } from './record'

// Written out, not taken from the profile: a format stays as it was when its snapshots were taken.
const FORMAT_1 = {
  questions: ['who', 'involvement', 'challenges', 'otherWork'],
  contacts: ['email', 'website', 'telephone'],
} as const

const answers = z.array(
  z.object({
    language: z.string(),
    text: z.string(),
    provenance: z.enum(['original', 'translation', 'machine', 'unknown']),
    changedIn: z.number(),
    source: z.object({ language: z.string(), revision: z.number() }).nullable(),
  }),
)

const contact = z.object({ value: z.string(), published: z.boolean() }).nullable()

const snapshotSchema = z.object({
  slug: z.string(),
  status: z.enum(['draft', 'listed', 'hidden', 'withdrawn']),
  confirmedAt: z.string().nullable(),
  name: z.string(),
  aliases: z.array(z.string()),
  country: z.string().nullable(),
  region: z.string().nullable(),
  regionSuggested: z.boolean(),
  priorityAreas: z.array(z.string()),
  contacts: z.record(z.enum(FORMAT_1.contacts), contact),
  answers: z.record(z.enum(FORMAT_1.questions), answers),
})

/** A whole profile as a revision keeps it (format 1). */
export type Snapshot = z.infer<typeof snapshotSchema>
export type SnapshotQuestion = (typeof FORMAT_1.questions)[number]
export type SnapshotContact = (typeof FORMAT_1.contacts)[number]

export const SNAPSHOT_QUESTIONS = FORMAT_1.questions
export const SNAPSHOT_CONTACTS = FORMAT_1.contacts

/**
 * Reads the content of a revision.
 *
 * @returns the profile as it stood, or `erased` where it was erased on request
 * @throws where the content is of no known format: revisions are written by this program alone
 */
export function parseSnapshot({
  format,
  content,
}: {
  format: number
  content: string
}): Snapshot | 'erased' {
  if (content === TOMBSTONE) return 'erased'
  if (format !== SNAPSHOT_FORMAT) throw new Error(`unknown format of a revision: ${format}`)
  return snapshotSchema.parse(JSON.parse(content))
}
