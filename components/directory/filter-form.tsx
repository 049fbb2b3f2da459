import { getTranslations } from 'next-intl/server'
import { SORTS, type Filters } from '@/lib/directory/filters'
import { languageName } from '@/lib/i18n/language-name'
import { localePath } from '@/lib/i18n/navigation'
import type { Locale } from '@/lib/i18n/routing'
import type { Country } from '@/lib/geo/countries'
import { isCountry } from '@/lib/geo/countries'
import { REGIONS, type Region } from '@/lib/geo/regions'
import { PRIORITY_AREAS, type PriorityArea } from '@/lib/organisations/schema'

type FilterFormProps = {
  locale: Locale
  filters: Filters
  /** How many organisations each choice would leave. */
  choices: {
    regions: Record<Region, number>
    countries: { country: Country; count: number }[]
    areas: Record<PriorityArea, number>
    languages: { language: string; count: number }[]
  }
}

/** The one form of the list; what it sends is the address of the list. */
export async function FilterForm({ locale, filters, choices }: FilterFormProps) {
  const t = await getTranslations()
  const inOrder = new Intl.Collator(locale)
  const countries = withChosen(
    choices.countries.map(({ country, count }) => ({ code: country, count })),
    filters.country !== null && isCountry(filters.country) ? filters.country : null,
  )
    .map(({ code, count }) => ({ code, count, name: t(`Countries.${code}`) }))
    .sort((a, b) => inOrder.compare(a.name, b.name))
  const languages = withChosen(
    choices.languages.map(({ language, count }) => ({ code: language, count })),
    filters.lang,
  ).map(({ code, count }) => ({ code, count, name: languageName(locale, code) }))
  const inUse = [filters.region, filters.country, filters.lang, ...filters.areas].filter(Boolean)
  const option = ({ code, name, count }: { code: string; name: string; count: number }) => (
    <option key={code} value={code}>
      {t('Directory.choice', { name, count })}
    </option>
  )
  return (
    <search>
      <form className="filters" method="get" action={localePath(locale, '/organisations')}>
        <label htmlFor="q">{t('Directory.searchLabel')}</label>
        <div className="field">
          <input
            id="q"
            name="q"
            type="search"
            maxLength={200}
            defaultValue={filters.q}
            aria-describedby="q-hint"
          />
          <button>{t('Site.search')}</button>
        </div>
        <small id="q-hint">{t('Directory.searchHint')}</small>
        <details>
          <summary>{t('Directory.filtersActive', { count: inUse.length })}</summary>
          <fieldset>
            <legend>{t('Directory.region')}</legend>
            <label className="choice">
              <input type="radio" name="region" value="" defaultChecked={filters.region === null} />
              <span>{t('Directory.allRegions')}</span>
            </label>
            {REGIONS.map((region) => (
              <label className="choice" key={region}>
                <input
                  type="radio"
                  name="region"
                  value={region}
                  defaultChecked={filters.region === region}
                />
                <span>{t(`Regions.${region}`)}</span>
                <b>{choices.regions[region]}</b>
              </label>
            ))}
          </fieldset>
          <label htmlFor="country">{t('Directory.country')}</label>
          <select id="country" name="country" defaultValue={filters.country ?? ''}>
            <option value="">{t('Directory.allCountries')}</option>
            {countries.map(option)}
          </select>
          <fieldset>
            <legend>{t('Directory.areas')}</legend>
            <small>{t('Directory.areasHint')}</small>
            {PRIORITY_AREAS.map((area) => (
              <label className="choice" key={area}>
                <input
                  type="checkbox"
                  name="area"
                  value={area}
                  defaultChecked={filters.areas.includes(area)}
                />
                <span>{t(`Directory.areasShort.${area}`)}</span>
                <b>{choices.areas[area]}</b>
              </label>
            ))}
          </fieldset>
          <label htmlFor="lang">{t('Directory.language')}</label>
          <select id="lang" name="lang" defaultValue={filters.lang ?? ''}>
            <option value="">{t('Directory.allLanguages')}</option>
            {languages.map(option)}
          </select>
          <label htmlFor="sort">{t('Directory.sort')}</label>
          <select id="sort" name="sort" defaultValue={selectedSort(filters)}>
            <option value="">{t('Directory.sortRelevance')}</option>
            {SORTS.map((sort) => (
              <option key={sort} value={sort}>
                {t(sort === 'name' ? 'Directory.sortName' : 'Directory.sortNewest')}
              </option>
            ))}
          </select>
          <button>{t('Directory.submit')}</button>
        </details>
      </form>
    </search>
  )
}

/** Without a search the best first is the order by name: whoever adds words then gets the best first. */
function selectedSort({ q, sort }: Filters): string {
  return sort === 'relevance' || (q === '' && sort === 'name') ? '' : sort
}

/** A choice that is made stays on offer, also where nothing is left of it. */
function withChosen<T extends string>(
  choices: { code: T; count: number }[],
  chosen: T | null,
): { code: T; count: number }[] {
  if (chosen === null || choices.some(({ code }) => code === chosen)) return choices
  return [...choices, { code: chosen, count: 0 }]
}
