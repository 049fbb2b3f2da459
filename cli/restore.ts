import path from 'node:path'
import { checkDatabasePath } from '@/lib/database/check-path'
import { env, terminal } from '@/lib/env'
import { startupMessage } from '@/lib/health/startup-message'
import { translator } from '@/lib/i18n/translator'
import { readPassphrase } from '@/lib/backup/passphrase'
import { KEPT_BACK_KINDS, type KeptBack } from '@/lib/backup/keep-stricter'
import { restoreBackup, type RestoreOutcome } from '@/lib/backup/restore'
import { EXIT_FAILURE, EXIT_OK, parseOptions, runAsMain } from './run-command'

type Options = { file: string; force: boolean; secrets: boolean; latest: boolean }

/**
 * The restore command: replaces the database, which no process may have open, by a backup. The report
 * goes to stdout, everything else to stderr.
 *
 * @param args `PATH [--force] [--secrets] [--latest]`
 * @returns the exit code: 0 restored, 1 not restored, and nothing was changed
 */
export async function restoreCommand(args: string[]): Promise<number> {
  const t = translator(terminal.language, 'Restore')
  const say = (words: string) => process.stderr.write(`${words}\n`)
  const options = readOptions(args)
  if (options === null) {
    say(t('usage'))
    return EXIT_FAILURE
  }
  const error = checkDatabasePath(env.databaseFile)
  if (error !== null) {
    say(startupMessage(error))
    return EXIT_FAILURE
  }
  const file = path.resolve(terminal.directory, options.file)
  const done = await restoreBackup(
    {
      file,
      database: env.databaseFile,
      migrationsFolder: env.migrationsFolder,
      secretsFile: env.secretsFile,
      at: new Date(),
      force: options.force,
      withSecrets: options.secrets,
      isLatest: options.latest,
      passphrase: () => readPassphrase({ ask: t('passphrase') }),
    },
    (step) => say(t(`step.${step}`)),
  )
  if (!done.ok) {
    say(t(`refused.${done.reason}`, { file, database: env.databaseFile }))
    return EXIT_FAILURE
  }
  process.stdout.write(`${report(done).join('\n')}\n`)
  if (done.chains === 'broken') say(t('chainsBroken'))
  return EXIT_OK
}

function report(done: Extract<RestoreOutcome, { ok: true }>): string[] {
  const t = translator(terminal.language, 'Restore')
  const { counts, keptBack, keptDatabase, keptSecrets, secrets } = done
  return [
    t('restored', { ...counts, database: env.databaseFile }),
    ...(keptDatabase === null ? [] : [t('keptDatabase', { file: keptDatabase })]),
    t(`secrets.${secrets}`, { file: env.secretsFile }),
    ...(keptSecrets === null ? [] : [t('keptSecrets', { file: keptSecrets })]),
    ...keptBackLines(keptBack),
    t('signIn'),
  ]
}

/** A line for each kind that was kept back; one that says so where there was none. */
function keptBackLines(keptBack: KeptBack): string[] {
  const t = translator(terminal.language, 'Restore.keptBack')
  const lines = KEPT_BACK_KINDS.filter((kind) => keptBack[kind] > 0).map((kind) =>
    t(kind, { count: keptBack[kind] }),
  )
  return lines.length === 0 ? [t('nothing')] : [t('lead'), ...lines.map((line) => `  ${line}`)]
}

function readOptions(args: string[]): Options | null {
  const flag = { type: 'boolean' } as const
  const parsed = parseOptions(args, { force: flag, secrets: flag, latest: flag }, 1)
  const file = parsed?.positionals[0]
  if (!parsed || file === undefined) return null
  const { force = false, secrets = false, latest = false } = parsed.values
  return { file, force, secrets, latest }
}

await runAsMain(import.meta.url, restoreCommand)
