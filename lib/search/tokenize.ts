import { fold } from '@/lib/text/fold'

/** A word of a text: where it stands (UTF-16 offsets, end excluded) and how it is searched for. */
export type Token = {
  start: number
  end: number
  terms: string[]
  /** Follows the word before it without a space, in a script that writes none. */
  joined: boolean
}

// French forms for everybody: travailleur·euse·s, travailleur.euse.s, travailleur-euse-s,
// travailleur(euse)s, travailleurs/euses. The signs alone would make several words of one.
const GENDERED_ENDING =
  '(?:e|euse|se|sse|esse|ne|enne|ienne|le|elle|te|trice|rice|ice|re|ere|ère|ière|iere|ve|ive|ale)'
const INCLUSIVE_FORM =
  `(?:[·•‧∙⋅]${GENDERED_ENDING}?s?(?:[·•‧∙⋅]s)?|[.]${GENDERED_ENDING}[.]s|-${GENDERED_ENDING}-s|` +
  `[(](?:${GENDERED_ENDING}s?|s)[)]s?|/${GENDERED_ENDING}(?:/?s)?)`
const WORD = new RegExp(
  `[\\p{L}\\p{N}\\p{M}]+(?:(?<=\\p{L}{4})${INCLUSIVE_FORM}(?![\\p{L}\\p{N}\\p{M}]))?`,
  'giu',
)
// Most texts have none of them, and looking for each at every word costs more than all else.
const MAY_HAVE_INCLUSIVE_FORM = /[·•‧∙⋅(/]\p{L}|[.-]\p{L}{1,6}[.-]s/iu
const LETTERS = /[\p{L}\p{N}\p{M}]+/gu
const ASCII_WORDS = /[a-z0-9]+/g
const LEADING_LETTERS = /^[\p{L}\p{N}\p{M}]+/u
const PLURAL = /s[)]?$/i
const SCRIPTS_WITHOUT_SPACES =
  /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}\p{sc=Myanmar}]/u

// Folding asks Unicode about every letter, which is most of the cost of writing and of searching a
// profile. Most words are of these letters only, and each of them folds the same beside any other.
const LATIN_FOLDS = buildFoldTable(0x00c0, 0x017f)
const LATIN_WORD = new RegExp(`^[A-Za-z0-9${[...LATIN_FOLDS.keys()].join('')}]+$`)
const BEYOND_ASCII = /[\u0080-\uffff]/g
/** Beyond ASCII, between words; they fold to no letter. */
const PUNCTUATION = '\u00a0¡«·»¿\u2009\u202f–—‘’“”…'
const NOT_LATIN = new RegExp(`[^\\u0000-\\u007f${[...LATIN_FOLDS.keys()].join('')}${PUNCTUATION}]`)

// Of Latin-1, with the ligature of French: a pattern of few letters is found several times faster.
const LATIN1_FOLDS = new Map(
  [...buildFoldTable(0x30, 0x7a), ...LATIN_FOLDS].filter(([letter]) =>
    /[\0-\u00ffœŒŸ]/.test(letter),
  ),
)
const NOT_LATIN1 = new RegExp(
  `[^\\u0000-\\u007f${[...LATIN1_FOLDS.keys()].join('')}${PUNCTUATION}]`,
)
/** By what they fold to, the class of the letters that do. */
const LETTER_CLASSES = new Map(
  [...new Set(LATIN1_FOLDS.values())].map((plain) => [
    plain,
    characterClass(
      [...LATIN1_FOLDS].flatMap(([letter, folded]) =>
        folded === plain ? letter.charCodeAt(0) : [],
      ),
    ),
  ]),
)
const LATIN1_WORDS = new RegExp(
  `${characterClass([...LATIN1_FOLDS.keys()].map((letter) => letter.charCodeAt(0)))}+`,
  'g',
)
const latin1Letters = new Uint8Array(0x180)
for (const letter of LATIN1_FOLDS.keys()) latin1Letters[letter.charCodeAt(0)] = 1

