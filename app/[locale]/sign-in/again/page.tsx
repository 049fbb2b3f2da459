import { getLocale, getTranslations } from 'next-intl/server'
import { headers } from 'next/headers'
import { redirect } from 'next/navigation'
import { ShortForm } from '@/components/ui/short-form'
import { nextAddress } from '@/lib/auth/return-to'
import { readSignIn } from '@/lib/auth/session'
import { freshForm } from '@/lib/forms/state'
import { localePath } from '@/lib/i18n/navigation'
import { signInProblems } from '../problems'
import { SignInPage, signInTitle, withNext } from '../sign-in-page'
import { againAction } from './actions'

type Props = { searchParams: Promise<{ next?: string | string[] }> }

export async function generateMetadata() {
  return signInTitle((await getTranslations('SignIn'))('again.title'))
}

/** Asks for password or code once more, before a sensitive act. */
export default async function Again({ searchParams }: Props) {
  const locale = await getLocale()
  const t = await getTranslations('SignIn')
  const { next: given } = await searchParams
  const next = nextAddress(typeof given === 'string' ? given : null)
  const found = await readSignIn(await headers())
  if (!found) redirect(withNext(localePath(locale, '/sign-in'), next))
  return (
    <SignInPage
      path={withNext('/sign-in/again', next)}
      title={t('again.title')}
      lead={t('again.lead')}
    >
      <ShortForm
        action={againAction.bind(null, locale)}
        state={freshForm()}
        summary={t('summary')}
        words={{ ...(await signInProblems()), refused: t('problems.secretRefused') }}
        fields={[
          {
            ...{ name: 'secret', label: t('again.secret'), type: 'password' },
            autoComplete: 'current-password',
          },
        ]}
        submit={t('again.submit')}
      >
        {next === null ? null : <input type="hidden" name="next" value={next} />}
      </ShortForm>
    </SignInPage>
  )
}
