import { existsSync } from 'node:fs'
import path from 'node:path'
import { parseArgs } from 'node:util'
import type { Actor } from '@/lib/access/rules'
import { unusablePlace } from '@/lib/db/place'
import { COULD_NOT_RUN, withDatabase } from '@/lib/db/with-database'
import { env, terminal } from '@/lib/env'
import { refusedDatabase } from '@/lib/i18n/refused-database'
import { translator } from '@/lib/i18n/translator'
import { exportSite } from './export'
import { writeNewFile } from './new-file'

const DONE = 0
const REFUSED = 2

const ACTOR: Actor = { kind: 'system', name: 'command-line' }
const STDOUT = '-'

type Asked = { file: string; force: boolean }

/**
 * The export command: writes the whole site into a file, or to stdout where the file is `-`. What was
 * written is told on stdout, and what it is on stderr where stdout is the file.
 *
 * @param args `FILE [--force]`
 * @returns the exit code: 0 done, 2 refused, 1 could not run
 */
export async function exportCommand(args: string[]): Promise<number> {
  const t = translator(terminal.language, 'SiteFile')
  if (!existsSync(env.databaseFile) && unusablePlace(env.databaseFile) === null) {
    return fail(t('noDatabase', { file: env.databaseFile }), COULD_NOT_RUN)
  }
  const words = {
    usage: t('exportUsage'),
    database: refusedDatabase,
  }
  return withDatabase(readAsked(args), words, run)
}

function readAsked(args: string[]): Asked | null {
  try {
    const { positionals, values } = parseArgs({
      args,
      allowPositionals: true,
      options: { force: { type: 'boolean' } },
    })
    const [file] = positionals
    if (file === undefined || positionals.length > 1) return null
    return { file, force: values.force ?? false }
  } catch {
    return null
  }
}

async function run({ file, force }: Asked): Promise<number> {
  const t = translator(terminal.language, 'SiteFile')
  const began = performance.now()
  const target = path.resolve(terminal.directory, file)
  if (file !== STDOUT && !force && existsSync(target)) return fail(t('exists', { file: target }))
  const fill = (write: (piece: string) => Promise<void>) =>
    exportSite(ACTOR, write, (done, total) =>
      process.stderr.write(`${t('exportProgress', { done, total })}\n`),
    )
  const outcome =
    file === STDOUT ? await fill(writeToStdout) : await writeNewFile(target, force, fill)
  if (!outcome.ok) {
    if (outcome.reason !== 'damaged') return fail(t(outcome.reason, { file: target }))
    const fault = t(`fault.${outcome.fault.reason}`, { detail: outcome.fault.detail ?? '' })
    return fail(t('damaged', { record: outcome.record, fault }))
  }
  const { counts } = outcome
  const seconds = Math.round((performance.now() - began) / 100) / 10
  const perSecond = Math.round(counts.organisations / Math.max(seconds, 0.1))
  const report = [
    t('exported', { ...counts, seconds, perSecond }),
    ...(file === STDOUT ? [] : [t('exportedTo', { file: target })]),
    t('confidential'),
  ]
  const stream = file === STDOUT ? process.stderr : process.stdout
  stream.write(`${report.join('\n')}\n`)
  return DONE
}

function fail(words: string, code = REFUSED): number {
  process.stderr.write(`${words}\n`)
  return code
}

/** Waits for whoever reads; where they have gone, there is nobody left to tell anything. */
function writeToStdout(piece: string): Promise<void> {
  const gone = () => process.exit(COULD_NOT_RUN)
  process.stdout.once('error', gone)
  return new Promise((resolve) => {
    process.stdout.write(piece, (error) => {
      if (error) return
      process.stdout.off('error', gone)
      resolve()
    })
  })
}
