/** Something that may be unwise to publish, or in the wrong field. Never a reason to refuse a text. */
export type Warning = 'telephone' | 'email' | 'street' | 'whoLeads' | 'looksFrench' | 'looksEnglish'

// At least seven digits with the usual separators; years and numbers of laws are shorter.
const TELEPHONE = /(?:\+|\b00)?\d(?:[ .()/-]{0,2}\d){6,14}/u
const EMAIL = /(?<=[^\s@<>()])@[^\s@<>()]{1,190}\.\p{L}{2,20}/u
const STREET =
  /\b\d{1,5}(?: ?bis)?,? (?:rue|avenue|av\.|boulevard|bd|chemin|allée|impasse|quai|place)\b|\b\d{1,5} (?:\p{L}{1,30} ){1,3}(?:street|st\.|road|rd\.|avenue|ave\.|lane|drive)(?!\p{L})|\b(?:rue|avenue|boulevard) (?:\p{L}[\p{L}'’.-]{0,30} ){0,4}(?:n° ?)?\d{1,5}\b|\bP\.? ?O\.? Box \d|\bB\.? ?P\.? ?\d{2,6}\b/iu
const SEX_WORKERS = String.raw`(?:sex[ -]workers?|travailleu\p{L}{1,12} du sexe|\bTDS\b)`
const WHO_LEADS = new RegExp(
  String.raw`\b\d{1,3} ?% (?:\p{L}{1,20} ){0,4}${SEX_WORKERS}|${SEX_WORKERS}[ -](?:led|run)\b|\b(?:led|run|dirigée?s?|gérée?s?|menée?s?) (?:by|par) (?:\p{L}{1,20} ){0,3}${SEX_WORKERS}`,
  'iu',
)

/**
 * Finds in an answer what its author may not want to publish: a telephone number, an e-mail address, a
 * street address, or a statement about who leads the organisation. Also finds French text in the English
 * field and the reverse, by the most frequent words of both languages.
 *
 * @param language of the field (BCP 47)
 */
export function warningsFor(text: string, language: string): Warning[] {
  const looksLike = guessBetweenFrenchAndEnglish(text)
  return [
    ...(EMAIL.test(text) ? (['email'] as const) : []),
    ...(TELEPHONE.test(text) ? (['telephone'] as const) : []),
    ...(STREET.test(text) ? (['street'] as const) : []),
    ...(WHO_LEADS.test(text) ? (['whoLeads'] as const) : []),
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
