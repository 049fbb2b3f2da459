import { getLocale, getTranslations } from 'next-intl/server'
import { headers } from 'next/headers'
import { redirect } from 'next/navigation'
import { safeReturnTo } from '@/lib/auth/return-to'
import { hasPendingCode } from '@/lib/auth/sign-in'
import { localePath } from '@/lib/i18n/navigation'
import { SignInForm, SignInPage, pageTitle, withReturnTo } from '../sign-in-page'
import { verifyCodeAction } from './actions'

type Props = { searchParams: Promise<{ next?: string | string[] }> }

export async function generateMetadata() {
  return pageTitle((await getTranslations('SignIn'))('code.title'))
}

/** Asks for a two-factor code after the password. */
export default async function CodePage({ searchParams }: Props) {
  const locale = await getLocale()
  const t = await getTranslations('SignIn')
  const returnTo = safeReturnTo((await searchParams).next)
  const isPending = await hasPendingCode(await headers())
  if (!isPending) redirect(withReturnTo(localePath(locale, '/sign-in'), returnTo))
  return (
    <SignInPage
      path={withReturnTo('/sign-in/code', returnTo)}
      title={t('code.title')}
      lead={t('code.lead')}
    >
      <SignInForm
        action={verifyCodeAction.bind(null, locale)}
        messages={{ refused: t('errors.codeRefused') }}
        fields={[
          {
            ...{ name: 'code', label: t('code.code'), hint: t('code.hint') },
            ...{ autoComplete: 'one-time-code', maxLength: 20 },
          },
        ]}
        submit={t('code.submit')}
        returnTo={returnTo}
      />
    </SignInPage>
  )
}
