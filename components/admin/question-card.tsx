import { getTranslations } from 'next-intl/server'
import type { FormState } from '@/lib/forms/state'
import type { Locale } from '@/lib/i18n/routing'
import { FORM_LANGUAGES, languagesInForm, type ProfileFieldError } from '@/lib/editing/profile-form'
import type { Conflict } from '@/lib/editing/merge'
import type { Question } from '@/lib/organisations/schema'
import { AnswerEditor, type SourceChange } from './answer-editor'

type QuestionCardProps = {
  locale: Locale
  question: Question
  values: FormState['values']
  errors: readonly ProfileFieldError[]
  conflicts: readonly Conflict[]
  since: readonly SourceChange[]
}

/** A question with its answers: French and English side by side, further languages below. */
export async function QuestionCard(props: QuestionCardProps) {
  const t = await getTranslations('Questions')
  const { question, values, conflicts, since, ...rest } = props
  const languages = languagesInForm(values, question)
  const further = languages.slice(FORM_LANGUAGES.length)
  const editor = (language: string, isFormLanguage: boolean) => (
    <AnswerEditor
      key={language}
      {...rest}
      {...{ question, language, languages, values, isFormLanguage }}
      conflict={conflicts.find(({ field }) => field === `answers.${question}.${language}.text`)}
      since={since.find((change) => change.question === question && change.language === language)}
    />
  )
  return (
    <fieldset className="question-card">
      <legend>{t(question)}</legend>
      <div className="answer-columns">
        {FORM_LANGUAGES.map((language) => editor(language, true))}
        {further.map((language) => editor(language, false))}
      </div>
    </fieldset>
  )
}
