import { fold } from '@/lib/places/fold'

/** A word of a text: where it stands (UTF-16 offsets, end excluded) and how it is searched for. */
export type Word = {
  start: number
  end: number
  tokens: string[]
  /** Follows the word before it without a space, in a script that writes none. */
  joined: boolean
}

// French forms for everybody: travailleur·euse·s, travailleur.euse.s, travailleur-euse-s,
// travailleur(euse)s, travailleurs/euses. The signs alone would make several words of one.
const ENDING =
  '(?:e|euse|se|sse|esse|ne|enne|ienne|le|elle|te|trice|rice|ice|re|ere|ère|ière|iere|ve|ive|ale)'
const BOTH_FORMS =
  `(?:[·•‧∙⋅]${ENDING}?s?(?:[·•‧∙⋅]s)?|[.]${ENDING}[.]s|-${ENDING}-s|` +
  `[(](?:${ENDING}s?|s)[)]s?|/${ENDING}(?:/?s)?)`
const WORD = new RegExp(
  `[\\p{L}\\p{N}\\p{M}]+(?:(?<=\\p{L}{4})${BOTH_FORMS}(?![\\p{L}\\p{N}\\p{M}]))?`,
  'giu',
)
// Most texts have none of them, and looking for each at every word costs more than all else.
const MAY_HAVE_BOTH_FORMS = /[·•‧∙⋅(/]\p{L}|[.-]\p{L}{1,6}[.-]s/iu
const LETTERS = /[\p{L}\p{N}\p{M}]+/gu
const PLAIN_LETTERS = /[a-z0-9]+/g
const LETTERS_AT_START = /^[\p{L}\p{N}\p{M}]+/u
const PLURAL = /s[)]?$/i
const SCRIPTS_WITHOUT_SPACES =
  /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}\p{sc=Myanmar}]/u

// Folding asks Unicode about every letter, which is most of the cost of writing and of searching a
// profile. Most words are of these letters only, and each of them folds the same beside any other.
const COMMON = foldedAlone(0x00c0, 0x017f)
const COMMON_WORD = new RegExp(`^[A-Za-z0-9${[...COMMON.keys()].join('')}]+$`)
const BEYOND_ASCII = /[\u0080-\uffff]/g
// Signs between words that fold to no letter.
const UNCOMMON = new RegExp(
  `[^\\u0000-\\u007f${[...COMMON.keys()].join('')}\u00a0¡«·»¿\u2009\u202f–—‘’“”…]`,
)

/**
 * Splits a text into words with their folded tokens: case, accents and ligatures do not count.
 * Scripts that are written without spaces give one word per character: a search for several of them
 * is a phrase, which is the same with every version of the runtime. A French word with both endings
 * (travailleur·euse·s) is one word, and its token the first form.
 */
export function words(text: string): Word[] {
  const hasBothForms = MAY_HAVE_BOTH_FORMS.test(text)
  const folded = hasBothForms ? null : foldedWhole(text)
  // A letter that folds to two (œ, ß) would move all that follow.
  if (folded?.length === text.length) return plainWords(folded)
  const found: Word[] = []
  for (const match of text.matchAll(hasBothForms ? WORD : LETTERS)) {
    const [word] = match
    if (COMMON_WORD.test(word)) {
      found.push({
        start: match.index,
        end: match.index + word.length,
        tokens: [foldCommon(word)],
        joined: false,
      })
    } else if (SCRIPTS_WITHOUT_SPACES.test(word)) {
      let start = match.index
      for (const character of word) {
        const end = start + character.length
        const joined = start > match.index
        found.push({ start, end, tokens: tokensOfCharacter(character), joined })
        start = end
      }
    } else {
      found.push(withBothForms(word, match.index) ?? asWord(word, match.index, false))
    }
  }
  return found.filter((word) => word.tokens.length > 0)
}

/**
 * Tells cheaply of how many groups a text holds no token, not even inside a word.
 *
 * @returns how many groups it may hold a token of; all where it is not sure
 */
export function mayHold(text: string, groups: readonly (readonly string[])[]): number {
  const folded = foldedWhole(text)
  if (folded === null) return groups.length
  return groups.filter((tokens) => tokens.some((token) => folded.includes(token))).length
}

/** The tokens of a text in their order; letters and digits only, safe inside a full-text query. */
export function tokens(text: string): string[] {
  const folded = MAY_HAVE_BOTH_FORMS.test(text) ? null : foldedWhole(text)
  return folded !== null
    ? (folded.match(PLAIN_LETTERS) ?? [])
    : words(text).flatMap((word) => word.tokens)
}

// A text is asked for twice in turn: whether it may hold a word, then where.
let latest: { text: string; folded: string | null } = { text: '', folded: '' }

/** The folded text; null where its letters do not all fold the same beside any other. */
function foldedWhole(text: string): string | null {
  if (latest.text !== text) {
    latest = { text, folded: UNCOMMON.test(text) ? null : foldCommon(text) }
  }
  return latest.folded
}

/** The words of a folded text; to match them one by one takes several times as long. */
function plainWords(folded: string): Word[] {
  const found: Word[] = []
  let start = -1
  for (let end = 0; end <= folded.length; end++) {
    if (isPlainLetter(folded.charCodeAt(end))) {
      if (start === -1) start = end
    } else if (start !== -1) {
      found.push({ start, end, tokens: [folded.slice(start, end)], joined: false })
      start = -1
    }
  }
  return found
}

/** Of `PLAIN_LETTERS`; NaN, the end of a text, is none. */
function isPlainLetter(code: number): boolean {
  return (code >= 97 && code <= 122) || (code >= 48 && code <= 57)
}

// As many characters as the texts of a large directory hold; then remembering begins anew.
const REMEMBERED = 20_000
const ofCharacters = new Map<string, string[]>()

function tokensOfCharacter(character: string): string[] {
  const known = ofCharacters.get(character)
  if (known) return known
  if (ofCharacters.size >= REMEMBERED) ofCharacters.clear()
  const { tokens } = asWord(character, 0, false)
  ofCharacters.set(character, tokens)
  return tokens
}

function asWord(word: string, start: number, joined: boolean): Word {
  return { start, end: start + word.length, tokens: fold(word).match(LETTERS) ?? [], joined }
}

function withBothForms(word: string, start: number): Word | null {
  const base = LETTERS_AT_START.exec(word)?.[0] ?? ''
  if (base.length === word.length) return null
  const plural = PLURAL.test(word) && !/[sxSX]$/.test(base) ? `${base}s` : base
  return { ...asWord(plural, start, false), end: start + word.length }
}

function foldCommon(text: string): string {
  return text.toLowerCase().replace(BEYOND_ASCII, (letter) => COMMON.get(letter) ?? letter)
}

/** The letters of a block of Unicode that fold to plain letters, with what they fold to. */
function foldedAlone(from: number, to: number): ReadonlyMap<string, string> {
  const folded = new Map<string, string>()
  for (let code = from; code <= to; code++) {
    const letter = String.fromCharCode(code)
    const plain = fold(letter)
    // A few change in lower case to more than one unit; they are left to the folding proper.
    if (/^[a-z0-9]+$/.test(plain) && letter.toLowerCase().length === 1) folded.set(letter, plain)
  }
  return folded
}
