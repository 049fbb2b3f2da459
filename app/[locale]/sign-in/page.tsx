import { getLocale, getTranslations } from 'next-intl/server'
import { headers } from 'next/headers'
import { redirect } from 'next/navigation'
import { safeReturnTo } from '@/lib/auth/return-to'
import { findFullSession } from '@/lib/auth/session'
import { localePath } from '@/lib/i18n/navigation'
import { signInAction } from './actions'
import { returnToOrAdmin } from './return-and-cookies'
import { SignInForm, SignInPage, pageTitle, withReturnTo } from './sign-in-page'

type Props = { searchParams: Promise<{ next?: string | string[]; done?: string | string[] }> }

export async function generateMetadata() {
  return pageTitle((await getTranslations('SignIn'))('title'))
}

/** Sign-in by e-mail and password. A user who is already signed in is redirected. */
export default async function SignIn({ searchParams }: Props) {
  const locale = await getLocale()
  const t = await getTranslations('SignIn')
  const { next, done } = await searchParams
  const returnTo = safeReturnTo(next)
  if (await findFullSession(await headers())) redirect(returnToOrAdmin(locale, returnTo))
  const notes = { password: t('done.password'), out: t('done.out') }
  const note = done === 'password' || done === 'out' ? notes[done] : null
  return (
    <SignInPage path={withReturnTo('/sign-in', returnTo)} title={t('title')} lead={t('lead')}>
      {note === null ? null : (
        <p className="done" role="status">
          {note}
        </p>
      )}
      <SignInForm
        action={signInAction.bind(null, locale)}
        fields={[
          {
            ...{ name: 'email', label: t('email'), type: 'email', inputMode: 'email' },
            ...{ autoComplete: 'username', maxLength: 254 },
          },
          {
            ...{ name: 'password', label: t('password'), type: 'password' },
            autoComplete: 'current-password',
          },
        ]}
        submit={t('submit')}
        returnTo={returnTo}
      />
      <p>
        <a href={localePath(locale, '/sign-in/forgotten')}>{t('forgotPasswordLink')}</a>
      </p>
    </SignInPage>
  )
}