/** NaN, before a text begins and where it ends, is none. */
function isLatin1Letter(code: number): boolean {
  return latin1Letters[code] === 1
}

/**
 * Splits a text into words with their folded tokens: case, accents and ligatures do not count.
 * Scripts that are written without spaces give one word per character: a search for several of them
 * is a phrase, which is the same with every version of the runtime. A French word with both endings
 * (travailleur·euse·s) is one word, and its token the first form.
 */
export function tokenize(text: string): Token[] {
  const hasBothForms = MAY_HAVE_INCLUSIVE_FORM.test(text)
  const folded = hasBothForms ? null : foldLatinText(text)
  // A letter that folds to two (œ, ß) would move all that follow.
  if (folded?.length === text.length) return asciiTokens(folded)
  const found: Token[] = []
  for (const match of text.matchAll(hasBothForms ? WORD : LETTERS)) {
    const [word] = match
    if (LATIN_WORD.test(word)) {
      found.push({
        start: match.index,
        end: match.index + word.length,
        terms: [foldLatin(word)],
        joined: false,
      })
    } else if (SCRIPTS_WITHOUT_SPACES.test(word)) {
      let start = match.index
      for (const character of word) {
        const end = start + character.length
        const joined = start > match.index
        found.push({ start, end, terms: characterTerms(character), joined })
        start = end
      }
    } else {
      found.push(inclusiveToken(word, match.index) ?? foldedToken(word, match.index, false))
    }
  }
  return found.filter((word) => word.terms.length > 0)
}

/**
 * Finds in texts the words that begin with one of some beginnings, without taking all of a text apart.
 *
 * @param beginnings of tokens, of one to four letters: further on a word may hold both its forms
 * @returns shows these words of a text in their order; false, and none, where only `words` can tell
 */
export function createPrefixScanner(
  beginnings: readonly string[],
): (text: string, show: (word: Token) => void) => boolean {
  const sources = beginnings.map(prefixPattern).filter((source) => source !== null)
  const pattern = new RegExp(sources.length > 0 ? sources.join('|') : '(?!)', 'g')
  return (text, show) => {
    if (NOT_LATIN1.test(text)) return false
    pattern.lastIndex = 0
    if (!pattern.test(text)) return true
    // More than its letters may be one word.
    if (MAY_HAVE_INCLUSIVE_FORM.test(text)) return false
    do {
      // A match holds letters alone, and so lies in one word.
      let start = pattern.lastIndex - 1
      while (isLatin1Letter(text.charCodeAt(start - 1))) start--
      const word = latin1TokenAt(text, start)
      const [token = ''] = word.terms
      if (beginnings.some((beginning) => token.startsWith(beginning))) show(word)
      pattern.lastIndex = word.end
    } while (pattern.test(text))
    return true
  }
}

/** What stands in a text where a token begins so, as the source of a pattern; null: nothing usual. */
function prefixPattern(beginning: string): string | null {
  if (beginning === '') return ''
  const sources = [...LETTER_CLASSES].flatMap(([plain, letters]) => {
    if (!beginning.startsWith(plain) && !plain.startsWith(beginning)) return []
    const rest = prefixPattern(beginning.slice(plain.length))
    return rest === null ? [] : [letters + rest]
  })
  return sources.length === 0 ? null : `(?:${sources.join('|')})`
}

/** The words of a text from one on: that itself, the next, … */
export type TokenLookahead = (steps: number) => Token | undefined

/** @param first of a text that `wordsBeginningWith` can tell about */
export function latin1Lookahead(text: string, first: Token): TokenLookahead {
  const found = [first]
  return (steps) => {
    for (let last = found.at(-1); found.length <= steps && last; last = found.at(-1)) {
      let start = last.end
      while (start < text.length && !isLatin1Letter(text.charCodeAt(start))) start++
      if (start === text.length) return undefined
      found.push(latin1TokenAt(text, start))
    }
    return found[steps]
  }
}

