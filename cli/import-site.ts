import { existsSync } from 'node:fs'
import path from 'node:path'
import { parseArgs } from 'node:util'
import type { Actor } from '@/lib/permissions/permissions'
import { COULD_NOT_RUN, withDatabase } from '@/lib/database/with-database'
import { env, terminal } from '@/lib/env'
import { startupMessage } from '@/lib/health/startup-message'
import { translator } from '@/lib/i18n/translator'
import { importSite, type Imported } from '@/lib/site-transfer/import'
import { openSiteFile } from '@/lib/site-transfer/read-lines'
import { runAsMain } from './run-command'

const DONE = 0
const REFUSED = 2
const ACTOR: Actor = { kind: 'system', name: 'command-line' }
/** Characters of what a file says that are shown in the terminal. */
const DETAIL_LENGTH = 160

type Options = { file: string; dryRun: boolean; latest: boolean }

const t = translator(terminal.language, 'SiteFile')

/**
 * `import-site FILE [--dry-run] [--latest]`: imports a whole site into an empty database. The report
 * goes to stdout, everything else to stderr.
 *
 * @returns the exit code: 0 done, 2 the file was refused or the disk is full, 1 could not run, for
 *   example because the database is not empty
 */
export async function importSiteCommand(args: string[]): Promise<number> {
  const options = readOptions(args)
  // A dry run does not create a database.
  if (options?.dryRun && !existsSync(env.databaseFile)) return run(options, false)
  const words = { usage: t('importUsage'), database: startupMessage }
  return withDatabase(options, words, (one) => run(one, true))
}

function readOptions(args: string[]): Options | null {
  try {
    const { positionals, values } = parseArgs({
      args,
      allowPositionals: true,
      options: { 'dry-run': { type: 'boolean' }, latest: { type: 'boolean' } },
    })
    const [file] = positionals
    if (file === undefined || positionals.length > 1) return null
    return { file, dryRun: values['dry-run'] ?? false, latest: values.latest ?? false }
  } catch {
    return null
  }
}

async function run({ file, dryRun, latest }: Options, hasDatabase: boolean): Promise<number> {
  const began = performance.now()
  const handle = await openSiteFile(path.resolve(terminal.directory, file))
  if (handle === null) return fail(t('fault.notAFile'), REFUSED)
  try {
    const outcome = await importSite(ACTOR, handle, {
      dryRun,
      isLatest: latest,
      hasDatabase,
      onProgress: (percent, organisations) =>
        process.stderr.write(`${t('importProgress', { percent, organisations })}\n`),
    })
    if (!outcome.ok) {
      return fail(refusal(outcome), outcome.reason === 'notEmpty' ? COULD_NOT_RUN : REFUSED)
    }
    const { counts, replacesSeed, held } = outcome
    const seconds = Math.round((performance.now() - began) / 100) / 10
    const perSecond = Math.round(counts.organisations / Math.max(seconds, 0.1))
    const report = [
      ...(dryRun ? [t('dryRun')] : []),
      t('imported', { ...counts, seconds, perSecond }),
      ...(replacesSeed ? [t('replacesSeed')] : []),
      ...(held > 0 ? [t('held', { count: held })] : []),
      ...(counts.people > 0 ? [t('passwords')] : []),
    ]
    process.stdout.write(`${report.join('\n')}\n`)
    return DONE
  } finally {
    await handle.close()
  }
}

function refusal(outcome: Extract<Imported, { ok: false }>): string {
  switch (outcome.reason) {
    case 'denied':
      return t('denied')
    case 'notEmpty': {
      const { organisations, people, auditEntries } = outcome
      return t('notEmpty', { organisations, people, auditEntries, file: env.databaseFile })
    }
    case 'diskFull':
      return `${t('diskFull', { file: env.databaseFile })}\n${t('nothingWritten')}`
    case 'file': {
      const { fault, line } = outcome
      const message = t(`fault.${fault.reason}`, { detail: harmless(fault.detail ?? '') })
      const where = line === null ? message : t('atLine', { line, fault: message })
      return `${where}\n${t('nothingWritten')}`
    }
  }
}

/** Without control characters, by which a file could steer the terminal. */
function harmless(detail: string): string {
  const line = detail.replace(/[\p{Cc}\p{Cf}\s]+/gu, ' ').trim()
  return line.length <= DETAIL_LENGTH ? line : `${line.slice(0, DETAIL_LENGTH)}…`
}

function fail(message: string, code: number): number {
  process.stderr.write(`${message}\n`)
  return code
}

await runAsMain(import.meta.url, importSiteCommand)
