import { getLocale, getTranslations } from 'next-intl/server'
import { notFound } from 'next/navigation'
import { DeskFrame } from '@/components/admin/admin-frame'
import {
  ACTS,
  DESK_ACTS,
  DESK_RULES,
  mayAtDesk,
  ROLES,
  RULES,
  STATES,
  type Act,
  type Role,
} from '@/lib/permissions/permissions'
import { signInTitle } from '../../sign-in/sign-in-page'
import { requirePerson } from '../require-user'
import '../../../styles/sign-in.css'

export async function generateMetadata() {
  return signInTitle((await getTranslations('People.rightsPage'))('title'))
}

/** The table of rights in words, from the rules that decide. */
export default async function Rights() {
  const path = '/admin/rights'
  const { actor } = await requirePerson(path)
  if (!mayAtDesk(actor, 'managePeople')) notFound()
  const locale = await getLocale()
  const t = await getTranslations('People.rightsPage')
  const roles = await getTranslations('People.roles')
  const list = new Intl.ListFormat(locale, { type: 'disjunction' })
  const words = (role: Role, act: Act): string => {
    const rule = RULES[role][act]
    if (!rule) return t('never')
    const states = STATES.filter((state) => rule.in.includes(state))
    const everywhere = STATES.filter((state) => state !== 'new').every((state) =>
      rule.in.includes(state),
    )
    const where =
      everywhere || act === 'create'
        ? t('always')
        : t('in', { states: list.format(states.map((state) => t(`stateNames.${state}`))) })
    const fields = rule.fields?.map((field) => t(`fieldNames.${field}`))
    return fields ? `${where}, ${t('fields', { fields: list.format(fields) })}` : where
  }
  // What no person may do is a program's.
  const acts = ACTS.filter((act) => ROLES.some((role) => RULES[role][act]))
  const head = (
    <thead>
      <tr>
        <th scope="col">{t('act')}</th>
        {ROLES.map((role) => (
          <th key={role} scope="col">
            {roles(role)}
          </th>
        ))}
      </tr>
    </thead>
  )
  return (
    <DeskFrame locale={locale} path={path} title={t('title')} actor={actor}>
      <p>{t('lead')}</p>
      <table className="desk-table rights">
        <caption className="unseen">{t('title')}</caption>
        {head}
        <tbody>
          {acts.map((act) => (
            <tr key={act}>
              <th scope="row">{t(`acts.${act}`)}</th>
              {ROLES.map((role) => (
                <td key={role} data-role={roles(role)}>
                  {words(role, act)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      <h2>{t('reach.title')}</h2>
      <ul>
        {ROLES.map((role) => (
          <li key={role}>{t(`reach.${role}`)}</li>
        ))}
      </ul>
      <h2>{t('desk')}</h2>
      <table className="desk-table rights">
        <caption className="unseen">{t('desk')}</caption>
        {head}
        <tbody>
          {DESK_ACTS.map((act) => (
            <tr key={act}>
              <th scope="row">{t(`deskActs.${act}`)}</th>
              {ROLES.map((role) => (
                <td key={role} data-role={roles(role)}>
                  {DESK_RULES[role].includes(act) ? t('always') : t('never')}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </DeskFrame>
  )
}
