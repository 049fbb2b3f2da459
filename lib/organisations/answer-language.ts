import type { PublicAnswer } from './public'

/**
 * Picks the answer to show to a reader: in their language, otherwise the original, otherwise the first.
 *
 * @param answers all answers to one question, in the order of the profile
 * @param locale language of the reader
 * @returns `fallback` is true if there is no answer in the reader's language; null if there is none at all
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

/**
 * Languages in which a profile can be read (BCP 47): those with originals first, then by the number of
 * answers. `und` (undetermined) is left out.
 */
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
