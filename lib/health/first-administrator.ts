import { terminal } from '@/lib/env'
import { translator } from '@/lib/i18n/translator'

/** How to create the first administrator, in the language of the terminal. */
export function firstAdministratorMessage(): string {
  return translator(terminal.language, 'AdminCommand')('none')
}
