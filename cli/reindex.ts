import { runAsMain } from './run-command'
import { diskFullError } from '@/lib/database/check-path'
import { closeDatabase } from '@/lib/database/client'
import { openAndMigrate } from '@/lib/database/open'
import { env, terminal } from '@/lib/env'
import { startupMessage } from '@/lib/health/startup-message'
import { translator } from '@/lib/i18n/translator'
import { rebuildSearchIndex } from '@/lib/organisations/reindex'

const EXIT_OK = 0
const EXIT_FAILURE = 1

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
    return EXIT_FAILURE
  }
  const prepared = openAndMigrate()
  if (!prepared.ok) {
    process.stderr.write(`${startupMessage(prepared)}\n`)
    return EXIT_FAILURE
  }
  const began = performance.now()
  try {
    const progress = (done: number) => {
      process.stderr.write(`${t('progress', { done })}\n`)
      return true
    }
    const count = await rebuildSearchIndex('all', progress)
    const seconds = Math.round((performance.now() - began) / 100) / 10
    const perSecond = Math.round(count / Math.max(seconds, 0.1))
    process.stdout.write(`${t('done', { count, seconds, perSecond })}\n`)
    return EXIT_OK
  } catch (error) {
    const full = diskFullError(error, env.databaseFile)
    if (full === null) throw error
    process.stderr.write(`${startupMessage(full)}\n`)
    return EXIT_FAILURE
  } finally {
    await closeDatabase()
  }
}

await runAsMain(import.meta.url, reindexCommand)
