import { getLocale, getTranslations } from 'next-intl/server'
import { notFound } from 'next/navigation'
import { DeskFrame } from '@/components/admin/admin-frame'
import { PersonForm } from '@/components/admin/user-form'
import { ShortForm } from '@/components/ui/short-form'
import { findPerson, type PersonRow } from '@/lib/users/users'
import { freshForm } from '@/lib/forms/state'
import { localePath } from '@/lib/i18n/navigation'
import { signInTitle } from '../../../sign-in/sign-in-page'
import { requirePerson } from '../../require-user'
import { accountAction, changePersonAction, makeLinkAction } from '../actions'
import { personWords } from '../user-labels'
import '../../../../styles/sign-in.css'

type Props = {
  params: Promise<{ id: string }>
  searchParams: Promise<{ done?: string | string[]; problem?: string | string[] }>
}

export async function generateMetadata() {
  return signInTitle((await getTranslations('People'))('title'))
}

function valuesOf(person: PersonRow) {
  return {
    name: [person.name],
    locale: [person.locale],
    role: [person.role],
    regions: person.regions,
    organisations: [person.organisations.map(({ slug }) => slug).join('\n')],
    languages: [person.languages.join(' ')],
  }
}

/** One person: what they may do, and their account. */
export default async function Person({ params, searchParams }: Props) {
  const { id } = await params
  const path = `/admin/people/${id}`
  const { actor } = await requirePerson(path)
  const person = await findPerson(actor, id)
  if (person === null) notFound()
  const locale = await getLocale()
  const t = await getTranslations('People')
  const { done, problem } = await searchParams
  const words = await personWords('submitChange')
  const notes = new Map([
    ['changed', t('done.changed')],
    ['disabled', t('done.disabled')],
    ['enabled', t('done.enabled')],
    ['factorReset', t('done.factorReset')],
    ['sessionsEnded', t('done.sessionsEnded')],
    ['mailed', t('link.mailed')],
  ])
  const problems = new Map<unknown, string>(Object.entries(words.words))
  const button = (act: string, name: string) => (
    <button className="quiet" name="act" value={act}>
      {name}
    </button>
  )
  return (
    <DeskFrame locale={locale} path={path} title={person.name} actor={actor}>
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

      <h2>{t('person.change')}</h2>
      <PersonForm
        action={changePersonAction.bind(null, locale, id)}
        state={freshForm(valuesOf(person))}
        hasEmail={false}
        {...words}
      />

      <h2>{t('person.account')}</h2>
      {person.disabledAt ? (
        <p>{t('state.disabled')}</p>
      ) : (
        <ShortForm
          action={makeLinkAction.bind(null, locale, id)}
          state={freshForm()}
          summary={t('summary')}
          words={words.words}
          fields={[]}
          submit={t('person.makeLink')}
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
        {person.sessions > 0
          ? button('sessionsEnded', t('person.endSessions', { count: person.sessions }))
          : null}
        {person.hasFactor ? button('factorReset', t('person.resetFactor')) : null}
        {person.disabledAt
          ? button('enabled', t('person.enable'))
          : button('disabled', t('person.disable'))}
      </form>
    </DeskFrame>
  )
}
