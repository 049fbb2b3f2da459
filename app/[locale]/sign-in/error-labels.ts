import { getTranslations } from 'next-intl/server'
import type { PasswordError } from '@/lib/auth/password'
import type { SignInError } from '@/lib/auth/sign-in'

type SignInErrorCode =
  | SignInError
  | PasswordError
  | 'missing'
  | 'noEmail'
  | 'notSignedIn'
  | 'reauthenticationRequired'
  | 'linkGone'

/** The messages of all errors around signing in, by code. */
export async function signInErrorLabels(): Promise<Record<SignInErrorCode, string>> {
  const t = await getTranslations('SignIn.errors')
  return {
    missing: t('missing'),
    noEmail: t('noEmail'),
    refused: t('refused'),
    tooMany: t('tooMany'),
    restart: t('restart'),
    notSignedIn: t('notSignedIn'),
    reauthenticationRequired: t('reauthenticationRequired'),
    linkGone: t('linkGone'),
    tooShort: t('tooShort'),
    tooLong: t('tooLong'),
    common: t('common'),
    personal: t('personal'),
  }
}
