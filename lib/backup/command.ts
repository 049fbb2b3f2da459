import path from 'node:path'
import { parseArgs } from 'node:util'
import { unusablePlace } from '@/lib/db/place'
import { env, secrets, terminal } from '@/lib/env'
import { refusedDatabase } from '@/lib/i18n/refused-database'
import { translator } from '@/lib/i18n/translator'
import { log } from '@/lib/log'
import { makeBackup, type BackupStep } from './make'
import { readPassphrase } from './passphrase'
import { removeExpired } from './rotation'

const DONE = 0
const COULD_NOT = 1
const BROKEN_CHAINS = 2

/** Below this, everything is over before anybody wonders. */
const LARGE = 50 * 1024 * 1024
const TENTH = 0.1

type Options = { to: string; encrypt: boolean; scheduled: boolean }

/**
 * The backup command: a checked backup of the database while the site serves. What was made is on
 * stdout, everything else on stderr.
 *
 * @param args `PATH [--encrypt]`, the path being a folder or a file that is not there; `--scheduled`
 *   names the file for the rotation, does it, and says what happened in the log
 * @returns the exit code: 0 made, 1 not made, 2 made, but the chains of hashes in it are broken
 */
export async function backupCommand(args: string[]): Promise<number> {
  const t = translator(terminal.language, 'Backup')
  const options = readOptions(args)
  // Nobody sits there, and the log of the site is made of lines of JSON.
  const say = (words: string) => {
    if (!options?.scheduled) process.stderr.write(`${words}\n`)
  }
  if (options === null) {
    say(t('usage'))
    return COULD_NOT
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
    return COULD_NOT
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
    // Reading needs files beside the database too. A disk on which nothing can be written any more is no
    // reason to make no backup of it, so this is asked only once it has failed.
    const unusable = ['noDatabase', 'notWritable', 'notADatabase'].includes(reason)
      ? unusablePlace(env.databaseFile)
      : null
    if (unusable !== null) say(refusedDatabase(unusable))
    else
      say(t(`refused.${reason}`, { file, database: env.databaseFile, folder: path.dirname(file) }))
    return COULD_NOT
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
  if (chains !== 'broken') return DONE
  if (options.scheduled) log.error({ event: 'backupHasBrokenChains' })
  say(t('chainsBroken'))
  return BROKEN_CHAINS
}

function readOptions(args: string[]): Options | null {
  try {
    const { positionals, values } = parseArgs({
      args,
      allowPositionals: true,
      options: { encrypt: { type: 'boolean' }, scheduled: { type: 'boolean' } },
    })
    const [to] = positionals
    if (to === undefined || positionals.length > 1) return null
    return { to, encrypt: values.encrypt ?? false, scheduled: values.scheduled ?? false }
  } catch {
    return null
  }
}

/** Says each step once, and a long one at every tenth of it. */
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
