import { getLocale, getTranslations } from 'next-intl/server'
import { ShortForm } from '@/components/ui/short-form'
import { findPasswordToken } from '@/lib/auth/password-links'
import { initialFormState } from '@/lib/forms/state'
import { localePath } from '@/lib/i18n/navigation'
import { signInErrorLabels } from '../../error-labels'
import { SignInPage, pageTitle } from '../../sign-in-page'
import { setPasswordAction } from './actions'

type Props = { params: Promise<{ secret: string }> }

export async function generateMetadata() {
  return pageTitle((await getTranslations('SignIn'))('link.title'))
}

/** Where a link leads by which a password is set. */
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
      <ShortForm
        action={setPasswordAction.bind(null, locale, secret)}
        state={initialFormState()}
        summary={t('summary')}
        words={await signInErrorLabels()}
        fields={[
          {
            ...{ name: 'password', label: t('link.password'), hint: t('link.hint') },
            ...{ type: 'password', autoComplete: 'new-password' },
          },
        ]}
        submit={t('link.submit')}
      >
        {/* So that a password manager knows whose it is. */}
        <input type="hidden" name="username" autoComplete="username" value={email} readOnly />
      </ShortForm>
    </SignInPage>
  )
}
