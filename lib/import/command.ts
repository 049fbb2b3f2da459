import { existsSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { closeDatabase, reader } from '@/lib/db/client'
import { fullDisk, unusablePlace } from '@/lib/db/place'
import { prepareDatabase, type DatabaseRefusal } from '@/lib/db/prepare'
import { env, terminal } from '@/lib/env'
import { refusedDatabase } from '@/lib/i18n/refused-database'
import { translator } from '@/lib/i18n/translator'
import { importFiles } from './apply'
import type { FilePlan, Plan } from './plan'

const EXCERPT = 160
/** So many files are over before anybody wonders. */
const SILENT_UP_TO = 20

const ALL_PLACED = 0
const COULD_NOT_RUN = 1
const SOMETHING_REFUSED = 2

/**
 * The import command: files on the command line, the plan on stdout (a report in words, or JSON with
 * `--json`), everything else on stderr.
 *
 * @param args what follows the command: files, `--dry-run`, `--json`
 * @returns the exit code: 0 all placed, 2 something was refused, 1 could not run
 */
export async function importCommand(args: string[]): Promise<number> {
  const t = translator(terminal.language, 'Import')
  const options = readOptions(args)
  if (options === null || options.files.length === 0) {
    process.stderr.write(`${t('usage')}\n`)
    return COULD_NOT_RUN
  }
  const state = await databaseState(options.dryRun)
  if (typeof state === 'object') {
    process.stderr.write(`${refusedDatabase(state)}\n`)
    return COULD_NOT_RUN
  }
  if (state !== 'ready') {
    process.stderr.write(`${t(state, { file: env.databaseFile })}\n`)
    return COULD_NOT_RUN
  }
  try {
    const plan = await importFiles(options.files, {
      directory: terminal.directory,
      dryRun: options.dryRun,
      onFile: (done, total) => {
        const isDue = done % 25 === 0 || done === total
        if (total > SILENT_UP_TO && isDue)
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
    return plan.files.some(({ refused }) => refused.length > 0) ? SOMETHING_REFUSED : ALL_PLACED
  } catch (error) {
    const full = fullDisk(error, env.databaseFile)
    if (full === null) throw error
    process.stderr.write(`${refusedDatabase(full)}\n`)
    return COULD_NOT_RUN
  } finally {
    await closeDatabase()
  }
}

function readOptions(args: string[]): { files: string[]; dryRun: boolean; json: boolean } | null {
  try {
    const { values, positionals } = parseArgs({
      args,
      allowPositionals: true,
      options: { 'dry-run': { type: 'boolean' }, json: { type: 'boolean' } },
    })
    return {
      files: positionals,
      dryRun: values['dry-run'] ?? false,
      json: values.json ?? false,
    }
  } catch {
    return null
  }
}

async function databaseState(
  dryRun: boolean,
): Promise<'ready' | 'noDatabase' | 'databaseBusy' | DatabaseRefusal> {
  // An import fills a directory that is there; it does not make one, and a dry run writes nothing.
  if (!existsSync(env.databaseFile)) return unusablePlace(env.databaseFile) ?? 'noDatabase'
  try {
    const prepared = dryRun ? null : prepareDatabase()
    if (prepared?.ok === false) return prepared
    return (await reader().directory.count()) > 0 ? 'ready' : 'noDatabase'
  } catch (error) {
    const unusable = unusablePlace(env.databaseFile)
    if (unusable !== null) return unusable
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

function excerpt(text: string): string {
  // A pasted control character must not reach the terminal.
  const line = text.replace(/[\p{Cc}\p{Cf}\s]+/gu, ' ').trim()
  return line.length <= EXCERPT ? line : `${line.slice(0, EXCERPT).trimEnd()}…`
}
