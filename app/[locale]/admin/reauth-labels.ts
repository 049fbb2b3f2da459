import { getTranslations } from 'next-intl/server'
import type { ReauthErrorCode } from './require-user'

/** The label and error messages of the field that asks for re-authentication within a form. */
export async function reauthLabels() {
  const t = await getTranslations('SignIn')
  const errors: Record<ReauthErrorCode, string> = {
    reauthenticationRequired: t('reauth.here'),
    secretRefused: t('errors.secretRefused'),
    tooMany: t('errors.tooMany'),
  }
  return { label: t('reauth.secret'), errors }
}
