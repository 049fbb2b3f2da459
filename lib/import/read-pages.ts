import { z } from 'zod'
import { canAdmin, type Actor } from '@/lib/permissions/permissions'
import { closeDatabase } from '@/lib/database/client'
import { isCountry } from '@/lib/geo/countries'
import { REGIONS } from '@/lib/geo/regions'
import { NAME_LIMIT, QUESTIONS, isLanguageTag } from '@/lib/organisations/schema'
import { importPages, type PageResult } from './apply'

const actorSchema = z.discriminatedUnion('role', [
  z.object({ kind: z.literal('user'), id: z.string(), role: z.literal('administrator') }),
  z.object({
    kind: z.literal('user'),
    id: z.string(),
    role: z.literal('editor'),
    regions: z.array(z.enum(REGIONS)),
  }),
])

const language = z.string().refine(isLanguageTag)

/** What the server asks of the process that reads pages, as JSON on its stdin. */
export const importRequestSchema = z.object({
  actor: actorSchema,
  dryRun: z.boolean(),
  pages: z.array(
    z.object({
      file: z.string(),
      text: z.string(),
      overrides: z.object({
        name: z.string().min(1).max(NAME_LIMIT).optional(),
        country: z.string().refine(isCountry).optional(),
        assigned: z
          .array(z.object({ text: z.string(), question: z.enum(QUESTIONS), language }))
          .optional(),
        languages: z.array(z.object({ text: z.string(), language })).optional(),
        omitLastParagraph: z.boolean().optional(),
        taken: z.array(z.object({ field: z.string(), stands: z.string() })).optional(),
      }),
    }),
  ),
})

/**
 * Reads and imports pages in a process of its own: what it is asked comes on stdin, what happened
 * goes to stdout, both as JSON. The rights of whoever imports are asked here, where it is written.
 *
 * @returns the exit code: 0 done, 1 not allowed or not readable
 */
export async function importPagesFromStdin(): Promise<number> {
  const chunks: Buffer[] = []
  for await (const chunk of process.stdin) chunks.push(chunk as Buffer)
  const request = importRequestSchema.safeParse(JSON.parse(Buffer.concat(chunks).toString('utf8')))
  if (!request.success) return 1
  const { actor, pages, dryRun } = request.data
  if (!canAdmin(actor satisfies Actor, 'importPages')) return 1
  try {
    const outcomes: PageResult[] = await importPages(actor, pages, { dryRun })
    await new Promise((resolve) => process.stdout.write(JSON.stringify(outcomes), resolve))
    return 0
  } finally {
    await closeDatabase()
  }
}
