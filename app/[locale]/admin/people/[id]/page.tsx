import { getLocale, getTranslations } from 'next-intl/server'
import { notFound } from 'next/navigation'
import type { ReactNode } from 'react'
import { AdminFrame } from '@/components/admin/admin-frame'
import { UserForm } from '@/components/admin/user-form'
import { ShortForm } from '@/components/ui/short-form'
import { findUser, type UserRow } from '@/lib/users/users'
import { initialFormState } from '@/lib/forms/state'
import { localePath } from '@/lib/i18n/navigation'
import { pageTitle } from '../../../sign-in/sign-in-page'
import { NotDoneYet } from '../../not-done-yet'
import { pathToPressAgain, requireUser } from '../../require-user'
import { accountAction, updateUserAction, createPasswordLinkAction } from '../actions'
import { userLabels } from '../user-labels'
import '../../../../styles/sign-in.css'

type Props = {
  params: Promise<{ id: string }>
  searchParams: Promise<Partial<Record<'done' | 'problem' | 'confirm', string | string[]>>>
}

export async function generateMetadata() {
  return pageTitle((await getTranslations('Users'))('title'))
}

function valuesOf(person: UserRow) {
  return {
    name: [person.name],
    locale: [person.locale],
    role: [person.role],
    regions: person.regions,
    organisations: [person.organisations.map(({ slug }) => slug).join('\n')],
    languages: [person.languages.join(' ')],
  }
}

/** A user: name, role and scope, and their account. */
export default async function UserPage({ params, searchParams }: Props) {
  const { id } = await params
  const path = `/admin/people/${id}`
  const { done, problem, confirm } = await searchParams
  const { actor } = await requireUser(
    typeof confirm === 'string' ? pathToPressAgain(path, confirm) : path,
  )
  const person = await findUser(actor, id)
  if (person === null) notFound()
  const locale = await getLocale()
  const t = await getTranslations('Users')
  const words = await userLabels('submitChange')
  const notes = new Map([
    ['changed', t('done.changed')],
    ['disabled', t('done.disabled')],
    ['enabled', t('done.enabled')],
    ['twoFactorReset', t('done.twoFactorReset')],
    ['sessionsRevoked', t('done.sessionsRevoked')],
    ['mailed', t('link.mailed')],
  ])
  const problems = new Map<unknown, string>(Object.entries(words.messages))
  const acts = await accountActs(person)
  const again = acts.find(({ act }) => act === confirm)
  if (again) {
    return (
      <AdminFrame locale={locale} path={path} title={person.name} actor={actor}>
        <AccountActs
          person={person}
          acts={[again]}
          notice={<NotDoneYet act={again.name} back={path} />}
        />
      </AdminFrame>
    )
  }
  return (
    <AdminFrame locale={locale} path={path} title={person.name} actor={actor}>
      {typeof done === 'string' && notes.has(done) ? (
        <p className="done" role="status">
          {notes.get(done)}
        </p>
      ) : null}
      {problems.has(problem) ? (
        <p className="notice" role="alert">
          {problems.get(problem)}
        </p>
      ) : null}
      <p>{person.email}</p>

      <h2>{t('user.change')}</h2>
      <UserForm
        action={updateUserAction.bind(null, locale, id)}
        state={initialFormState(valuesOf(person))}
        hasEmail={false}
        {...words}
      />

      <h2>{t('user.account')}</h2>
      {person.disabledAt ? <p>{t('state.disabled')}</p> : null}
      <AccountActs person={person} acts={acts} />
    </AdminFrame>
  )
}

/** An act on the account of a user, as `accountAction` knows it, or `link`; and the label of its button. */
type AccountAct = {
  act: 'link' | 'sessionsRevoked' | 'twoFactorReset' | 'disabled' | 'enabled'
  name: string
}

/** What can be done with the account of a user as it is now. */
async function accountActs(person: UserRow): Promise<AccountAct[]> {
  const t = await getTranslations('Users.user')
  const { disabledAt, sessionCount, hasTwoFactor } = person
  const link: AccountAct = { act: 'link', name: t('createLink') }
  const sessions: AccountAct = {
    ...{ act: 'sessionsRevoked', name: t('revokeSessions', { count: sessionCount }) },
  }
  const factor: AccountAct = { act: 'twoFactorReset', name: t('resetTwoFactor') }
  return [
    ...(disabledAt ? [] : [link]),
    ...(sessionCount > 0 ? [sessions] : []),
    ...(hasTwoFactor ? [factor] : []),
    disabledAt ? { act: 'enabled', name: t('enable') } : { act: 'disabled', name: t('disable') },
  ]
}

/** Buttons for acts on the account of a user. */
async function AccountActs({
  person,
  acts,
  notice,
}: {
  person: UserRow
  acts: readonly AccountAct[]
  notice?: ReactNode
}) {
  const locale = await getLocale()
  const t = await getTranslations('Users')
  const { id, name } = person
  const link = acts.find(({ act }) => act === 'link')
  const buttons = acts.filter((other) => other !== link)
  return (
    <>
      {link ? (
        <ShortForm
          action={createPasswordLinkAction.bind(null, locale, id)}
          state={initialFormState()}
          summary={t('summary')}
          messages={(await userLabels('submitChange')).messages}
          fields={[]}
          submit={link.name}
          reveal={{
            ...{ name: 'link', title: t('link.title', { name }), body: t('link.body') },
            next: { href: localePath(locale, `/admin/people/${id}`), name: t('link.back') },
          }}
        >
          {notice}
        </ShortForm>
      ) : (
        notice
      )}
      {buttons.length > 0 ? (
        <form action={accountAction.bind(null, locale, id)} className="buttons">
          {buttons.map(({ act, name: label }) => (
            <button className="quiet" name="act" value={act} key={act}>
              {label}
            </button>
          ))}
        </form>
      ) : null}
    </>
  )
}
