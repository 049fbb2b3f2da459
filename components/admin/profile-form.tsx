import { getTranslations } from 'next-intl/server'
import { ErrorSummary } from '@/components/ui/error-summary'
import { Field } from '@/components/ui/field'
import { firstValue, type FormState } from '@/lib/forms/state'
import { languageName } from '@/lib/i18n/language-name'
import { localePath } from '@/lib/i18n/navigation'
import type { Locale } from '@/lib/i18n/routing'
import { COUNTRIES, isCountry } from '@/lib/geo/countries'
import { SUGGESTED_UP_TO } from '@/lib/geo/parse-country'
import { REGIONS, isRegion, type Region } from '@/lib/geo/regions'
import { suggestRegion } from '@/lib/geo/suggest-region'
import type { FormMode } from '@/lib/admin/filters'
import {
  REGION_OF_COUNTRY,
  SHEET_LANGUAGES,
  TICKED,
  areasInForm,
  isTicked,
  languagesInForm,
  type ProfileFault,
} from '@/lib/editing/profile-form'
import type { Conflict } from '@/lib/editing/merge'
import {
  CONTACT_KINDS,
  PRIORITY_AREAS,
  QUESTIONS,
  type Question,
  type Status,
} from '@/lib/organisations/schema'
import { Present, type Since } from './answer-editor'
import { ConflictNotice } from './conflict-notice'
import { CountryBox } from './country-box'
import { FixedInput } from './hidden-input'
import { FormSender } from './form-submit'
import { LanguageOptions } from './language-options'
import { QuestionSheet } from './question-card'

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
  faults: readonly ProfileFault[]
  /** Why the form was not saved, in words, beside what is wrong with a field. */
  refusal: string | null
  conflicts: readonly Conflict[]
  since: readonly Since[]
}

const FORM = 'profile-form'

