import { fold } from '@/lib/places/fold'

/** A word of a text: where it stands (UTF-16 offsets, end excluded) and how it is searched for. */
export type Word = { start: number; end: number; tokens: string[] }

const WORD = /[\p{L}\p{N}\p{M}]+/gu
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
 * Scripts that are written without spaces give one word per character.
 */
export function words(text: string): Word[] {
  const found: Word[] = []
  for (const match of text.matchAll(WORD)) {
    const [word] = match
    if (COMMON_WORD.test(word)) {
      found.push({ start: match.index, end: match.index + word.length, tokens: [foldCommon(word)] })
    } else if (!SCRIPTS_WITHOUT_SPACES.test(word)) {
      found.push(asWord(word, match.index))
    } else {
      let start = match.index
      for (const character of word) {
        found.push(asWord(character, start))
        start += character.length
      }
    }
  }
  return found.filter((word) => word.tokens.length > 0)
}

/**
 * Tells cheaply that a text holds none of the tokens, not even inside a word; where it is not sure,
 * it says that it may.
 */
export function mayHold(text: string, tokens: string[]): boolean {
  if (UNCOMMON.test(text)) return true
  const folded = foldCommon(text)
  return tokens.some((token) => folded.includes(token))
}

/** The tokens of a text in their order; letters and digits only, safe inside a full-text query. */
export function tokens(text: string): string[] {
  return words(text).flatMap((word) => word.tokens)
}

function asWord(word: string, start: number): Word {
  return { start, end: start + word.length, tokens: fold(word).match(WORD) ?? [] }
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
