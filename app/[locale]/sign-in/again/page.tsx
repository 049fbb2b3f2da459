import { getLocale, getTranslations } from 'next-intl/server'
import { headers } from 'next/headers'
import { redirect } from 'next/navigation'
import { safeReturnTo } from '@/lib/auth/return-to'
import { findSession } from '@/lib/auth/session'
import { localePath } from '@/lib/i18n/navigation'
import { SignInForm, SignInPage, pageTitle, withReturnTo } from '../sign-in-page'
import { reauthenticateAction } from './actions'

type Props = { searchParams: Promise<{ next?: string | string[] }> }

export async function generateMetadata() {
  return pageTitle((await getTranslations('SignIn'))('reauth.title'))
}

/** Re-authentication by password or code before a sensitive action. */
export default async function ReauthenticatePage({ searchParams }: Props) {
  const locale = await getLocale()
  const t = await getTranslations('SignIn')
  const returnTo = safeReturnTo((await searchParams).next)
  const session = await findSession(await headers())
  if (!session) redirect(withReturnTo(localePath(locale, '/sign-in'), returnTo))
  return (
    <SignInPage
      path={withReturnTo('/sign-in/again', returnTo)}
      title={t('reauth.title')}
      lead={t('reauth.lead')}
    >
      <SignInForm
        action={reauthenticateAction.bind(null, locale)}
        messages={{ refused: t('errors.secretRefused') }}
        fields={[
          {
            ...{ name: 'secret', label: t('reauth.secret'), type: 'password' },
            autoComplete: 'current-password',
          },
        ]}
        submit={t('reauth.submit')}
        returnTo={returnTo}
      />
    </SignInPage>
  )
}
