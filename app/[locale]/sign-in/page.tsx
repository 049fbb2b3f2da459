import { getLocale, getTranslations } from 'next-intl/server'
import { headers } from 'next/headers'
import { redirect } from 'next/navigation'
import { ShortForm } from '@/components/ui/short-form'
import { nextAddress } from '@/lib/auth/return-to'
import { readSession } from '@/lib/auth/session'
import { freshForm } from '@/lib/forms/state'
import { localePath } from '@/lib/i18n/navigation'
import { signInAction } from './actions'
import { signInProblems } from './problems'
import { afterwards } from './request'
import { SignInPage, signInTitle, withNext } from './sign-in-page'

type Props = { searchParams: Promise<{ next?: string | string[]; done?: string | string[] }> }

export async function generateMetadata() {
  return signInTitle((await getTranslations('SignIn'))('title'))
}

/** E-mail and password. Whoever is signed in already goes on. */
export default async function SignIn({ searchParams }: Props) {
  const locale = await getLocale()
  const t = await getTranslations('SignIn')
  const { next: given, done } = await searchParams
  const next = nextAddress(typeof given === 'string' ? given : null)
  if (await readSession(await headers())) redirect(afterwards(locale, next))
  const notes = { password: t('done.password'), out: t('done.out') }
  const note = done === 'password' || done === 'out' ? notes[done] : null
  return (
    <SignInPage path={withNext('/sign-in', next)} title={t('title')} lead={t('lead')}>
      {note === null ? null : (
        <p className="done" role="status">
          {note}
        </p>
      )}
      <ShortForm
        action={signInAction.bind(null, locale)}
        state={freshForm()}
        summary={t('summary')}
        words={await signInProblems()}
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
        <a href={localePath(locale, '/sign-in/forgotten')}>{t('forgottenLink')}</a>
      </p>
    </SignInPage>
  )
}