function latin1TokenAt(text: string, start: number): Token {
  let end = start
  let isPlain = true
  for (let code = text.charCodeAt(end); isLatin1Letter(code); code = text.charCodeAt(++end)) {
    isPlain &&= isAsciiAlphanumeric(code)
  }
  const written = text.slice(start, end)
  return { start, end, terms: [isPlain ? written : foldLatin(written)], joined: false }
}

/** The tokens of a text in their order; letters and digits only, safe inside a full-text query. */
export function termsIn(text: string): string[] {
  const folded = MAY_HAVE_INCLUSIVE_FORM.test(text) ? null : foldLatinText(text)
  return folded !== null
    ? (folded.match(ASCII_WORDS) ?? [])
    : tokenize(text).flatMap((word) => word.terms)
}

/**
 * The words of a text as they are written, each of which `foldCommon` gives its one token; null where
 * only `words` can tell.
 */
export function latin1Words(text: string): string[] | null {
  if (NOT_LATIN1.test(text) || MAY_HAVE_INCLUSIVE_FORM.test(text)) return null
  return text.match(LATIN1_WORDS) ?? []
}

/** The folded text; null where its letters do not all fold the same beside any other. */
function foldLatinText(text: string): string | null {
  return NOT_LATIN.test(text) ? null : foldLatin(text)
}

/** The words of a folded text; to match them one by one takes several times as long. */
function asciiTokens(folded: string): Token[] {
  const found: Token[] = []
  let start = -1
  for (let end = 0; end <= folded.length; end++) {
    if (isAsciiAlphanumeric(folded.charCodeAt(end))) {
      if (start === -1) start = end
    } else if (start !== -1) {
      found.push({ start, end, terms: [folded.slice(start, end)], joined: false })
      start = -1
    }
  }
  return found
}

/** Of `PLAIN_LETTERS`; NaN, the end of a text, is none. */
function isAsciiAlphanumeric(code: number): boolean {
  return (code >= 97 && code <= 122) || (code >= 48 && code <= 57)
}

// As many characters as the texts of a large directory hold; then remembering begins anew.
const MAX_CACHED_CHARACTERS = 20_000
const characterCache = new Map<string, string[]>()

function characterTerms(character: string): string[] {
  const known = characterCache.get(character)
  if (known) return known
  if (characterCache.size >= MAX_CACHED_CHARACTERS) characterCache.clear()
  const { terms: tokens } = foldedToken(character, 0, false)
  characterCache.set(character, tokens)
  return tokens
}

function foldedToken(word: string, start: number, joined: boolean): Token {
  return { start, end: start + word.length, terms: fold(word).match(LETTERS) ?? [], joined }
}

function inclusiveToken(word: string, start: number): Token | null {
  const base = LEADING_LETTERS.exec(word)?.[0] ?? ''
  if (base.length === word.length) return null
  const plural = PLURAL.test(word) && !/[sxSX]$/.test(base) ? `${base}s` : base
  return { ...foldedToken(plural, start, false), end: start + word.length }
}

/** The token of a word that `usualWords` gave. */
export function foldLatin(text: string): string {
  return text.toLowerCase().replace(BEYOND_ASCII, (letter) => LATIN_FOLDS.get(letter) ?? letter)
}

/** The letters of a block of Unicode that fold to plain letters, with what they fold to. */
function buildFoldTable(from: number, to: number): ReadonlyMap<string, string> {
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
function characterClass(units: number[]): string {
  const write = (unit = 0) => `\\u${unit.toString(16).padStart(4, '0')}`
  const starts = units.filter((unit) => !units.includes(unit - 1))
  const ends = units.filter((unit) => !units.includes(unit + 1))
  return `[${starts.map((start, place) => `${write(start)}-${write(ends[place])}`).join('')}]`
}
