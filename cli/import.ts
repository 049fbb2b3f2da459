import { existsSync } from 'node:fs'
import { checkDatabasePath, diskFullError } from '@/lib/database/check-path'
import { closeDatabase, reader } from '@/lib/database/client'
import { openAndMigrate, type StartupError } from '@/lib/database/open'
import { env, terminal } from '@/lib/env'
import { startupMessage } from '@/lib/health/startup-message'
import { translator } from '@/lib/i18n/translator'
import { importFiles } from '@/lib/import/apply'
import type { FilePlan, Plan } from '@/lib/import/plan'
import type { PassageKind } from '@/lib/organisations/passages'
import { EXIT_FAILURE, EXIT_OK, EXIT_REFUSED, parseOptions, runAsMain } from './run-command'

/** Characters of the page's text that the report shows. */
const EXCERPT_LENGTH = 160
/** Fewer files are imported before anybody misses a sign of progress. */
const PROGRESS_ABOVE_FILES = 20

/**
 * The import command. The plan goes to stdout, as a report or as JSON, everything else to stderr.
 *
 * @param args `FILE… [--dry-run] [--json]`
 * @returns the exit code: 0 all placed, 2 something was refused, 1 could not run
 */
export async function importCommand(args: string[]): Promise<number> {
  const t = translator(terminal.language, 'Import')
  const options = parseImportOptions(args)
  if (options === null || options.files.length === 0) {
    process.stderr.write(`${t('usage')}\n`)
    return EXIT_FAILURE
  }
  const state = await databaseState(options.dryRun)
  if (typeof state === 'object') {
    process.stderr.write(`${startupMessage(state)}\n`)
    return EXIT_FAILURE
  }
  if (state !== 'ready') {
    process.stderr.write(`${t(state, { file: env.databaseFile })}\n`)
    return EXIT_FAILURE
  }
  try {
    let isWithheld = false
    const plan = await importFiles(options.files, {
      directory: terminal.directory,
      dryRun: options.dryRun,
      onWithheld: (file, kinds) => {
        isWithheld = true
        process.stderr.write(`${withheldLine(file, kinds)}\n`)
      },
      onFile: (done, total) => {
        const isDue = done % 25 === 0 || done === total
        if (total > PROGRESS_ABOVE_FILES && isDue)
          process.stderr.write(`${t('progress', { done, total })}\n`)
      },
    })
    for (const { file, outcome } of plan.files) {
      if (outcome === 'refused' && file.endsWith('.jsonl'))
        process.stderr.write(`${t('siteFile', { file: excerpt(file) })}\n`)
    }
    process.stdout.write(
      options.json ? `${JSON.stringify(plan, null, 2)}\n` : report(plan, options.dryRun),
    )
    const isNamed = isWithheld || plan.files.some(({ refused }) => refused.length > 0)
    return isNamed ? EXIT_REFUSED : EXIT_OK
  } catch (error) {
    const full = diskFullError(error, env.databaseFile)
    if (full === null) throw error
    process.stderr.write(`${startupMessage(full)}\n`)
    return EXIT_FAILURE
  } finally {
    await closeDatabase()
  }
}

function parseImportOptions(
  args: string[],
): { files: string[]; dryRun: boolean; json: boolean } | null {
  const parsed = parseOptions(
    args,
    { 'dry-run': { type: 'boolean' }, json: { type: 'boolean' } },
    Infinity,
  )
  if (parsed === null) return null
  const { 'dry-run': dryRun = false, json = false } = parsed.values
  return { files: parsed.positionals, dryRun, json }
}

async function databaseState(
  dryRun: boolean,
): Promise<'ready' | 'noDatabase' | 'databaseBusy' | StartupError> {
  // An import fills an existing directory and never creates one; a dry run must not even migrate it.
  if (!existsSync(env.databaseFile)) return checkDatabasePath(env.databaseFile) ?? 'noDatabase'
  try {
    const opened = dryRun ? null : openAndMigrate()
    if (opened?.ok === false) return opened
    return (await reader().contentVersion.count()) > 0 ? 'ready' : 'noDatabase'
  } catch (error) {
    const pathError = checkDatabasePath(env.databaseFile)
    if (pathError !== null) return pathError
    const isBusy = error instanceof Error && 'code' in error && error.code === 'SQLITE_BUSY'
    return isBusy ? 'databaseBusy' : 'noDatabase'
  }
}

function report(plan: Plan, dryRun: boolean): string {
  const t = translator(terminal.language, 'Import')
  const count = (outcome: FilePlan['outcome']): number =>
    plan.files.filter((file) => file.outcome === outcome).length
  const lines = plan.files.flatMap(({ file, outcome, organisation, refused }) => [
    t(`outcome.${outcome}`, {
      file: excerpt(file),
      name: excerpt(organisation?.name ?? ''),
      status: organisation?.status ?? '',
    }),
    ...refused.map(({ reason, text }) => `  ${t(`reason.${reason}`)} ${excerpt(text)}`.trimEnd()),
  ])
  const pieces = plan.files.reduce((sum, { refused }) => sum + refused.length, 0)
  return [
    ...(dryRun ? [t('dryRun')] : []),
    ...lines,
    t('summary', {
      total: plan.files.length,
      created: count('create'),
      updated: count('update'),
      unchanged: count('unchanged'),
      refused: count('refused'),
    }),
    t('attention', { count: pieces }),
    '',
  ].join('\n')
}

function withheldLine(file: string, kinds: readonly PassageKind[]): string {
  const t = translator(terminal.language, 'Import')
  const named = kinds.map((kind) => t(`passage.${kind}`)).join(', ')
  return t('withheld', { file: excerpt(file), kinds: named })
}

function excerpt(text: string): string {
  // A pasted control character must not reach the terminal.
  const line = text.replace(/[\p{Cc}\p{Cf}\s]+/gu, ' ').trim()
  return line.length <= EXCERPT_LENGTH ? line : `${line.slice(0, EXCERPT_LENGTH).trimEnd()}…`
}

await runAsMain(import.meta.url, importCommand)
