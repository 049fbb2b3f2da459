import path from 'node:path'
import { parseArgs } from 'node:util'
import { unusablePlace } from '@/lib/db/place'
import { env, terminal } from '@/lib/env'
import { refusedDatabase } from '@/lib/i18n/refused-database'
import { translator } from '@/lib/i18n/translator'
import { readPassphrase } from './passphrase'
import { restoreBackup, type RestoreOutcome } from './restore'

const DONE = 0
const COULD_NOT = 1

type Options = { file: string; force: boolean; secrets: boolean }

/**
 * The restore command: puts a backup in the place of the database, which must not be open anywhere.
 * What was done is on stdout, everything else on stderr.
 *
 * @param args `PATH [--force] [--secrets]`
 * @returns the exit code: 0 restored, 1 not restored, and nothing was changed
 */
export async function restoreCommand(args: string[]): Promise<number> {
  const t = translator(terminal.language, 'Restore')
  const say = (words: string) => process.stderr.write(`${words}\n`)
  const options = readOptions(args)
  if (options === null) {
    say(t('usage'))
    return COULD_NOT
  }
  const unusable = unusablePlace(env.databaseFile)
  if (unusable !== null) {
    say(refusedDatabase(unusable))
    return COULD_NOT
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
      passphrase: () => readPassphrase({ ask: t('passphrase') }),
    },
    (step) => say(t(`step.${step}`)),
  )
  if (!done.ok) {
    say(t(`refused.${done.reason}`, { file, database: env.databaseFile }))
    return COULD_NOT
  }
  process.stdout.write(`${report(done).join('\n')}\n`)
  if (done.chains === 'broken') say(t('chainsBroken'))
  return DONE
}

function report(done: Extract<RestoreOutcome, { ok: true }>): string[] {
  const t = translator(terminal.language, 'Restore')
  const { counts, keptDatabase, keptSecrets, secrets } = done
  return [
    t('restored', { ...counts, database: env.databaseFile }),
    ...(keptDatabase === null ? [] : [t('keptDatabase', { file: keptDatabase })]),
    t(`secrets.${secrets}`, { file: env.secretsFile }),
    ...(keptSecrets === null ? [] : [t('keptSecrets', { file: keptSecrets })]),
    t('signIn'),
  ]
}

function readOptions(args: string[]): Options | null {
  try {
    const { positionals, values } = parseArgs({
      args,
      allowPositionals: true,
      options: { force: { type: 'boolean' }, secrets: { type: 'boolean' } },
    })
    const [file] = positionals
    if (file === undefined || positionals.length > 1) return null
    return { file, force: values.force ?? false, secrets: values.secrets ?? false }
  } catch {
    return null
  }
}
