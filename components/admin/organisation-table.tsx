import { getTranslations } from 'next-intl/server'
import { localePath } from '@/lib/i18n/navigation'
import type { Locale } from '@/lib/i18n/routing'
import { isCountry } from '@/lib/geo/countries'
import type { AdminListEntry } from '@/lib/admin/filters'
import { CompletenessBar } from './completeness-bar'

type OrganisationTableProps = {
  locale: Locale
  organisations: readonly AdminListEntry[]
  /** Whether several can be chosen, to be hidden or listed together. */
  choosable: boolean
}

/** Organisations as a table: where they stand, how far they are written, who has them open. */
export async function OrganisationTable({
  locale,
  organisations,
  choosable,
}: OrganisationTableProps) {
  const t = await getTranslations()
  return (
    <form method="get" action={localePath(locale, '/admin/organisations/change')}>
      <table className="admin-table">
        <thead>
          <tr>
            {choosable ? <th scope="col">{t('Admin.overview.choice')}</th> : null}
            <th scope="col">{t('Admin.overview.name')}</th>
            <th scope="col">{t('Admin.overview.place')}</th>
            <th scope="col">{t('Admin.overview.written')}</th>
            <th scope="col">{t('Admin.overview.state')}</th>
          </tr>
        </thead>
        <tbody>
          {organisations.map((one) => (
            <tr key={one.id}>
              {choosable ? (
                <td className="chooser">
                  <input
                    type="checkbox"
                    name="id"
                    value={one.id}
                    aria-label={t('Admin.overview.choose', { name: one.name })}
                  />
                </td>
              ) : null}
              <th scope="row">
                <a href={localePath(locale, `/admin/organisations/${one.id}`)} dir="auto">
                  {one.name}
                </a>
                {one.editors.map(({ name, role, minutes }, index) => (
                  <small key={index}>
                    {t('Admin.overview.openedBy', {
                      name: name ?? t(`Admin.someoneOf.${role}`),
                      minutes,
                    })}
                  </small>
                ))}
              </th>
              <td>
                {one.country !== null && isCountry(one.country)
                  ? t(`Countries.${one.country}`)
                  : t('Admin.overview.noCountry')}
                <small>
                  {one.region === null ? t('Admin.overview.noRegion') : t(`Regions.${one.region}`)}
                  {one.regionSuggested && one.region !== null
                    ? ` · ${t('Admin.overview.toConfirm')}`
                    : ''}
                </small>
              </td>
              <td>
                {one.completeness.map((completeness) => (
                  <CompletenessBar
                    key={completeness.language}
                    locale={locale}
                    completeness={completeness}
                  />
                ))}
              </td>
              <td className={`state ${one.status}`}>{t(`Admin.state.${one.status}`)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {choosable ? (
        <p className="buttons">
          <span>{t('Admin.overview.withChosen')}</span>
          <button className="quiet" name="act" value="hide">
            {t('Admin.overview.hideChosen')}
          </button>
          <button className="quiet" name="act" value="list">
            {t('Admin.overview.listChosen')}
          </button>
        </p>
      ) : null}
    </form>
  )
}
