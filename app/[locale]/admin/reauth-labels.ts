import { getTranslations } from 'next-intl/server'
import type { ReauthErrorCode } from './require-user'

/** The words with which a form asks for password or code once more, before a sensitive act. */
export async function reauthLabels() {
  const t = await getTranslations('SignIn')
  const errors: Record<ReauthErrorCode, string> = {
    reauthenticationRequired: t('reauth.here'),
    secretRefused: t('errors.secretRefused'),
    tooMany: t('errors.tooMany'),
  }
  return { label: t('reauth.secret'), errors }
}
