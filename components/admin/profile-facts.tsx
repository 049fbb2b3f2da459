import { getTranslations } from 'next-intl/server'
import { Field } from '@/components/ui/field'
import { firstValue, type FormState } from '@/lib/forms/state'
import { localePath } from '@/lib/i18n/navigation'
import type { Locale } from '@/lib/i18n/routing'
import { COUNTRIES, isCountry } from '@/lib/geo/countries'
import { MAX_SUGGESTIONS } from '@/lib/geo/parse-country'
import { REGIONS, isRegion } from '@/lib/geo/regions'
import { suggestRegion } from '@/lib/geo/suggest-region'
import { CHECKED, REGION_FROM_COUNTRY, isChecked } from '@/lib/editing/profile-form'
import type { Conflict } from '@/lib/editing/merge'
import { CheckboxPresence } from './answer-editor'
import { FieldConflict } from './conflict-notice'
import { CountryCombobox } from './country-combobox'
import { FormField } from './form-field'

type ProfileFactsProps = {
  locale: Locale
  values: FormState['values']
  /** Error messages by the name of the field. */
  messages: Readonly<Record<string, string>>
  conflicts: readonly Conflict[]
  hasRegionConfirmation: boolean
}

/** Name, other names, country and region. */
export function ProfileFacts(props: ProfileFactsProps) {
  return (
    <div className="facts-section">
      <NameFields {...props} />
      <CountryFields {...props} />
      <RegionFields {...props} />
    </div>
  )
}

async function NameFields({ values, messages, conflicts }: ProfileFactsProps) {
  const t = await getTranslations('Admin.form')
  return (
    <>
      <FieldConflict field="name" conflicts={conflicts} />
      <Field
        label={t('name')}
        name="name"
        dir="auto"
        value={firstValue(values, 'name')}
        error={messages['name']}
      />
      <FormField
        id="aliases"
        label={t('aliases')}
        hint={t('aliasesHint')}
        error={messages['aliases']}
        notice={<FieldConflict field="aliases" conflicts={conflicts} />}
      >
        <textarea
          id="aliases"
          name="aliases"
          rows={2}
          dir="auto"
          defaultValue={firstValue(values, 'aliases')}
          aria-describedby="aliases-hint"
        />
      </FormField>
    </>
  )
}

async function CountryFields({ locale, values, messages, conflicts }: ProfileFactsProps) {
  const t = await getTranslations()
  const nameOf = (code: string) => (isCountry(code) ? t(`Countries.${code}`) : code)
  const collator = new Intl.Collator(locale)
  const countries = COUNTRIES.map((code) => ({ code, name: nameOf(code) })).sort((a, b) =>
    collator.compare(a.name, b.name),
  )
  return (
    <>
      <FormField
        id="country"
        label={t('Admin.form.country')}
        error={messages['country']}
        notice={<FieldConflict field="country" conflicts={conflicts} show={nameOf} />}
      >
        <select id="country" name="country" defaultValue={firstValue(values, 'country')}>
          <option value="">{t('Admin.form.noCountry')}</option>
          {countries.map(({ code, name }) => (
            <option key={code} value={code}>
              {name}
            </option>
          ))}
        </select>
      </FormField>
      <CountryCombobox
        label={t('Admin.form.countryName')}
        name="countryName"
        hint={t('Admin.form.countryNameHint')}
        value={firstValue(values, 'countryName')}
        error={messages['countryName']}
        address={localePath(locale, '/admin/countries')}
        counts={Array.from({ length: MAX_SUGGESTIONS + 1 }, (_, count) =>
          t('Admin.form.countriesFound', { count }),
        )}
      />
    </>
  )
}

async function RegionFields(props: ProfileFactsProps) {
  const { values, messages, conflicts, hasRegionConfirmation } = props
  const t = await getTranslations()
  const country = firstValue(values, 'country')
  const suggested = isCountry(country) ? suggestRegion(country) : null
  const nameOf = (code: string) => (isRegion(code) ? t(`Regions.${code}`) : code)
  return (
    <FormField
      id="region"
      label={t('Admin.form.region')}
      hint={
        suggested === null
          ? t('Admin.form.regionNotSuggested')
          : t('Admin.form.regionSuggested', { region: nameOf(suggested) })
      }
      error={messages['region']}
      notice={<FieldConflict field="region" conflicts={conflicts} show={nameOf} />}
    >
      <select
        id="region"
        name="region"
        defaultValue={firstValue(values, 'region')}
        aria-describedby="region-hint"
      >
        <option value="">{t('Admin.form.noRegion')}</option>
        <option value={REGION_FROM_COUNTRY}>{t('Admin.form.regionOfCountry')}</option>
        {REGIONS.map((region) => (
          <option key={region} value={region}>
            {nameOf(region)}
          </option>
        ))}
      </select>
      {hasRegionConfirmation ? (
        <label className="choice-option">
          <CheckboxPresence name="regionConfirmed" />
          <input
            type="checkbox"
            name="regionConfirmed"
            value={CHECKED}
            defaultChecked={isChecked(values, 'regionConfirmed')}
          />
          <span>{t('Admin.form.regionConfirmed')}</span>
        </label>
      ) : null}
    </FormField>
  )
}
