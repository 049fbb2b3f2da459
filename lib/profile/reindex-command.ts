import { closeDatabase } from '@/lib/db/client'
import { fullDisk } from '@/lib/db/place'
import { prepareDatabase } from '@/lib/db/prepare'
import { env, terminal } from '@/lib/env'
import { refusedDatabase } from '@/lib/i18n/refused-database'
import { translator } from '@/lib/i18n/translator'
import { AnalysisThread } from './analysis-thread'
import { rebuildSearchDocuments } from './reindex'

const DONE = 0
const COULD_NOT_RUN = 1

/**
 * The command that makes all search documents again; the site may serve meanwhile. What was done is
 * on stdout, everything else on stderr.
 *
 * @param args none are understood
 * @returns the exit code: 0 done, 1 could not run
 */
export async function reindexCommand(args: string[]): Promise<number> {
  const t = translator(terminal.language, 'Reindex')
  if (args.length > 0) {
    process.stderr.write(`${t('usage')}\n`)
    return COULD_NOT_RUN
  }
  const prepared = prepareDatabase()
  if (!prepared.ok) {
    process.stderr.write(`${refusedDatabase(prepared)}\n`)
    return COULD_NOT_RUN
  }
  const began = performance.now()
  const thread = new AnalysisThread()
  try {
    const progress = (done: number) => {
      process.stderr.write(`${t('progress', { done })}\n`)
      return true
    }
    const count = await rebuildSearchDocuments('all', progress, thread.analyse)
    const seconds = Math.round((performance.now() - began) / 100) / 10
    const perSecond = Math.round(count / Math.max(seconds, 0.1))
    process.stdout.write(`${t('done', { count, seconds, perSecond })}\n`)
    return DONE
  } catch (error) {
    const full = fullDisk(error, env.databaseFile)
    if (full === null) throw error
    process.stderr.write(`${refusedDatabase(full)}\n`)
    return COULD_NOT_RUN
  } finally {
    await thread.end()
    await closeDatabase()
  }
}
