import { terminal } from '@/lib/env'
import { translator } from '@/lib/i18n/translator'

/** Says to whoever starts the site how to make its first administrator, in the language of the terminal. */
export function firstAdministratorMessage(): string {
  return translator(terminal.language, 'AdminCommand')('none')
}
