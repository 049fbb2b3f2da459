import { getLocale, getTranslations } from 'next-intl/server'
import type { ReactNode } from 'react'
import { AdminFrame } from '@/components/admin/admin-frame'
import { ShortForm } from '@/components/ui/short-form'
import { countRecoveryCodes } from '@/lib/auth/two-factor'
import { listMySessions, type MySession } from '@/lib/auth/my-sessions'
import { initialFormState } from '@/lib/forms/state'
import { formatDate } from '@/lib/i18n/format-date'
import { localePath } from '@/lib/i18n/navigation'
import { pageTitle } from '../../sign-in/sign-in-page'
import { NotDoneYet } from '../not-done-yet'
import { pathToPressAgain, requireUser } from '../require-user'
import { changePasswordAction, revokeSessionAction, regenerateRecoveryCodesAction } from './actions'
import '../../../styles/sign-in.css'

type Props = {
  searchParams: Promise<{ done?: string | string[]; confirm?: string | string[] }>
}

export async function generateMetadata() {
  return pageTitle((await getTranslations('Account'))('title'))
}

/** The user's own account: sessions, password, two-factor authentication. */
export default async function Account({ searchParams }: Props) {
  const path = '/admin/account'
  const { done, confirm } = await searchParams
  const isAskedAgain = confirm === 'codes'
  const signedIn = await requireUser(isAskedAgain ? pathToPressAgain(path, 'codes') : path)
  const locale = await getLocale()
  const t = await getTranslations('Account')
  const signIn = await getTranslations('SignIn')
  const { actor, user } = signedIn
  const codes = await countRecoveryCodes(signedIn)
  if (isAskedAgain && codes !== null) {
    return (
      <AdminFrame locale={locale} path={path} title={t('title')} actor={actor}>
        <RecoveryCodesForm notice={<NotDoneYet act={t('twoFactor.renew')} back={path} />} />
      </AdminFrame>
    )
  }
  const roles = await getTranslations('Users.roles')
  const sessions = await listMySessions(signedIn)
  const notes = { password: t('password.done'), ended: t('done.ended') }
  return (
    <AdminFrame locale={locale} path={path} title={t('title')} actor={actor}>
      {done === 'password' || done === 'ended' ? (
        <p className="done" role="status">
          {notes[done]}
        </p>
      ) : null}
      <p>{t('who', { name: user.name, email: user.email })}</p>
      <p>{t('role', { role: roles(actor.role) })}</p>

      <h2>{t('sessions.title')}</h2>
      <SessionTable sessions={sessions} />

      <h2>{t('password.title')}</h2>
      <ShortForm
        action={changePasswordAction.bind(null, locale)}
        state={initialFormState()}
        summary={t('summary')}
        messages={{
          refused: t('errors.refused'),
          tooMany: t('errors.tooMany'),
          notSignedIn: t('errors.notSignedIn'),
          tooShort: signIn('errors.tooShort'),
          tooLong: signIn('errors.tooLong'),
          common: signIn('errors.common'),
          personal: signIn('errors.personal'),
        }}
        fields={[
          {
            ...{ name: 'current', label: t('password.current'), type: 'password' },
            autoComplete: 'current-password',
          },
          {
            ...{ name: 'password', label: t('password.new'), type: 'password' },
            ...{ autoComplete: 'new-password', hint: t('password.hint') },
          },
        ]}
        submit={t('password.submit')}
      />

      <h2>{t('twoFactor.title')}</h2>
      {codes === null ? (
        <>
          <p>{t('twoFactor.none')}</p>
          <p>
            <a
              className="button"
              href={localePath(locale, `/sign-in/factor?next=${localePath(locale, path)}`)}
            >
              {t('twoFactor.setUp')}
            </a>
          </p>
        </>
      ) : (
        <>
          <p>{t('twoFactor.left', { count: codes })}</p>
          <RecoveryCodesForm />
        </>
      )}
    </AdminFrame>
  )
}

/** Replaces the recovery codes, and shows the new ones once. */
async function RecoveryCodesForm({ notice }: { notice?: ReactNode }) {
  const locale = await getLocale()
  const t = await getTranslations('Account')
  const signIn = await getTranslations('SignIn')
  return (
    <ShortForm
      action={regenerateRecoveryCodesAction.bind(null, locale)}
      state={initialFormState()}
      summary={t('summary')}
      messages={{
        notSignedIn: t('errors.notSignedIn'),
        noTwoFactor: t('errors.noTwoFactor'),
      }}
      fields={[]}
      submit={t('twoFactor.renew')}
      reveal={{
        ...{ name: 'codes', title: signIn('recovery.title'), body: signIn('recovery.body') },
        next: { href: localePath(locale, '/admin/account'), name: signIn('recovery.next') },
      }}
    >
      {notice}
      <p>{t('twoFactor.renewHint')}</p>
    </ShortForm>
  )
}

/** The user's sessions, with buttons that end one of them or all others. */
async function SessionTable({ sessions }: { sessions: readonly MySession[] }) {
  const locale = await getLocale()
  const t = await getTranslations('Account')
  const end = revokeSessionAction.bind(null, locale)
  return (
    <>
      <table className="admin-table">
        <caption className="visually-hidden">{t('sessions.caption')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('sessions.browser')}</th>
            <th scope="col">{t('sessions.since')}</th>
            <th scope="col">{t('sessions.used')}</th>
            <th scope="col">
              <span className="visually-hidden">{t('sessions.end')}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {sessions.map(({ id, browser, createdAt, lastUsedAt, isCurrent }) => (
            <tr key={id}>
              <th scope="row">
                {browser ?? t('sessions.unknown')}
                {isCurrent ? ` (${t('sessions.this')})` : ''}
              </th>
              <td>{formatDate(locale, createdAt.toISOString())}</td>
              <td>{formatDate(locale, lastUsedAt.toISOString())}</td>
              <td>
                {isCurrent ? null : (
                  <form action={end}>
                    <button className="as-link" name="session" value={id}>
                      {t('sessions.end')}
                    </button>
                  </form>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {sessions.length > 1 ? (
        <form action={end} className="buttons">
          <button className="quiet" name="session" value="others">
            {t('sessions.endOthers')}
          </button>
        </form>
      ) : null}
    </>
  )
}
