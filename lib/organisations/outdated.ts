/** What tells whether an answer is an outdated translation. */
export type TranslationState = {
  language: string
  provenance: string
  /** Number of the revision in which the text last changed. */
  changedIn: number
  /** The text that it was translated from; null if unknown. */
  source: { language: string; revision: number } | null
}

/** Tells whether an answer was translated from another one, by a person or a machine. */
export function isTranslation({ provenance }: Pick<TranslationState, 'provenance'>): boolean {
  return provenance === 'translation' || provenance === 'machine'
}

/**
 * Tells whether the text that a translation was made from has changed since.
 *
 * @param answers all answers to the same question
 */
export function isOutdated(
  answer: TranslationState,
  answers: readonly TranslationState[],
): boolean {
  const { source } = answer
  if (!isTranslation(answer) || source === null) return false
  const current = answers.find(({ language }) => language === source.language)
  return current !== undefined && current.changedIn > source.revision
}
