import { getTranslations } from 'next-intl/server'
import type { FormState } from '@/lib/forms/state'
import type { Locale } from '@/lib/i18n/routing'
import { SHEET_LANGUAGES, languagesInForm, type ProfileFault } from '@/lib/editing/profile-form'
import type { Conflict } from '@/lib/editing/merge'
import type { Question } from '@/lib/organisations/schema'
import { AnswerEditor, type Since } from './answer-editor'

type QuestionSheetProps = {
  locale: Locale
  question: Question
  values: FormState['values']
  faults: readonly ProfileFault[]
  conflicts: readonly Conflict[]
  since: readonly Since[]
}

/** A question with its answer in French and English side by side, further languages below. */
export async function QuestionSheet(props: QuestionSheetProps) {
  const t = await getTranslations('Questions')
  const { question, values, conflicts, since, ...rest } = props
  const languages = languagesInForm(values, question)
  const further = languages.slice(SHEET_LANGUAGES.length)
  const editor = (language: string, isOnSheet: boolean) => (
    <AnswerEditor
      key={language}
      {...rest}
      {...{ question, language, languages, values, isOnSheet }}
      conflict={conflicts.find(({ field }) => field === `answers.${question}.${language}.text`)}
      since={since.find((one) => one.question === question && one.language === language)}
    />
  )
  return (
    <fieldset className="question-sheet">
      <legend>{t(question)}</legend>
      <div className="sheet">
        {SHEET_LANGUAGES.map((language) => editor(language, true))}
        {further.map((language) => editor(language, false))}
      </div>
    </fieldset>
  )
}
