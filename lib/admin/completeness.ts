import { FORM_LANGUAGES } from '@/lib/editing/profile-form'
import { QUESTIONS, type Question } from '@/lib/organisations/schema'

type Answer = {
  language: string
  provenance: string
  changedIn: number
  source: { language: string; revision: number } | null
}

/** How far a profile is written in one language. */
export type Completeness = {
  language: (typeof FORM_LANGUAGES)[number]
  /** Questions with an answer in it, of all the questions. */
  answered: number
  total: number
  /** Answers in it whose source has changed since. */
  outdated: number
}

/** Tells whether the text that a translation was made from has changed since. */
export function isOutdated(answer: Answer, answers: readonly Answer[]): boolean {
  if (answer.provenance !== 'translation' && answer.provenance !== 'machine') return false
  const source = answers.find(({ language }) => language === answer.source?.language)
  if (!source || answer.source === null) return false
  return source.changedIn > answer.source.revision
}

/** How far a profile is written in French and in English. */
export function completenessOf(answers: Record<Question, readonly Answer[]>): Completeness[] {
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
