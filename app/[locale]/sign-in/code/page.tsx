import { getLocale, getTranslations } from 'next-intl/server'
import { headers } from 'next/headers'
import { redirect } from 'next/navigation'
import { ShortForm } from '@/components/ui/short-form'
import { safeReturnTo } from '@/lib/auth/return-to'
import { hasPendingCode } from '@/lib/auth/sign-in'
import { initialFormState } from '@/lib/forms/state'
import { localePath } from '@/lib/i18n/navigation'
import { signInErrorLabels } from '../error-labels'
import { SignInPage, pageTitle, withReturnTo } from '../sign-in-page'
import { verifyCodeAction } from './actions'

type Props = { searchParams: Promise<{ next?: string | string[] }> }

export async function generateMetadata() {
  return pageTitle((await getTranslations('SignIn'))('code.title'))
}

/** The code of an authenticator, after the password. */
export default async function CodePage({ searchParams }: Props) {
  const locale = await getLocale()
  const t = await getTranslations('SignIn')
  const { next: given } = await searchParams
  const next = safeReturnTo(typeof given === 'string' ? given : null)
  const isAwaited = await hasPendingCode(await headers())
  if (!isAwaited) redirect(withReturnTo(localePath(locale, '/sign-in'), next))
  return (
    <SignInPage
      path={withReturnTo('/sign-in/code', next)}
      title={t('code.title')}
      lead={t('code.lead')}
    >
      <ShortForm
        action={verifyCodeAction.bind(null, locale)}
        state={initialFormState()}
        summary={t('summary')}
        words={{ ...(await signInErrorLabels()), refused: t('errors.codeRefused') }}
        fields={[
          {
            ...{ name: 'code', label: t('code.code'), hint: t('code.hint') },
            ...{ autoComplete: 'one-time-code', maxLength: 20 },
          },
        ]}
        submit={t('code.submit')}
      >
        {next === null ? null : <input type="hidden" name="next" value={next} />}
      </ShortForm>
    </SignInPage>
  )
}
