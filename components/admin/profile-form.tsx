import { getTranslations } from 'next-intl/server'
import { ErrorSummary } from '@/components/ui/error-summary'
import { Field } from '@/components/ui/field'
import { firstValue, type FormState } from '@/lib/forms/state'
import { languageName } from '@/lib/i18n/language-name'
import { localePath } from '@/lib/i18n/navigation'
import type { Locale } from '@/lib/i18n/routing'
import { COUNTRIES, isCountry } from '@/lib/geo/countries'
import { MAX_SUGGESTIONS } from '@/lib/geo/parse-country'
import { REGIONS, isRegion, type Region } from '@/lib/geo/regions'
import { suggestRegion } from '@/lib/geo/suggest-region'
import type { FormMode } from '@/lib/editing/form-mode'
import {
  REGION_FROM_COUNTRY,
  FORM_LANGUAGES,
  CHECKED,
  checkedAreas,
  isChecked,
  languagesInForm,
  type ProfileFieldError,
} from '@/lib/editing/profile-form'
import type { Conflict } from '@/lib/editing/merge'
import {
  CONTACT_KINDS,
  PRIORITY_AREAS,
  QUESTIONS,
  type Question,
  type Status,
} from '@/lib/organisations/schema'
import { CheckboxPresence, type SourceChange } from './answer-editor'
import { ConflictNotice } from './conflict-notice'
import { CountryCombobox } from './country-combobox'
import { HiddenInput } from './hidden-input'
import { SubmitWithFetch } from './submit-with-fetch'
import { LanguageOptions } from './language-options'
import { QuestionCard } from './question-card'

type ProfileFormProps = {
  locale: Locale
  mode: Exclude<FormMode, 'read'>
  /** Where the form is sent, with the language. */
  address: string
  /** Null for a new profile. */
  profile: { version: number | null; status?: Status; slug?: string } | null
  /**
   * Which profile, what the form is known by when it is sent, and the number of the kept one that it
   * goes on with; null for somebody without an account, for whom nothing is kept.
   */
  control: { id: string; form: string; keeper: string; follows: string } | null
  values: FormState['values']
  errors: readonly ProfileFieldError[]
  /** Why the form was not saved, in words, beside what is wrong with a field. */
  refusal: string | null
  conflicts: readonly Conflict[]
  since: readonly SourceChange[]
}

const FORM = 'profile-form'

