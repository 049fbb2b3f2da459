import { getTranslations } from 'next-intl/server'
import type { ReauthErrorCode } from './require-user'

/** The words with which a form asks for password or code once more, before a sensitive act. */
export async function reauthLabels() {
  const t = await getTranslations('SignIn')
  const errors: Record<ReauthErrorCode, string> = {
    sudo: t('again.here'),
    secretRefused: t('problems.secretRefused'),
    tooMany: t('problems.tooMany'),
  }
  return { label: t('again.secret'), errors }
}
