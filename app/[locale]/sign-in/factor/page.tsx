import { getLocale, getTranslations } from 'next-intl/server'
import { redirect } from 'next/navigation'
import { encode } from 'uqr'
import { QrCode } from '@/components/ui/qr-code'
import { prepareTwoFactor } from '@/lib/auth/two-factor'
import { safeReturnTo } from '@/lib/auth/return-to'
import { isReauthenticated, findSession } from '@/lib/auth/session'
import { localePath } from '@/lib/i18n/navigation'
import { returnToOrAdmin, headersWithCookies } from '../return-and-cookies'
import { SignInForm, SignInPage, pageTitle, withReturnTo } from '../sign-in-page'
import { enableTwoFactorAction } from './actions'

type Props = { searchParams: Promise<{ next?: string | string[] }> }

export async function generateMetadata() {
  return pageTitle((await getTranslations('SignIn'))('twoFactor.title'))
}

/** Sets up two-factor authentication; roles that require it cannot continue without it. */
export default async function TwoFactorPage({ searchParams }: Props) {
  const locale = await getLocale()
  const t = await getTranslations('SignIn')
  const returnTo = safeReturnTo((await searchParams).next)
  const found = await findSession(await headersWithCookies())
  if (!found) redirect(withReturnTo(localePath(locale, '/sign-in'), returnTo))
  if (!isReauthenticated(found.signedIn)) {
    const here = withReturnTo(localePath(locale, '/sign-in/factor'), returnTo)
    redirect(withReturnTo(localePath(locale, '/sign-in/again'), here))
  }
  const prepared = await prepareTwoFactor(found.signedIn)
  const qr = prepared && encode(prepared.uri)
  const continueTo = returnToOrAdmin(locale, returnTo)
  return (
    <SignInPage
      path={withReturnTo('/sign-in/factor', returnTo)}
      title={t('twoFactor.title')}
      lead={t('twoFactor.lead')}
    >
      {/* The form is rendered after the set-up too, because its answer shows the recovery codes. */}
      {prepared && qr ? (
        <ol className="steps">
          <li>
            <p>{t('twoFactor.app')}</p>
          </li>
          <li>
            <p>{t('twoFactor.scan')}</p>
            <QrCode size={qr.size} dark={qr.data} title={t('twoFactor.qr')} />
            <p>
              {t('twoFactor.type')}{' '}
              <code className="key">{prepared.secret.match(/.{1,4}/g)?.join(' ')}</code>
            </p>
          </li>
          <li>
            <p>{t('twoFactor.then')}</p>
          </li>
        </ol>
      ) : (
        <p className="done" role="status">
          {t('twoFactor.set')}
        </p>
      )}
      <SignInForm
        action={enableTwoFactorAction}
        messages={{ refused: t('errors.codeRefused') }}
        fields={
          prepared
            ? [
                {
                  ...{ name: 'code', label: t('twoFactor.code'), inputMode: 'numeric' },
                  ...{ autoComplete: 'one-time-code', maxLength: 10 },
                },
              ]
            : []
        }
        submit={prepared ? t('twoFactor.submit') : null}
        reveal={{
          ...{ name: 'codes', title: t('recovery.title'), body: t('recovery.body') },
          next: { href: continueTo, name: t('recovery.next') },
        }}
      >
        {prepared ? null : (
          <p>
            <a className="button" href={continueTo}>
              {t('code.submit')}
            </a>
          </p>
        )}
      </SignInForm>
    </SignInPage>
  )
}
