import { getLocale, getTranslations } from 'next-intl/server'
import { notFound } from 'next/navigation'
import { AdminFrame } from '@/components/admin/admin-frame'
import { listUsers, type UserRow } from '@/lib/users/users'
import { isRegion } from '@/lib/geo/regions'
import { languageName } from '@/lib/i18n/language-name'
import { localePath } from '@/lib/i18n/navigation'
import { pageTitle } from '../../sign-in/sign-in-page'
import { requireUser } from '../require-user'

export async function generateMetadata() {
  return pageTitle((await getTranslations('Users'))('title'))
}

/** The list of users. */
export default async function UsersPage() {
  const path = '/admin/people'
  const { actor } = await requireUser(path)
  const people = await listUsers(actor)
  if (people === null) notFound()
  const locale = await getLocale()
  const t = await getTranslations('Users')
  const regions = await getTranslations('Regions')
  const scope = (person: UserRow): string => {
    if (person.role === 'administrator') return t('everything')
    const names = [
      ...person.regions.filter(isRegion).map((region) => regions(region)),
      ...person.organisations.map(({ name }) => name),
      ...person.languages.map((tag) => languageName(locale, tag)),
    ]
    return names.length === 0 ? t('nothing') : names.join(', ')
  }
  const state = ({ disabledAt, hasPassword, hasTwoFactor: hasFactor }: UserRow) => {
    if (disabledAt) return t('state.disabled')
    if (!hasPassword) return t('state.invited')
    return hasFactor ? t('state.ready') : t('state.noTwoFactor')
  }
  return (
    <AdminFrame locale={locale} path={path} title={t('title')} actor={actor}>
      <p>
        {t('lead')} <a href={localePath(locale, '/admin/rights')}>{t('permissions')}</a>
      </p>
      <p className="buttons">
        <a className="button" href={localePath(locale, '/admin/people/new')}>
          {t('invite')}
        </a>
      </p>
      <table className="admin-table">
        <caption>{t('table.caption', { count: people.length })}</caption>
        <thead>
          <tr>
            <th scope="col">{t('table.name')}</th>
            <th scope="col">{t('table.role')}</th>
            <th scope="col">{t('table.scope')}</th>
            <th scope="col">{t('table.state')}</th>
          </tr>
        </thead>
        <tbody>
          {people.map((person) => (
            <tr key={person.id}>
              <th scope="row">
                <a href={localePath(locale, `/admin/people/${person.id}`)}>
                  <bdi>{person.name}</bdi>
                </a>
                <br />
                <small>{person.email}</small>
              </th>
              <td>{t(`roles.${person.role}`)}</td>
              <td>{scope(person)}</td>
              <td>{state(person)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </AdminFrame>
  )
}
