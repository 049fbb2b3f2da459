import { getLocale, getTranslations } from 'next-intl/server'
import { notFound } from 'next/navigation'
import { AdminFrame } from '@/components/admin/admin-frame'
import { UserForm } from '@/components/admin/user-form'
import { ShortForm } from '@/components/ui/short-form'
import { findUser, type UserRow } from '@/lib/users/users'
import { initialFormState } from '@/lib/forms/state'
import { localePath } from '@/lib/i18n/navigation'
import { pageTitle } from '../../../sign-in/sign-in-page'
import { requireUser } from '../../require-user'
import { accountAction, updateUserAction, createPasswordLinkAction } from '../actions'
import { userLabels } from '../user-labels'
import '../../../../styles/sign-in.css'

type Props = {
  params: Promise<{ id: string }>
  searchParams: Promise<{ done?: string | string[]; problem?: string | string[] }>
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
  const { actor } = await requireUser(path)
  const person = await findUser(actor, id)
  if (person === null) notFound()
  const locale = await getLocale()
  const t = await getTranslations('Users')
  const { done, problem } = await searchParams
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
  const button = (act: string, name: string) => (
    <button className="quiet" name="act" value={act}>
      {name}
    </button>
  )
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
      {person.disabledAt ? (
        <p>{t('state.disabled')}</p>
      ) : (
        <ShortForm
          action={createPasswordLinkAction.bind(null, locale, id)}
          state={initialFormState()}
          summary={t('summary')}
          messages={words.messages}
          fields={[]}
          submit={t('user.createLink')}
          reveal={{
            ...{
              name: 'link',
              title: t('link.title', { name: person.name }),
              body: t('link.body'),
            },
            next: { href: localePath(locale, path), name: t('link.back') },
          }}
        />
      )}
      <form action={accountAction.bind(null, locale, id)} className="buttons">
        {person.sessionCount > 0
          ? button('sessionsRevoked', t('user.revokeSessions', { count: person.sessionCount }))
          : null}
        {person.hasTwoFactor ? button('twoFactorReset', t('user.resetTwoFactor')) : null}
        {person.disabledAt
          ? button('enabled', t('user.enable'))
          : button('disabled', t('user.disable'))}
      </form>
    </AdminFrame>
  )
}
