import { getLocale, getTranslations } from 'next-intl/server'
import { headers } from 'next/headers'
import { redirect } from 'next/navigation'
import { ShortForm } from '@/components/ui/short-form'
import { safeReturnTo } from '@/lib/auth/return-to'
import { findSession } from '@/lib/auth/session'
import { initialFormState } from '@/lib/forms/state'
import { localePath } from '@/lib/i18n/navigation'
import { signInErrorLabels } from '../error-labels'
import { SignInPage, pageTitle, withReturnTo } from '../sign-in-page'
import { reauthenticateAction } from './actions'

type Props = { searchParams: Promise<{ next?: string | string[] }> }

export async function generateMetadata() {
  return pageTitle((await getTranslations('SignIn'))('reauth.title'))
}

/** Asks for password or code once more, before a sensitive act. */
export default async function ReauthenticatePage({ searchParams }: Props) {
  const locale = await getLocale()
  const t = await getTranslations('SignIn')
  const { next: given } = await searchParams
  const next = safeReturnTo(typeof given === 'string' ? given : null)
  const found = await findSession(await headers())
  if (!found) redirect(withReturnTo(localePath(locale, '/sign-in'), next))
  return (
    <SignInPage
      path={withReturnTo('/sign-in/again', next)}
      title={t('reauth.title')}
      lead={t('reauth.lead')}
    >
      <ShortForm
        action={reauthenticateAction.bind(null, locale)}
        state={initialFormState()}
        summary={t('summary')}
        words={{ ...(await signInErrorLabels()), refused: t('errors.secretRefused') }}
        fields={[
          {
            ...{ name: 'secret', label: t('reauth.secret'), type: 'password' },
            autoComplete: 'current-password',
          },
        ]}
        submit={t('reauth.submit')}
      >
        {next === null ? null : <input type="hidden" name="next" value={next} />}
      </ShortForm>
    </SignInPage>
  )
}
