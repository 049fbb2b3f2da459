import path from 'node:path'
import { migrate } from '@/lib/database/migrate'
import { env } from '@/lib/env'
import { fillRelevanceSet, measureRelevance, summarise } from '@/tools/relevance/measure'
import { RELEVANCE_QUERIES } from '@/tools/relevance/queries'
import { table } from './table'

/**
 * Fills the database of this process, which must be empty or missing, with the relevance set and
 * prints success@1, success@5 and nDCG@10 for each kind of query.
 */
async function relevanceTable(): Promise<string> {
  const outcome = migrate(env.databaseFile, path.join(env.root, 'prisma/migrations'))
  if (!outcome.ok) throw new Error(`migrations: ${outcome.reason} ${outcome.migration}`)
  await fillRelevanceSet()
  const measured = await measureRelevance()
  const row = (name: string, { queries, first, firstFive, gain }: ReturnType<typeof summarise>) => [
    ...[name, String(queries)],
    ...[first, firstFive, gain].map((share) => share.toFixed(3)),
  ]
  const kinds = [...new Set(RELEVANCE_QUERIES.map(({ kind }) => kind))]
  return table([
    ['relevance', 'queries', 'success@1', 'success@5', 'nDCG@10'],
    ...kinds.map((kind) => row(kind, summarise(measured, kind))),
    row('all', summarise(measured)),
  ])
}

process.stdout.write(`${await relevanceTable()}\n`)
