import { getLocale, getTranslations } from 'next-intl/server'
import { ShortForm } from '@/components/ui/short-form'
import { env } from '@/lib/env'
import { initialFormState } from '@/lib/forms/state'
import { signInErrorLabels } from '../error-labels'
import { SignInPage, pageTitle } from '../sign-in-page'
import { forgotPasswordAction } from './actions'

type Props = { searchParams: Promise<{ done?: string | string[] }> }

export async function generateMetadata() {
  return pageTitle((await getTranslations('SignIn'))('forgotPassword.title'))
}

/** Has a link sent by which a forgotten password is replaced. */
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
      <ShortForm
        action={forgotPasswordAction.bind(null, locale)}
        state={initialFormState()}
        summary={t('summary')}
        words={{
          ...(await signInErrorLabels()),
          noMail: t('forgotPassword.noMail'),
        }}
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
