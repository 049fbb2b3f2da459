import { fold } from '@/lib/text/fold'

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
/** Beyond ASCII, between words; they fold to no letter. */
const SIGNS = '\u00a0¡«·»¿\u2009\u202f–—‘’“”…'
const UNCOMMON = new RegExp(`[^\\u0000-\\u007f${[...COMMON.keys()].join('')}${SIGNS}]`)

// Of Latin-1, with the ligature of French: a pattern of few letters is found several times faster.
const USUAL = new Map(
  [...foldedAlone(0x30, 0x7a), ...COMMON].filter(([letter]) => /[\0-\u00ffœŒŸ]/.test(letter)),
)
const UNUSUAL = new RegExp(`[^\\u0000-\\u007f${[...USUAL.keys()].join('')}${SIGNS}]`)
/** By what they fold to, the class of the letters that do. */
const CLASSES = new Map(
  [...new Set(USUAL.values())].map((plain) => [
    plain,
    classOf(
      [...USUAL].flatMap(([letter, folded]) => (folded === plain ? letter.charCodeAt(0) : [])),
    ),
  ]),
)
const USUAL_WORDS = new RegExp(
  `${classOf([...USUAL.keys()].map((letter) => letter.charCodeAt(0)))}+`,
  'g',
)
const areUsualLetters = new Uint8Array(0x180)
for (const letter of USUAL.keys()) areUsualLetters[letter.charCodeAt(0)] = 1

/** NaN, before a text begins and where it ends, is none. */
function isUsualLetter(code: number): boolean {
  return areUsualLetters[code] === 1
}

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
 * Finds in texts the words that begin with one of some beginnings, without taking all of a text apart.
 *
 * @param beginnings of tokens, of one to four letters: further on a word may hold both its forms
 * @returns shows these words of a text in their order; false, and none, where only `words` can tell
 */
export function wordsBeginningWith(
  beginnings: readonly string[],
): (text: string, show: (word: Word) => void) => boolean {
  const sources = beginnings.map(sourceOf).filter((source) => source !== null)
  const pattern = new RegExp(sources.length > 0 ? sources.join('|') : '(?!)', 'g')
  return (text, show) => {
    if (UNUSUAL.test(text)) return false
    pattern.lastIndex = 0
    if (!pattern.test(text)) return true
    // More than its letters may be one word.
    if (MAY_HAVE_BOTH_FORMS.test(text)) return false
    do {
      // A match holds letters alone, and so lies in one word.
      let start = pattern.lastIndex - 1
      while (isUsualLetter(text.charCodeAt(start - 1))) start--
      const word = usualWord(text, start)
      const [token = ''] = word.tokens
      if (beginnings.some((beginning) => token.startsWith(beginning))) show(word)
      pattern.lastIndex = word.end
    } while (pattern.test(text))
    return true
  }
}

/** What stands in a text where a token begins so, as the source of a pattern; null: nothing usual. */
function sourceOf(beginning: string): string | null {
  if (beginning === '') return ''
  const sources = [...CLASSES].flatMap(([plain, letters]) => {
    if (!beginning.startsWith(plain) && !plain.startsWith(beginning)) return []
    const rest = sourceOf(beginning.slice(plain.length))
    return rest === null ? [] : [letters + rest]
  })
  return sources.length === 0 ? null : `(?:${sources.join('|')})`
}

/** The words of a text from one on: that itself, the next, … */
export type Following = (steps: number) => Word | undefined

/** @param first of a text that `wordsBeginningWith` can tell about */
export function followingUsual(text: string, first: Word): Following {
  const found = [first]
  return (steps) => {
    for (let last = found.at(-1); found.length <= steps && last; last = found.at(-1)) {
      let start = last.end
      while (start < text.length && !isUsualLetter(text.charCodeAt(start))) start++
      if (start === text.length) return undefined
      found.push(usualWord(text, start))
    }
    return found[steps]
  }
}

function usualWord(text: string, start: number): Word {
  let end = start
  let isPlain = true
  for (let code = text.charCodeAt(end); isUsualLetter(code); code = text.charCodeAt(++end)) {
    isPlain &&= isPlainLetter(code)
  }
  const written = text.slice(start, end)
  return { start, end, tokens: [isPlain ? written : foldCommon(written)], joined: false }
}

/** The tokens of a text in their order; letters and digits only, safe inside a full-text query. */
export function tokens(text: string): string[] {
  const folded = MAY_HAVE_BOTH_FORMS.test(text) ? null : foldedWhole(text)
  return folded !== null
    ? (folded.match(PLAIN_LETTERS) ?? [])
    : words(text).flatMap((word) => word.tokens)
}

/**
 * The words of a text as they are written, each of which `foldCommon` gives its one token; null where
 * only `words` can tell.
 */
export function usualWords(text: string): string[] | null {
  if (UNUSUAL.test(text) || MAY_HAVE_BOTH_FORMS.test(text)) return null
  return text.match(USUAL_WORDS) ?? []
}

/** The folded text; null where its letters do not all fold the same beside any other. */
function foldedWhole(text: string): string | null {
  return UNCOMMON.test(text) ? null : foldCommon(text)
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

/** The token of a word that `usualWords` gave. */
export function foldCommon(text: string): string {
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

/** A class of characters; a range is found faster than its units. */
function classOf(units: number[]): string {
  const write = (unit = 0) => `\\u${unit.toString(16).padStart(4, '0')}`
  const starts = units.filter((unit) => !units.includes(unit - 1))
  const ends = units.filter((unit) => !units.includes(unit + 1))
  return `[${starts.map((start, place) => `${write(start)}-${write(ends[place])}`).join('')}]`
}
