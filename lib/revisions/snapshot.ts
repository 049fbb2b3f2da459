import { z } from 'zod'
import { SNAPSHOT_FORMAT, TOMBSTONE } from './record'

// Not imported from the profile's schema: an old format must not change when the schema does.
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

/** A whole profile as stored in a revision (format 1). */
export type Snapshot = z.infer<typeof snapshotSchema>
export type SnapshotQuestion = (typeof FORMAT_1.questions)[number]
export type SnapshotContact = (typeof FORMAT_1.contacts)[number]

export const SNAPSHOT_QUESTIONS = FORMAT_1.questions
export const SNAPSHOT_CONTACTS = FORMAT_1.contacts

/**
 * Parses the content of a revision.
 *
 * @returns the profile at that revision, or `erased`
 * @throws if the format is unknown: only this program writes revisions
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