/** A profile as a document that is being edited: both languages of every question on one sheet. */
export async function ProfileForm(props: ProfileFormProps) {
  const {
    locale,
    mode,
    address,
    profile,
    control,
    values,
    errors: faults,
    refusal,
    conflicts,
    since,
  } = props
  const t = await getTranslations()
  const isWhole = mode !== 'translate'
  const errorOf = (name: string) => {
    const fault = faults.find(({ field }) => field === name)
    return fault && t(`Admin.form.fault.${fault.code}`)
  }
  const conflictIn = (field: string, show: (text: string) => string = (text) => text) => {
    const conflict = conflicts.find((one) => one.field === field)
    return conflict ? <ConflictNotice conflict={conflict} show={show} /> : null
  }
  const countryName = (code: string) => (isCountry(code) ? t(`Countries.${code}`) : code)
  const regionName = (code: string) => (isRegion(code) ? t(`Regions.${code}`) : code)
  const sheet = (question: Question) => (
    <QuestionCard
      key={question}
      {...{ locale, question, values, errors: faults, conflicts, since }}
    />
  )
  const labels: Record<string, string> = {
    name: t('Admin.form.name'),
    aliases: t('Admin.form.aliases'),
    country: t('Admin.form.country'),
    countryName: t('Admin.form.countryName'),
    region: t('Admin.form.region'),
    slug: t('Admin.form.slug'),
    message: t('Admin.form.message'),
    ...Object.fromEntries(
      CONTACT_KINDS.map((kind) => [`contacts.${kind}.value`, t(`Admin.form.contact.${kind}`)]),
    ),
    ...Object.fromEntries(
      QUESTIONS.flatMap((question) =>
        languagesInForm(values, question).flatMap((language) =>
          ['text', 'language', 'source', 'provenance'].map((part) => [
            `answers.${question}.${language}.${part}`,
            `${t(`Questions.${question}`)} (${languageName(locale, language)})`,
          ]),
        ),
      ),
    ),
  }
  const summary = [
    ...faults.map(({ field, code }) => ({
      fieldId: field,
      message: t('Admin.form.faultIn', {
        field: labels[field] ?? field,
        fault: t(`Admin.form.fault.${code}`),
      }),
    })),
    ...conflicts.map(({ field }) => ({
      fieldId: field,
      message: t('Admin.form.conflictIn', { field: labels[field] ?? field }),
    })),
  ]
  const languagesUsed = new Set(QUESTIONS.flatMap((question) => languagesInForm(values, question)))
  return (
    <form
      id={FORM}
      className="profile-form"
      method="post"
      encType="multipart/form-data"
      action={address}
    >
      <ErrorSummary
        title={t(summaryTitle(mode, conflicts.length > 0))}
        refusal={refusal ?? undefined}
        errors={summary}
      />
      {/* The first button is the one that Enter presses in a field. */}
      <button
        className="visually-hidden"
        name="intent"
        value={mode === 'propose' ? 'propose' : 'save'}
        tabIndex={-1}
        aria-hidden="true"
      >
        {t('Admin.form.save.save')}
      </button>
      <HiddenInput name="base" value={String(profile?.version ?? '')} />
      {control === null ? null : (
        <>
          <input type="hidden" name="id" value={control.id} />
          <HiddenInput name="form" value={control.form} />
          <HiddenInput name="follows" value={control.follows} />
          <input type="hidden" name="keeper" value={control.keeper} />
        </>
      )}
      <input type="hidden" name="locale" value={locale} />

      {isWhole ? (
        <div className="facts-section">
          {conflictIn('name')}
          <Field
            label={t('Admin.form.name')}
            name="name"
            dir="auto"
            value={firstValue(values, 'name')}
            error={errorOf('name')}
          />
          <div className={errorOf('aliases') ? 'form-field faulty' : 'form-field'}>
            {conflictIn('aliases')}
            <label htmlFor="aliases">{t('Admin.form.aliases')}</label>
            <small id="aliases-hint">{t('Admin.form.aliasesHint')}</small>
            <FieldErrorMessage id="aliases" error={errorOf('aliases')} />
            <textarea
              id="aliases"
              name="aliases"
              rows={2}
              dir="auto"
              defaultValue={firstValue(values, 'aliases')}
              aria-describedby="aliases-hint"
            />
          </div>
          <div className={errorOf('country') ? 'form-field faulty' : 'form-field'}>
            {conflictIn('country', countryName)}
            <label htmlFor="country">{t('Admin.form.country')}</label>
            <FieldErrorMessage id="country" error={errorOf('country')} />
            <select id="country" name="country" defaultValue={firstValue(values, 'country')}>
              <option value="">{t('Admin.form.noCountry')}</option>
              {sortedCountries(locale, countryName).map(({ code, name }) => (
                <option key={code} value={code}>
                  {name}
                </option>
              ))}
            </select>
          </div>
          <CountryCombobox
            label={t('Admin.form.countryName')}
            name="countryName"
            hint={t('Admin.form.countryNameHint')}
            value={firstValue(values, 'countryName')}
            error={errorOf('countryName')}
            address={localePath(locale, '/admin/countries')}
            counts={Array.from({ length: MAX_SUGGESTIONS + 1 }, (_, count) =>
              t('Admin.form.countriesFound', { count }),
            )}
          />
          <div className={errorOf('region') ? 'form-field faulty' : 'form-field'}>
            {conflictIn('region', regionName)}
            <label htmlFor="region">{t('Admin.form.region')}</label>
            <small id="region-hint">{regionHint(firstValue(values, 'country'))}</small>
            <FieldErrorMessage id="region" error={errorOf('region')} />
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
                  {t(`Regions.${region}`)}
                </option>
              ))}
            </select>
            {/* Whether the network has confirmed it is for those to see and say who have an account. */}
            {control === null ? null : (
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
            )}
          </div>
        </div>
      ) : null}

      {sheet('who')}
      {sheet('involvement')}
      {isWhole ? (
        <fieldset className="areas-section">
          <legend>{t('Questions.priorityAreas')}</legend>
          <CheckboxPresence name="priorityAreas" />
          {PRIORITY_AREAS.map((area) => (
            <label className="choice-option" key={area}>
              <input
                type="checkbox"
                name="priorityAreas"
                value={area}
                defaultChecked={checkedAreas(values).includes(area)}
              />
              <span>{t(`PriorityAreas.${area}`)}</span>
            </label>
          ))}
        </fieldset>
      ) : null}
      {sheet('challenges')}
      {sheet('otherWork')}

      {isWhole ? (
        <fieldset className="contacts-section">
          <legend>{t('Admin.form.contacts')}</legend>
          <p className="hint">{t('Admin.form.contactsHint')}</p>
          <div className="contacts">
            {CONTACT_KINDS.map((kind) => {
              const name = `contacts.${kind}.value`
              return (
                <div className="contact-field" key={kind}>
                  {conflictIn(name)}
                  <Field
                    label={t(`Admin.form.contact.${kind}`)}
                    name={name}
                    value={firstValue(values, name)}
                    error={errorOf(name)}
                    inputMode={CONTACT_INPUT[kind]}
                    spellCheck={false}
                    autoComplete="off"
                    dir="ltr"
                  />
                  <label className="choice-option">
                    <CheckboxPresence name={`contacts.${kind}.published`} />
                    <input
                      type="checkbox"
                      name={`contacts.${kind}.published`}
                      value={CHECKED}
                      defaultChecked={isChecked(values, `contacts.${kind}.published`)}
                    />
                    <span>{t(`Admin.form.publish.${kind}`)}</span>
                  </label>
                </div>
              )
            })}
          </div>
        </fieldset>
      ) : null}

      {mode === 'save' && profile ? (
        <Field
          label={t('Admin.form.slug')}
          name="slug"
          hint={t('Admin.form.slugHint')}
          value={firstValue(values, 'slug') || (profile.slug ?? '')}
          error={errorOf('slug')}
          spellCheck={false}
          autoComplete="off"
          dir="ltr"
        />
      ) : null}
      {mode === 'propose' ? (
        <div className={errorOf('message') ? 'form-field faulty' : 'form-field'}>
          <label htmlFor="message">{t('Admin.form.message')}</label>
          <small id="message-hint">{t('Admin.form.messageHint')}</small>
          <FieldErrorMessage id="message" error={errorOf('message')} />
          <textarea
            id="message"
            name="message"
            rows={3}
            dir="auto"
            defaultValue={firstValue(values, 'message')}
            aria-describedby="message-hint"
          />
        </div>
      ) : null}

      <div className="form-actions">
        <p className="hint">{t(`Admin.form.effect.${saveEffect(mode, profile?.status)}`)}</p>
        <p className="buttons">
          {submitOptions(mode, profile?.status).map(({ intent, label: words, isPrimary }) => (
            <button
              key={intent}
              className={isPrimary ? undefined : 'quiet'}
              name="intent"
              value={intent}
            >
              {t(`Admin.form.save.${words}`)}
            </button>
          ))}
        </p>
        <SubmitWithFetch
          form={FORM}
          draft={
            control && { kept: t('Admin.form.draftKept'), failed: t('Admin.form.draftFailed') }
          }
          labels={{
            tooLarge: t('Admin.form.notSent.tooLarge'),
            refused: t('Admin.form.notSent.refused'),
            away: t('Admin.form.notSent.away'),
          }}
        />
      </div>

      <div className="form-field add-language">
        <label htmlFor="addLanguage">{t('Admin.form.addLanguage')}</label>
        <small id="addLanguage-hint">{t('Admin.form.addLanguageHint')}</small>
        <div className="field">
          <select
            id="addLanguage"
            name="addLanguage"
            defaultValue=""
            aria-describedby="addLanguage-hint"
          >
            <option value="">{t('Admin.form.chooseLanguage')}</option>
            <LanguageOptions locale={locale} except={[...FORM_LANGUAGES, ...languagesUsed]} />
          </select>
          <button className="quiet" name="intent" value="addLanguage">
            {t('Admin.form.addLanguageButton')}
          </button>
        </div>
      </div>
    </form>
  )

  function regionHint(country: string): string {
    const suggested: Region | null = isCountry(country) ? suggestRegion(country) : null
    return suggested === null
      ? t('Admin.form.regionNotSuggested')
      : t('Admin.form.regionSuggested', { region: t(`Regions.${suggested}`) })
  }
}

