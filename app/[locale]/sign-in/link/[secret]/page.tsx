import { getLocale, getTranslations } from 'next-intl/server'
import { findPasswordToken } from '@/lib/auth/password-links'
import { localePath } from '@/lib/i18n/navigation'
import { SignInForm, SignInPage, pageTitle } from '../../sign-in-page'
import { setPasswordAction } from './actions'

type Props = { params: Promise<{ secret: string }> }

export async function generateMetadata() {
  return pageTitle((await getTranslations('SignIn'))('link.title'))
}

/** Chooses a password with an e-mailed link. */
export default async function SetPasswordPage({ params }: Props) {
  const locale = await getLocale()
  const t = await getTranslations('SignIn')
  const { secret } = await params
  const link = await findPasswordToken(secret)
  const path = `/sign-in/link/${encodeURIComponent(secret)}`
  if (!link) {
    return (
      <SignInPage path={path} title={t('link.goneTitle')} lead={t('link.gone')}>
        <p>
          <a href={localePath(locale, '/sign-in')}>{t('title')}</a>
        </p>
      </SignInPage>
    )
  }
  const { name, email } = link.user
  return (
    <SignInPage path={path} title={t('link.title')} lead={t('link.for', { name, email })}>
      <SignInForm
        action={setPasswordAction.bind(null, locale, secret)}
        fields={[
          {
            ...{ name: 'password', label: t('link.password'), hint: t('link.hint') },
            ...{ type: 'password', autoComplete: 'new-password' },
          },
        ]}
        submit={t('link.submit')}
      >
        {/* Tells a password manager which account the password is for. */}
        <input type="hidden" name="username" autoComplete="username" value={email} readOnly />
      </SignInForm>
    </SignInPage>
  )
}
