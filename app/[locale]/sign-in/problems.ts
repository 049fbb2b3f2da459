import { getTranslations } from 'next-intl/server'
import type { PasswordFault } from '@/lib/auth/password'
import type { SignInRefusal } from '@/lib/auth/sign-in'

type Problem =
  SignInRefusal | PasswordFault | 'missing' | 'noEmail' | 'nobody' | 'sudo' | 'linkGone'

/** The words for everything that can go wrong while somebody says who they are. */
export async function signInProblems(): Promise<Record<Problem, string>> {
  const t = await getTranslations('SignIn.problems')
  return {
    missing: t('missing'),
    noEmail: t('noEmail'),
    refused: t('refused'),
    tooMany: t('tooMany'),
    startAgain: t('startAgain'),
    nobody: t('nobody'),
    sudo: t('sudo'),
    linkGone: t('linkGone'),
    tooShort: t('tooShort'),
    tooLong: t('tooLong'),
    common: t('common'),
    personal: t('personal'),
  }
}