/** A profile as a document that is being edited: both languages of every question on one sheet. */
export async function ProfileForm(props: ProfileFormProps) {
  const { locale, mode, address, profile, control, values, faults, refusal, conflicts, since } =
    props
  const t = await getTranslations()
  const isWhole = mode !== 'translate'
  const errorOf = (name: string) => {
    const fault = faults.find(({ field }) => field === name)
    return fault && t(`Desk.form.fault.${fault.code}`)
  }
  const conflictIn = (field: string, show: (text: string) => string = (text) => text) => {
    const conflict = conflicts.find((one) => one.field === field)
    return conflict ? <ConflictNotice conflict={conflict} show={show} /> : null
  }
  const countryName = (code: string) => (isCountry(code) ? t(`Countries.${code}`) : code)
  const regionName = (code: string) => (isRegion(code) ? t(`Regions.${code}`) : code)
  const sheet = (question: Question) => (
    <QuestionSheet key={question} {...{ locale, question, values, faults, conflicts, since }} />
  )
  const labels: Record<string, string> = {
    name: t('Desk.form.name'),
    aliases: t('Desk.form.aliases'),
    country: t('Desk.form.country'),
    countryName: t('Desk.form.countryName'),
    region: t('Desk.form.region'),
    slug: t('Desk.form.slug'),
    message: t('Desk.form.message'),
    ...Object.fromEntries(
      CONTACT_KINDS.map((kind) => [`contacts.${kind}.value`, t(`Desk.form.contact.${kind}`)]),
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
      message: t('Desk.form.faultIn', {
        field: labels[field] ?? field,
        fault: t(`Desk.form.fault.${code}`),
      }),
    })),
    ...conflicts.map(({ field }) => ({
      fieldId: field,
      message: t('Desk.form.conflictIn', { field: labels[field] ?? field }),
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
        faults={summary}
      />
      {/* The first button is the one that Enter presses in a field. */}
      <button
        className="unseen"
        name="intent"
        value={mode === 'propose' ? 'propose' : 'save'}
        tabIndex={-1}
        aria-hidden="true"
      >
        {t('Desk.form.save.save')}
      </button>
      <FixedInput name="base" value={String(profile?.version ?? '')} />
      {control === null ? null : (
        <>
          <input type="hidden" name="id" value={control.id} />
          <FixedInput name="form" value={control.form} />
          <FixedInput name="follows" value={control.follows} />
          <input type="hidden" name="keeper" value={control.keeper} />
        </>
      )}
      <input type="hidden" name="locale" value={locale} />

      {isWhole ? (
        <div className="facts-sheet">
          {conflictIn('name')}
          <Field
            label={t('Desk.form.name')}
            name="name"
            dir="auto"
            value={firstValue(values, 'name')}
            error={errorOf('name')}
          />
          <div className={errorOf('aliases') ? 'form-field faulty' : 'form-field'}>
            {conflictIn('aliases')}
            <label htmlFor="aliases">{t('Desk.form.aliases')}</label>
            <small id="aliases-hint">{t('Desk.form.aliasesHint')}</small>
            <FieldError id="aliases" error={errorOf('aliases')} />
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
            <label htmlFor="country">{t('Desk.form.country')}</label>
            <FieldError id="country" error={errorOf('country')} />
            <select id="country" name="country" defaultValue={firstValue(values, 'country')}>
              <option value="">{t('Desk.form.noCountry')}</option>
              {countriesInOrder(locale, countryName).map(({ code, name }) => (
                <option key={code} value={code}>
                  {name}
                </option>
              ))}
            </select>
          </div>
          <CountryBox
            label={t('Desk.form.countryName')}
            name="countryName"
            hint={t('Desk.form.countryNameHint')}
            value={firstValue(values, 'countryName')}
            error={errorOf('countryName')}
            address={localePath(locale, '/admin/countries')}
            counts={Array.from({ length: SUGGESTED_UP_TO + 1 }, (_, count) =>
              t('Desk.form.countriesFound', { count }),
            )}
          />
          <div className={errorOf('region') ? 'form-field faulty' : 'form-field'}>
            {conflictIn('region', regionName)}
            <label htmlFor="region">{t('Desk.form.region')}</label>
            <small id="region-hint">{regionHint(firstValue(values, 'country'))}</small>
            <FieldError id="region" error={errorOf('region')} />
            <select
              id="region"
              name="region"
              defaultValue={firstValue(values, 'region')}
              aria-describedby="region-hint"
            >
              <option value="">{t('Desk.form.noRegion')}</option>
              <option value={REGION_OF_COUNTRY}>{t('Desk.form.regionOfCountry')}</option>
              {REGIONS.map((region) => (
                <option key={region} value={region}>
                  {t(`Regions.${region}`)}
                </option>
              ))}
            </select>
            {/* Whether the network has confirmed it is for those to see and say who have an account. */}
            {control === null ? null : (
              <label className="tick">
                <Present name="regionConfirmed" />
                <input
                  type="checkbox"
                  name="regionConfirmed"
                  value={TICKED}
                  defaultChecked={isTicked(values, 'regionConfirmed')}
                />
                <span>{t('Desk.form.regionConfirmed')}</span>
              </label>
            )}
          </div>
        </div>
      ) : null}

      {sheet('who')}
      {sheet('involvement')}
      {isWhole ? (
        <fieldset className="areas-sheet">
          <legend>{t('Questions.priorityAreas')}</legend>
          <Present name="priorityAreas" />
          {PRIORITY_AREAS.map((area) => (
            <label className="tick" key={area}>
              <input
                type="checkbox"
                name="priorityAreas"
                value={area}
                defaultChecked={areasInForm(values).includes(area)}
              />
              <span>{t(`PriorityAreas.${area}`)}</span>
            </label>
          ))}
        </fieldset>
      ) : null}
      {sheet('challenges')}
      {sheet('otherWork')}

      {isWhole ? (
        <fieldset className="contacts-sheet">
          <legend>{t('Desk.form.contacts')}</legend>
          <p className="hint">{t('Desk.form.contactsHint')}</p>
          <div className="contacts">
            {CONTACT_KINDS.map((kind) => {
              const name = `contacts.${kind}.value`
              return (
                <div className="contact-sheet" key={kind}>
                  {conflictIn(name)}
                  <Field
                    label={t(`Desk.form.contact.${kind}`)}
                    name={name}
                    value={firstValue(values, name)}
                    error={errorOf(name)}
                    inputMode={CONTACT_INPUT[kind]}
                    spellCheck={false}
                    autoComplete="off"
                    dir="ltr"
                  />
                  <label className="tick">
                    <Present name={`contacts.${kind}.published`} />
                    <input
                      type="checkbox"
                      name={`contacts.${kind}.published`}
                      value={TICKED}
                      defaultChecked={isTicked(values, `contacts.${kind}.published`)}
                    />
                    <span>{t(`Desk.form.publish.${kind}`)}</span>
                  </label>
                </div>
              )
            })}
          </div>
        </fieldset>
      ) : null}

      {mode === 'save' && profile ? (
        <Field
          label={t('Desk.form.slug')}
          name="slug"
          hint={t('Desk.form.slugHint')}
          value={firstValue(values, 'slug') || (profile.slug ?? '')}
          error={errorOf('slug')}
          spellCheck={false}
          autoComplete="off"
          dir="ltr"
        />
      ) : null}
      {mode === 'propose' ? (
        <div className={errorOf('message') ? 'form-field faulty' : 'form-field'}>
          <label htmlFor="message">{t('Desk.form.message')}</label>
          <small id="message-hint">{t('Desk.form.messageHint')}</small>
          <FieldError id="message" error={errorOf('message')} />
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

      <div className="form-end">
        <p className="hint">{t(`Desk.form.effect.${effectOf(mode, profile?.status)}`)}</p>
        <p className="buttons">
          {endings(mode, profile?.status).map(({ intent, words, isPrimary }) => (
            <button
              key={intent}
              className={isPrimary ? undefined : 'quiet'}
              name="intent"
              value={intent}
            >
              {t(`Desk.form.save.${words}`)}
            </button>
          ))}
        </p>
        <FormSender
          form={FORM}
          draft={control && { kept: t('Desk.form.draftKept'), failed: t('Desk.form.draftFailed') }}
          words={{
            tooLarge: t('Desk.form.notSent.tooLarge'),
            refused: t('Desk.form.notSent.refused'),
            away: t('Desk.form.notSent.away'),
          }}
        />
      </div>

      <div className="form-field add-language">
        <label htmlFor="addLanguage">{t('Desk.form.addLanguage')}</label>
        <small id="addLanguage-hint">{t('Desk.form.addLanguageHint')}</small>
        <div className="field">
          <select
            id="addLanguage"
            name="addLanguage"
            defaultValue=""
            aria-describedby="addLanguage-hint"
          >
            <option value="">{t('Desk.form.chooseLanguage')}</option>
            <LanguageOptions locale={locale} except={[...SHEET_LANGUAGES, ...languagesUsed]} />
          </select>
          <button className="quiet" name="intent" value="addLanguage">
            {t('Desk.form.addLanguageButton')}
          </button>
        </div>
      </div>
    </form>
  )

  function regionHint(country: string): string {
    const suggested: Region | null = isCountry(country) ? suggestRegion(country) : null
    return suggested === null
      ? t('Desk.form.regionNotSuggested')
      : t('Desk.form.regionSuggested', { region: t(`Regions.${suggested}`) })
  }
}

const CONTACT_INPUT = { email: 'email', website: 'url', telephone: 'tel' } as const

function FieldError({ id, error }: { id: string; error: string | undefined }) {
  return error === undefined ? null : (
    <p className="error" id={`${id}-error`}>
      {error}
    </p>
  )
}

function countriesInOrder(locale: Locale, nameOf: (code: string) => string) {
  const inOrder = new Intl.Collator(locale)
  return COUNTRIES.map((code) => ({ code, name: nameOf(code) })).sort((a, b) =>
    inOrder.compare(a.name, b.name),
  )
}

type Ending = {
  intent: 'save' | 'list' | 'propose'
  words: 'draft' | 'save' | 'saveHidden' | 'list' | 'propose'
  isPrimary: boolean
}

/** The buttons at the end: one is the primary. */
function endings(mode: ProfileFormProps['mode'], status: Status | undefined): Ending[] {
  if (mode === 'propose') return [{ intent: 'propose', words: 'propose', isPrimary: true }]
  if (mode === 'translate') return [{ intent: 'save', words: 'save', isPrimary: true }]
  switch (status) {
    case undefined:
    case 'draft':
      return [
        { intent: 'list', words: 'list', isPrimary: true },
        { intent: 'save', words: 'draft', isPrimary: false },
      ]
    case 'listed':
      return [{ intent: 'save', words: 'save', isPrimary: true }]
    case 'hidden':
    case 'withdrawn':
      return [
        { intent: 'save', words: 'saveHidden', isPrimary: true },
        { intent: 'list', words: 'list', isPrimary: false },
      ]
  }
}

function summaryTitle(mode: ProfileFormProps['mode'], isConflict: boolean) {
  if (isConflict) return 'Desk.form.conflictTitle'
  return mode === 'propose' ? 'Proposals.propose.summary' : 'Desk.form.faultTitle'
}

function effectOf(mode: ProfileFormProps['mode'], status: Status | undefined) {
  if (mode === 'propose') return 'proposed'
  return status ?? 'new'
}
