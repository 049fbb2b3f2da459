import path from 'node:path'
import { checkDatabasePath } from '@/lib/database/check-path'
import { env, secrets, terminal } from '@/lib/env'
import { startupMessage } from '@/lib/health/startup-message'
import { translator } from '@/lib/i18n/translator'
import { log } from '@/lib/log'
import { makeBackup, type BackupStep } from '@/lib/backup/make'
import { readPassphrase } from '@/lib/backup/passphrase'
import { removeExpired } from '@/lib/backup/retention'
import { EXIT_FAILURE, EXIT_OK, parseOptions, runAsMain } from './run-command'

const EXIT_BROKEN_CHAINS = 2

/** Bytes; smaller databases are done before anybody waits for progress. */
const LARGE = 50 * 1024 * 1024
const TENTH = 0.1

type Options = { to: string; encrypt: boolean; scheduled: boolean }

/**
 * The backup command: makes a checked backup of the database while the site serves. The report goes to
 * stdout, everything else to stderr.
 *
 * @param args `PATH [--encrypt]`, where PATH is a folder or a file that does not exist; `--scheduled`
 *   marks the file as made by the site, applies the retention policy and reports in the log
 * @returns the exit code: 0 made, 1 not made, 2 made, but its hash chains are broken
 */
export async function backupCommand(args: string[]): Promise<number> {
  const t = translator(terminal.language, 'Backup')
  const options = readOptions(args)
  // A scheduled run has no reader, and the log of the site consists of JSON lines.
  const say = (words: string) => {
    if (!options?.scheduled) process.stderr.write(`${words}\n`)
  }
  if (options === null) {
    say(t('usage'))
    return EXIT_FAILURE
  }
  const passphrase = options.encrypt
    ? await readPassphrase({
        ask: t('passphrase'),
        again: t('passphraseAgain'),
        different: t('passphrasesDiffer'),
      })
    : null
  if (options.encrypt && passphrase === null) {
    say(t('noPassphrase'))
    return EXIT_FAILURE
  }
  const to = path.resolve(terminal.directory, options.to)
  const made = await makeBackup(
    {
      database: env.databaseFile,
      migrationsFolder: env.migrationsFolder,
      to,
      isFolder: options.scheduled || /[/\\]$/.test(options.to),
      at: new Date(),
      isScheduled: options.scheduled,
      seal: passphrase === null ? null : { passphrase, secrets: secrets() },
    },
    progress((step, percent) => say(t(`step.${step}`, { percent }))),
  )
  if (!made.ok) {
    const { file, reason } = made
    if (options.scheduled) log.error({ event: 'backupFailed', reason })
    // Asked only once it has failed: a backup can be made of a database on a disk without any room.
    const error = ['noDatabase', 'notWritable', 'notADatabase'].includes(reason)
      ? checkDatabasePath(env.databaseFile)
      : null
    const values = { file, database: env.databaseFile, folder: path.dirname(file) }
    say(error === null ? t(`refused.${reason}`, values) : startupMessage(error))
    return EXIT_FAILURE
  }
  const { counts, chains, isEncrypted } = made
  const lines = [
    t('made', { file: made.file, bytes: made.bytes }),
    t('holds', counts),
    `SHA-256: ${made.sha256}`,
    isEncrypted ? t('encrypted') : t('plain', { secrets: env.secretsFile }),
  ]
  process.stdout.write(`${lines.join('\n')}\n`)
  if (options.scheduled) {
    const removed = removeExpired(path.dirname(made.file), env.BACKUP_KEEP)
    log.info({ event: 'backupMade', bytes: made.bytes })
    if (removed.length > 0) log.info({ event: 'backupsRemoved', count: removed.length })
  }
  if (chains === null) say(t('chainsNotChecked'))
  if (chains !== 'broken') return EXIT_OK
  if (options.scheduled) log.error({ event: 'backupHasBrokenChains' })
  say(t('chainsBroken'))
  return EXIT_BROKEN_CHAINS
}

function readOptions(args: string[]): Options | null {
  const parsed = parseOptions(
    args,
    { encrypt: { type: 'boolean' }, scheduled: { type: 'boolean' } },
    1,
  )
  const to = parsed?.positionals[0]
  if (!parsed || to === undefined) return null
  const { encrypt = false, scheduled = false } = parsed.values
  return { to, encrypt, scheduled }
}

/** Reports each step once, and a long one at every tenth. */
function progress(say: (step: BackupStep, percent: number) => void) {
  let last: { step: BackupStep; share: number } | null = null
  return (step: BackupStep, done: number, total: number) => {
    if (total < LARGE) return
    const share = done / total
    if (last?.step === step && share < last.share + TENTH) return
    last = { step, share }
    say(step, Math.floor(share * 100))
  }
}

await runAsMain(import.meta.url, backupCommand)