const CONTACT_INPUT = { email: 'email', website: 'url', telephone: 'tel' } as const

function FieldErrorMessage({ id, error }: { id: string; error: string | undefined }) {
  return error === undefined ? null : (
    <p className="error" id={`${id}-error`}>
      {error}
    </p>
  )
}

function sortedCountries(locale: Locale, nameOf: (code: string) => string) {
  const inOrder = new Intl.Collator(locale)
  return COUNTRIES.map((code) => ({ code, name: nameOf(code) })).sort((a, b) =>
    inOrder.compare(a.name, b.name),
  )
}

type SubmitOption = {
  intent: 'save' | 'list' | 'propose'
  label: 'draft' | 'save' | 'saveHidden' | 'list' | 'propose'
  isPrimary: boolean
}

/** The buttons at the end: one is the primary. */
function submitOptions(mode: ProfileFormProps['mode'], status: Status | undefined): SubmitOption[] {
  if (mode === 'propose') return [{ intent: 'propose', label: 'propose', isPrimary: true }]
  if (mode === 'translate') return [{ intent: 'save', label: 'save', isPrimary: true }]
  switch (status) {
    case undefined:
    case 'draft':
      return [
        { intent: 'list', label: 'list', isPrimary: true },
        { intent: 'save', label: 'draft', isPrimary: false },
      ]
    case 'listed':
      return [{ intent: 'save', label: 'save', isPrimary: true }]
    case 'hidden':
    case 'withdrawn':
      return [
        { intent: 'save', label: 'saveHidden', isPrimary: true },
        { intent: 'list', label: 'list', isPrimary: false },
      ]
  }
}

function summaryTitle(mode: ProfileFormProps['mode'], isConflict: boolean) {
  if (isConflict) return 'Admin.form.conflictTitle'
  return mode === 'propose' ? 'Proposals.propose.summary' : 'Admin.form.faultTitle'
}

function saveEffect(mode: ProfileFormProps['mode'], status: Status | undefined) {
  if (mode === 'propose') return 'proposed'
  return status ?? 'new'
}
