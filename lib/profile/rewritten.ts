import type { FormState } from '@/lib/form/state'
import { TICKED, answerField, languagesInForm } from './form'
import { QUESTIONS, type ProfileContent } from './schema'

/**
 * Says of each translation whose text was rewritten in a form that it was checked against its source:
 * for a form that does not ask. Pure.
 *
 * @param start the content that the form started from
 */
export function checkRewritten(
  values: FormState['values'],
  start: ProfileContent,
): FormState['values'] {
  const checked = QUESTIONS.flatMap((question) =>
    languagesInForm(values, question).flatMap((language) => {
      const before = start.answers[question].find((answer) => answer.language === language)
      const typed = values[answerField(question, language, 'text')]?.[0]?.trim()
      return typed === undefined || typed === (before?.text ?? '')
        ? []
        : [[answerField(question, language, 'checked'), [TICKED]] as const]
    }),
  )
  return { ...values, ...Object.fromEntries(checked) }
}
