import { getTranslations } from 'next-intl/server'
import { ErrorSummary } from '@/components/ui/error-summary'
import type { FormState } from '@/lib/forms/state'
import { languageName } from '@/lib/i18n/language-name'
import type { Locale } from '@/lib/i18n/routing'
import type { EditableMode } from '@/lib/editing/form-mode'
import { languagesInForm, type ProfileFieldError } from '@/lib/editing/profile-form'
import type { Conflict } from '@/lib/editing/merge'
import type { DisclosedPassage } from '@/lib/organisations/disclosure'
import { CONTACT_KINDS, QUESTIONS, type Status } from '@/lib/organisations/schema'
import type { SourceChange } from './answer-editor'
import { ContactFields } from './contact-fields'
import { Disclosure } from './disclosure'
import { HiddenInput } from './hidden-input'
import { PriorityAreaFields } from './priority-area-fields'
import { AddLanguage, MessageField, SlugField, SubmitButtons } from './profile-form-actions'
import { ProfileFacts } from './profile-facts'
import { QuestionCard } from './question-card'

type ProfileFormProps = {
  locale: Locale
  mode: EditableMode
  /** URL that the form is sent to, with the language. */
  address: string
  /** Null for a new profile. */
  profile: { version: number | null; status?: Status; slug?: string } | null
  /**
   * Hidden fields: id of the organisation, id of this form, draft token, and id of the form that this one
   * was resumed from. Null for somebody without an account, whose drafts are not saved.
   */
  control: { id: string; form: string; keeper: string; follows: string } | null
  values: FormState['values']
  errors: readonly ProfileFieldError[]
  /** Error message for the whole form. */
  formError: string | null
  conflicts: readonly Conflict[]
  since: readonly SourceChange[]
  /** What would become public, and what was asked for: nothing was saved yet. */
  disclosure?: { passages: readonly DisclosedPassage[]; intent: 'save' | 'list' } | undefined
}

const FORM_ID = 'profile-form'

/** The form of a profile. Every question has both languages side by side. */
export async function ProfileForm(props: ProfileFormProps) {
  const { locale, mode, address, profile, control, values, errors, conflicts, since } = props
  const t = await getTranslations()
  const isWhole = mode !== 'translate'
  const messages: Record<string, string> = Object.fromEntries(
    errors.map(({ field, code }) => [field, t(`Admin.form.error.${code}`)]),
  )
  const fields = { locale, values, messages, conflicts }
  const cards = Object.fromEntries(
    QUESTIONS.map((question) => [
      question,
      <QuestionCard key={question} {...{ locale, question, values, errors, conflicts, since }} />,
    ]),
  )
  return (
    <form
      id={FORM_ID}
      className="profile-form"
      method="post"
      encType="multipart/form-data"
      action={address}
    >
      <ErrorSummary
        title={t(summaryTitle(mode, conflicts.length > 0))}
        refusal={props.formError ?? undefined}
        errors={await summaryEntries(props, messages)}
      />
      {/* When a user presses Enter in a field, the browser presses the first button. */}
      <button
        className="visually-hidden"
        name="intent"
        value={mode === 'propose' ? 'propose' : 'save'}
        tabIndex={-1}
        aria-hidden="true"
      >
        {t('Admin.form.save.save')}
      </button>
      {props.disclosure ? (
        <Disclosure locale={locale} formUrl="" backUrl={`#${FORM_ID}`} {...props.disclosure} />
      ) : null}
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

      {/* Only users may see and say whether the network has confirmed the region. */}
      {isWhole ? <ProfileFacts {...fields} hasRegionConfirmation={control !== null} /> : null}
      {cards['who']}
      {cards['involvement']}
      {isWhole ? <PriorityAreaFields values={values} /> : null}
      {cards['challenges']}
      {cards['otherWork']}
      {isWhole ? <ContactFields {...fields} /> : null}
      {mode === 'save' && profile ? (
        <SlugField {...{ values, messages }} current={profile.slug ?? ''} />
      ) : null}
      {mode === 'propose' ? <MessageField {...{ values, messages }} /> : null}
      <SubmitButtons
        formId={FORM_ID}
        mode={mode}
        status={profile?.status}
        savesDrafts={control !== null}
      />
      <AddLanguage locale={locale} values={values} />
    </form>
  )
}

/** A link to each field with an error or a conflict. */
async function summaryEntries(
  { locale, values, errors, conflicts }: ProfileFormProps,
  messages: Readonly<Record<string, string>>,
): Promise<{ fieldId: string; message: string }[]> {
  const labels = await fieldLabels(locale, values)
  const t = await getTranslations('Admin.form')
  return [
    ...errors.map(({ field }) => ({
      fieldId: field,
      message: t('errorIn', { field: labels[field] ?? field, error: messages[field] ?? '' }),
    })),
    ...conflicts.map(({ field }) => ({
      fieldId: field,
      message: t('conflictIn', { field: labels[field] ?? field }),
    })),
  ]
}

async function fieldLabels(
  locale: Locale,
  values: FormState['values'],
): Promise<Record<string, string>> {
  const t = await getTranslations()
  return {
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
}

function summaryTitle(mode: EditableMode, hasConflicts: boolean) {
  if (hasConflicts) return 'Admin.form.conflictTitle'
  return mode === 'propose' ? 'Proposals.propose.summary' : 'Admin.form.errorTitle'
}
