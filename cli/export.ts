import { existsSync } from 'node:fs'
import path from 'node:path'
import { parseArgs } from 'node:util'
import type { Actor } from '@/lib/permissions/permissions'
import { checkDatabasePath } from '@/lib/database/check-path'
import { COULD_NOT_RUN, withDatabase } from '@/lib/database/with-database'
import { env, terminal } from '@/lib/env'
import { startupMessage } from '@/lib/health/startup-message'
import { translator } from '@/lib/i18n/translator'
import { exportSite, exportToFile } from '@/lib/site-transfer/export'
import { runAsMain } from './run-command'

const DONE = 0
const REFUSED = 2
const STDOUT = '-'
const ACTOR: Actor = { kind: 'system', name: 'command-line' }

const t = translator(terminal.language, 'SiteFile')

/**
 * `export FILE [--force]`: exports the whole site to a file, or to stdout if FILE is `-`. The report
 * goes to stdout, or to stderr if stdout is the file.
 *
 * @returns the exit code: 0 done, 2 refused, 1 could not run
 */
export async function exportCommand(args: string[]): Promise<number> {
  if (!existsSync(env.databaseFile) && checkDatabasePath(env.databaseFile) === null) {
    return fail(t('noDatabase', { file: env.databaseFile }), COULD_NOT_RUN)
  }
  const words = { usage: t('exportUsage'), database: startupMessage }
  return withDatabase(readOptions(args), words, run)
}

function readOptions(args: string[]): { file: string; force: boolean } | null {
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

async function run({ file, force }: { file: string; force: boolean }): Promise<number> {
  const began = performance.now()
  const target = path.resolve(terminal.directory, file)
  const isPiped = file === STDOUT
  // Before an hour's work; the file is created exclusively in any case.
  if (!isPiped && !force && existsSync(target)) return fail(t('exists', { file: target }))
  const onProgress = (done: number, total: number) =>
    process.stderr.write(`${t('exportProgress', { done, total })}\n`)
  const outcome = isPiped
    ? await exportSite(ACTOR, writeToStdout, onProgress)
    : await exportToFile(ACTOR, target, force, onProgress)
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
    ...(isPiped ? [] : [t('exportedTo', { file: target })]),
    t('confidential'),
  ]
  const stream = isPiped ? process.stderr : process.stdout
  stream.write(`${report.join('\n')}\n`)
  return DONE
}

function fail(message: string, code = REFUSED): number {
  process.stderr.write(`${message}\n`)
  return code
}

/** Resolves when the reader has taken the piece; ends the process if the reader is gone. */
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

await runAsMain(import.meta.url, exportCommand)
