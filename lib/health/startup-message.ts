import { latestBackup } from '@/lib/database/backup-files'
import type { StartupError } from '@/lib/database/open'
import { env, terminal } from '@/lib/env'
import { translator } from '@/lib/i18n/translator'

/**
 * Says to whoever runs this program why it must not use the database and what to do about it, in the
 * language of the terminal, with the latest backup that can be found.
 *
 * @returns lines without a line break at the end
 */
export function startupMessage(refused: StartupError): string {
  const t = translator(terminal.language, 'Database')
  const { place, owner, user } = 'place' in refused ? refused : { place: '', owner: '', user: '' }
  const migration = 'migration' in refused ? refused.migration : ''
  const file = env.databaseFile
  const said = t(`refused.${refused.reason}`, { file, migration, place, owner, user })
  // No backup helps there.
  if (place !== '' || refused.reason === 'older') return said
  const backup = latestBackup()
  return `${said}\n${backup === null ? t('noBackup') : t('latestBackup', { file: backup })}`
}

/** Tells how to create the first administrator, in the language of the terminal. */
export function firstAdministratorMessage(): string {
  return translator(terminal.language, 'AdminCommand')('none')
}
