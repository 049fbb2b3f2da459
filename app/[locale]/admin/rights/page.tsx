import { getLocale, getTranslations } from 'next-intl/server'
import { notFound } from 'next/navigation'
import { AdminFrame } from '@/components/admin/admin-frame'
import {
  ACTIONS,
  ADMIN_ACTIONS,
  ADMIN_PERMISSIONS,
  canAdmin,
  ROLES,
  PERMISSIONS,
  STATES,
  type Action,
  type Role,
} from '@/lib/permissions/permissions'
import { pageTitle } from '../../sign-in/sign-in-page'
import { requireUser } from '../require-user'
import '../../../styles/sign-in.css'

export async function generateMetadata() {
  return pageTitle((await getTranslations('Users.permissionsPage'))('title'))
}

/** The permissions as a table, generated from the rules that decide. */
export default async function PermissionsPage() {
  const path = '/admin/rights'
  const { actor } = await requireUser(path)
  if (!canAdmin(actor, 'manageUsers')) notFound()
  const locale = await getLocale()
  const t = await getTranslations('Users.permissionsPage')
  const roles = await getTranslations('Users.roles')
  const list = new Intl.ListFormat(locale, { type: 'disjunction' })
  const words = (role: Role, act: Action): string => {
    const rule = PERMISSIONS[role][act]
    if (!rule) return t('never')
    const states = STATES.filter((state) => rule.states.includes(state))
    const everywhere = STATES.filter((state) => state !== 'new').every((state) =>
      rule.states.includes(state),
    )
    const where =
      everywhere || act === 'create'
        ? t('always')
        : t('in', { states: list.format(states.map((state) => t(`stateNames.${state}`))) })
    const fields = rule.fields?.map((field) => t(`fieldNames.${field}`))
    return fields ? `${where}, ${t('fields', { fields: list.format(fields) })}` : where
  }
  // Actions that no role may do belong to programs.
  const acts = ACTIONS.filter((act) => ROLES.some((role) => PERMISSIONS[role][act]))
  const head = (
    <thead>
      <tr>
        <th scope="col">{t('action')}</th>
        {ROLES.map((role) => (
          <th key={role} scope="col">
            {roles(role)}
          </th>
        ))}
      </tr>
    </thead>
  )
  return (
    <AdminFrame locale={locale} path={path} title={t('title')} actor={actor}>
      <p>{t('lead')}</p>
      <table className="admin-table rights">
        <caption className="visually-hidden">{t('title')}</caption>
        {head}
        <tbody>
          {acts.map((act) => (
            <tr key={act}>
              <th scope="row">{t(`actions.${act}`)}</th>
              {ROLES.map((role) => (
                <td key={role} data-role={roles(role)}>
                  {words(role, act)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      <h2>{t('scope.title')}</h2>
      <ul>
        {ROLES.map((role) => (
          <li key={role}>{t(`scope.${role}`)}</li>
        ))}
      </ul>
      <h2>{t('otherActions')}</h2>
      <table className="admin-table rights">
        <caption className="visually-hidden">{t('otherActions')}</caption>
        {head}
        <tbody>
          {ADMIN_ACTIONS.map((act) => (
            <tr key={act}>
              <th scope="row">{t(`adminActions.${act}`)}</th>
              {ROLES.map((role) => (
                <td key={role} data-role={roles(role)}>
                  {ADMIN_PERMISSIONS[role].includes(act) ? t('always') : t('never')}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </AdminFrame>
  )
}
