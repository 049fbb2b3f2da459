import { FORM_LANGUAGES } from '@/lib/editing/profile-form'
import { isOutdated, type TranslationState } from '@/lib/organisations/outdated'
import { QUESTIONS, type Question } from '@/lib/organisations/schema'

/** How complete a profile is in one language. */
export type Completeness = {
  language: (typeof FORM_LANGUAGES)[number]
  /** Number of questions with an answer in this language. */
  answered: number
  /** Number of all questions. */
  total: number
  /** Number of answers in this language whose source has changed since. */
  outdated: number
}

/** How complete a profile is in French and in English. */
export function completenessOf(
  answers: Record<Question, readonly TranslationState[]>,
): Completeness[] {
  return FORM_LANGUAGES.map((language) => {
    const inLanguage = QUESTIONS.flatMap((question) =>
      answers[question]
        .filter((answer) => answer.language === language)
        .map((answer) => isOutdated(answer, answers[question])),
    )
    return {
      language,
      answered: inLanguage.length,
      total: QUESTIONS.length,
      outdated: inLanguage.filter(Boolean).length,
    }
  })
}
