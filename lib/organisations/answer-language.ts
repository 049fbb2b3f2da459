import type { PublicAnswer } from './public'

/**
 * Chooses the answer to show to a reader: their language, else the original, else the first there is.
 *
 * @param answers all answers to one question, in the order of the profile
 * @param locale language of the reader
 * @returns the answer, and whether it stands in for a missing one; null where nobody answered
 */
export function pickAnswer(
  answers: PublicAnswer[],
  locale: string,
): { answer: PublicAnswer; fallback: boolean } | null {
  const own = answers.find((answer) => answer.language === locale)
  if (own) return { answer: own, fallback: false }
  const other = answers.find((answer) => answer.provenance === 'original') ?? answers[0]
  return other ? { answer: other, fallback: true } : null
}

/** Languages in which a profile can be read: those of originals first, then by number of answers; `und` is no language. */
export function languagesOf(
  answers: Record<string, Pick<PublicAnswer, 'language' | 'provenance'>[]>,
): string[] {
  const found = new Map<string, { originals: number; count: number }>()
  for (const { language, provenance } of Object.values(answers).flat()) {
    if (language === 'und') continue
    const { originals, count } = found.get(language) ?? { originals: 0, count: 0 }
    const original = provenance === 'original' ? 1 : 0
    found.set(language, { originals: originals + original, count: count + 1 })
  }
  return [...found]
    .sort(
      ([codeA, a], [codeB, b]) =>
        b.originals - a.originals || b.count - a.count || (codeA < codeB ? -1 : 1),
    )
    .map(([language]) => language)
}
