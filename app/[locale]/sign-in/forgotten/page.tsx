import { getLocale, getTranslations } from 'next-intl/server'
import { env } from '@/lib/env'
import { SignInForm, SignInPage, pageTitle } from '../sign-in-page'
import { forgotPasswordAction } from './actions'

type Props = { searchParams: Promise<{ done?: string | string[] }> }

export async function generateMetadata() {
  return pageTitle((await getTranslations('SignIn'))('forgotPassword.title'))
}

/** Requests a link for choosing a new password. */
export default async function ForgotPasswordPage({ searchParams }: Props) {
  const locale = await getLocale()
  const t = await getTranslations('SignIn')
  const path = '/sign-in/forgotten'
  const title = t('forgotPassword.title')
  if (env.SMTP_URL === null) {
    return (
      <SignInPage path={path} title={title}>
        <p>{t('forgotPassword.noMail')}</p>
      </SignInPage>
    )
  }
  if ((await searchParams).done === 'sent') {
    return (
      <SignInPage path={path} title={title}>
        <p className="done" role="status">
          {t('forgotPassword.sent')}
        </p>
      </SignInPage>
    )
  }
  return (
    <SignInPage path={path} title={title} lead={t('forgotPassword.lead')}>
      <SignInForm
        action={forgotPasswordAction.bind(null, locale)}
        messages={{ noMail: t('forgotPassword.noMail') }}
        fields={[
          {
            ...{ name: 'email', label: t('email'), type: 'email', inputMode: 'email' },
            ...{ autoComplete: 'username', maxLength: 254 },
          },
        ]}
        submit={t('forgotPassword.submit')}
      />
    </SignInPage>
  )
}
