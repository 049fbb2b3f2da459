import { getTranslations } from 'next-intl/server'
import { Field } from '@/components/ui/field'
import { firstValue, type FormState } from '@/lib/forms/state'
import type { Locale } from '@/lib/i18n/routing'
import type { EditableMode } from '@/lib/editing/form-mode'
import { FORM_LANGUAGES, languagesInForm } from '@/lib/editing/profile-form'
import { QUESTIONS, type Status } from '@/lib/organisations/schema'
import { FormField } from './form-field'
import { LanguageOptions } from './language-options'
import { SubmitWithFetch } from './submit-with-fetch'

type TextFieldProps = {
  values: FormState['values']
  /** Error messages by the name of the field. */
  messages: Readonly<Record<string, string>>
}

/** The slug of an existing profile; `current` is shown if nothing was typed. */
export async function SlugField({
  values,
  messages,
  current,
}: TextFieldProps & { current: string }) {
  const t = await getTranslations('Admin.form')
  return (
    <Field
      label={t('slug')}
      name="slug"
      hint={t('slugHint')}
      value={firstValue(values, 'slug') || current}
      error={messages['slug']}
      spellCheck={false}
      autoComplete="off"
      dir="ltr"
    />
  )
}

/** The message of a proposer to the reviewers. */
export async function MessageField({ values, messages }: TextFieldProps) {
  const t = await getTranslations('Admin.form')
  return (
    <FormField
      id="message"
      label={t('message')}
      hint={t('messageHint')}
      error={messages['message']}
    >
      <textarea
        id="message"
        name="message"
        rows={3}
        dir="auto"
        defaultValue={firstValue(values, 'message')}
        aria-describedby="message-hint"
      />
    </FormField>
  )
}

type SubmitButtonsProps = {
  formId: string
  mode: EditableMode
  /** Undefined for a new profile. */
  status: Status | undefined
  savesDrafts: boolean
}

/** What saving will do, and the buttons for it. */
export async function SubmitButtons({ formId, mode, status, savesDrafts }: SubmitButtonsProps) {
  const t = await getTranslations('Admin.form')
  const effect = mode === 'propose' ? 'proposed' : (status ?? 'new')
  return (
    <div className="form-actions">
      <p className="hint">{t(`effect.${effect}`)}</p>
      <p className="buttons">
        {submitOptions(mode, status).map(({ intent, label, isPrimary }) => (
          <button
            key={intent}
            className={isPrimary ? undefined : 'quiet'}
            name="intent"
            value={intent}
          >
            {t(`save.${label}`)}
          </button>
        ))}
      </p>
      <SubmitWithFetch
        form={formId}
        draft={savesDrafts ? { kept: t('draftSaved'), failed: t('draftFailed') } : null}
        labels={{
          tooLarge: t('submitFailed.tooLarge'),
          refused: t('submitFailed.refused'),
          away: t('submitFailed.offline'),
        }}
      />
    </div>
  )
}

type SubmitOption = {
  intent: 'save' | 'list' | 'propose'
  label: 'draft' | 'save' | 'saveHidden' | 'list' | 'propose'
  isPrimary: boolean
}

/** The buttons at the end of the form, exactly one of them primary. */
function submitOptions(mode: EditableMode, status: Status | undefined): SubmitOption[] {
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

type AddLanguageProps = { locale: Locale; values: FormState['values'] }

/** Adds fields for answers in another language. */
export async function AddLanguage({ locale, values }: AddLanguageProps) {
  const t = await getTranslations('Admin.form')
  const present = QUESTIONS.flatMap((question) => languagesInForm(values, question))
  return (
    <div className="form-field add-language">
      <label htmlFor="addLanguage">{t('addLanguage')}</label>
      <small id="addLanguage-hint">{t('addLanguageHint')}</small>
      <div className="field">
        <select
          id="addLanguage"
          name="addLanguage"
          defaultValue=""
          aria-describedby="addLanguage-hint"
        >
          <option value="">{t('chooseLanguage')}</option>
          <LanguageOptions locale={locale} except={[...FORM_LANGUAGES, ...new Set(present)]} />
        </select>
        <button className="quiet" name="intent" value="addLanguage">
          {t('addLanguageButton')}
        </button>
      </div>
    </div>
  )
}
