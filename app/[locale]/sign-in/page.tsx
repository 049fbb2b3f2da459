import { getLocale, getTranslations } from 'next-intl/server'
import { headers } from 'next/headers'
import { redirect } from 'next/navigation'
import { ShortForm } from '@/components/ui/short-form'
import { safeReturnTo } from '@/lib/auth/return-to'
import { findFullSession } from '@/lib/auth/session'
import { initialFormState } from '@/lib/forms/state'
import { localePath } from '@/lib/i18n/navigation'
import { signInAction } from './actions'
import { signInErrorLabels } from './error-labels'
import { returnToOrAdmin } from './return-and-cookies'
import { SignInPage, pageTitle, withReturnTo } from './sign-in-page'

type Props = { searchParams: Promise<{ next?: string | string[]; done?: string | string[] }> }

export async function generateMetadata() {
  return pageTitle((await getTranslations('SignIn'))('title'))
}

/** E-mail and password. Whoever is signed in already goes on. */
export default async function SignIn({ searchParams }: Props) {
  const locale = await getLocale()
  const t = await getTranslations('SignIn')
  const { next: given, done } = await searchParams
  const next = safeReturnTo(typeof given === 'string' ? given : null)
  if (await findFullSession(await headers())) redirect(returnToOrAdmin(locale, next))
  const notes = { password: t('done.password'), out: t('done.out') }
  const note = done === 'password' || done === 'out' ? notes[done] : null
  return (
    <SignInPage path={withReturnTo('/sign-in', next)} title={t('title')} lead={t('lead')}>
      {note === null ? null : (
        <p className="done" role="status">
          {note}
        </p>
      )}
      <ShortForm
        action={signInAction.bind(null, locale)}
        state={initialFormState()}
        summary={t('summary')}
        words={await signInErrorLabels()}
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
      >
        {next === null ? null : <input type="hidden" name="next" value={next} />}
      </ShortForm>
      <p>
        <a href={localePath(locale, '/sign-in/forgotten')}>{t('forgotPasswordLink')}</a>
      </p>
    </SignInPage>
  )
}
