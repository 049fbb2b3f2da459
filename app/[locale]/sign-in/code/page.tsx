import { getLocale, getTranslations } from 'next-intl/server'
import { headers } from 'next/headers'
import { redirect } from 'next/navigation'
import { ShortForm } from '@/components/ui/short-form'
import { nextAddress } from '@/lib/auth/return-to'
import { isCodeAwaited } from '@/lib/auth/sign-in'
import { freshForm } from '@/lib/forms/state'
import { localePath } from '@/lib/i18n/navigation'
import { signInProblems } from '../problems'
import { SignInPage, signInTitle, withNext } from '../sign-in-page'
import { codeAction } from './actions'

type Props = { searchParams: Promise<{ next?: string | string[] }> }

export async function generateMetadata() {
  return signInTitle((await getTranslations('SignIn'))('code.title'))
}

/** The code of an authenticator, after the password. */
export default async function Code({ searchParams }: Props) {
  const locale = await getLocale()
  const t = await getTranslations('SignIn')
  const { next: given } = await searchParams
  const next = nextAddress(typeof given === 'string' ? given : null)
  const isAwaited = await isCodeAwaited(await headers())
  if (!isAwaited) redirect(withNext(localePath(locale, '/sign-in'), next))
  return (
    <SignInPage
      path={withNext('/sign-in/code', next)}
      title={t('code.title')}
      lead={t('code.lead')}
    >
      <ShortForm
        action={codeAction.bind(null, locale)}
        state={freshForm()}
        summary={t('summary')}
        words={{ ...(await signInProblems()), refused: t('problems.codeRefused') }}
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
