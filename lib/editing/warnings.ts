import { findPassages, PASSAGE_KINDS, type PassageKind } from '@/lib/organisations/passages'

/** Something that may be unwise to publish, or in the wrong field. Never a reason to refuse a text. */
export type Warning = PassageKind | 'looksFrench' | 'looksEnglish'

/**
 * Finds in an answer what its author may not want to publish: a telephone number, an e-mail address, a
 * street address, or a statement about who leads the organisation. Also finds French text in the English
 * field and the reverse, by the most frequent words of both languages.
 *
 * @param language of the field (BCP 47)
 */
export function warningsFor(text: string, language: string): Warning[] {
  const passages = findPassages(text)
  const looksLike = guessBetweenFrenchAndEnglish(text)
  return [
    ...PASSAGE_KINDS.filter((kind) => passages.some((passage) => passage.kind === kind)),
    ...(language === 'en' && looksLike === 'fr' ? (['looksFrench'] as const) : []),
    ...(language === 'fr' && looksLike === 'en' ? (['looksEnglish'] as const) : []),
  ]
}

// Without words that exist in both languages: on, or, me, plus, a, son.
const FRENCH = new Set(
  'le la les des du de un une et est sont nous vous avec pour dans par qui que aux ce cette notre nos leurs sur ne pas ont elle elles ils'.split(
    ' ',
  ),
)
const ENGLISH = new Set(
  'the of and to with we our for in is are that by their they from this have has not which who it as at be'.split(
    ' ',
  ),
)

/** Enough text to recognise its language, in UTF-16 units. */
const MAX_CHARS_CHECKED = 4000

function guessBetweenFrenchAndEnglish(text: string): 'fr' | 'en' | null {
  const words =
    text
      .slice(0, MAX_CHARS_CHECKED)
      .toLowerCase()
      .match(/\p{L}+/gu) ?? []
  const french = words.filter((word) => FRENCH.has(word)).length
  const english = words.filter((word) => ENGLISH.has(word)).length
  if (Math.max(french, english) < 2) return null
  if (french >= 3 * english) return 'fr'
  return english >= 3 * french ? 'en' : null
}
