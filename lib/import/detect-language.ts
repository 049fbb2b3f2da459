/** Languages that an answer can be told to be in; anything else is `und`. */
export const DETECTED_LANGUAGES = ['fr', 'en', 'es', 'pt', 'ru', 'zh', 'ar'] as const

/** Language of what nobody can name for certain (BCP 47, ISO 639-3). */
export const UNDETERMINED = 'und'

/** What a paragraph by itself says about its language. */
export type Detection =
  /** It is in this language (BCP 47). */
  | { kind: 'certain'; language: string }
  /** It is in none of the languages that can be told apart: its neighbours say nothing about it. */
  | { kind: 'foreign' }
  /** Evidence per language, comparable within one paragraph only; none for a number or a name. */
  | { kind: 'uncertain'; evidence: ReadonlyMap<string, number> }

/** Reads the language of one paragraph. */
export type DetectLanguage = (paragraph: string) => Detection

// Thresholds measured on short lines as members write them, and on lines in other languages; the
// table is in the tests. `detect` gives each language s = n / (n + 25), where n is the average
// evidence of the text's groups of letters.
const SCALE = 25
/** Below this average the text is hardly in that language at all (measured: 76–142 for lines in it, ≤ 56 for others). */
const MIN_CERTAIN_SCORE = 65
/** Lead in evidence over the second language from which the first is certain (measured: right from 91 on, wrong up to 6). */
const MIN_CERTAIN_LEAD = 90
/** Lead that is enough among the languages that the page is known to be in. */
const MIN_LEAD_ON_PAGE = 25
/** Average from which a paragraph counts as evidence at all. */
const MIN_EVIDENCE_SCORE = 50
/** Groups of letters from which a lead of a language that is not told apart means something. */
const MIN_FOREIGN_TRIGRAMS = 8

// Bounded, because Thai and Chinese have no spaces: else every letter would look for an @ to the end.
const URLS_AND_EMAILS =
  /\b(?:https?:\/\/|www\.)\S+|[^\s@]{1,64}@[^\s@]{1,255}\.\p{L}{2,63}|\b[\w-]{1,63}\.(?:org|com|net)\b/giu
const NO_LETTERS = /[^\p{L}\p{M}'’ʼ-]+/gu

// Scripts that are written for one language only, as far as members go.
const LANGUAGE_OF_SCRIPT: readonly (readonly [string, RegExp])[] = [
  ['th', /\p{Script=Thai}/gu],
  ['ko', /\p{Script=Hangul}/gu],
  ['el', /\p{Script=Greek}/gu],
  ['ka', /\p{Script=Georgian}/gu],
  ['hy', /\p{Script=Armenian}/gu],
  ['km', /\p{Script=Khmer}/gu],
  ['lo', /\p{Script=Lao}/gu],
  ['ta', /\p{Script=Tamil}/gu],
  ['te', /\p{Script=Telugu}/gu],
  ['kn', /\p{Script=Kannada}/gu],
  ['ml', /\p{Script=Malayalam}/gu],
  ['gu', /\p{Script=Gujarati}/gu],
  ['si', /\p{Script=Sinhala}/gu],
]

const LATIN = /\p{Script=Latin}/gu
const CYRILLIC = /\p{Script=Cyrillic}/gu
const ARABIC = /\p{Script=Arabic}/gu
const HAN = /\p{Script=Han}/gu
const KANA = /[\p{Script=Hiragana}\p{Script=Katakana}]/gu

const NOT_RUSSIAN = /[^\P{Script=Cyrillic}а-яёА-ЯЁ\p{M}]/u
// Letters of Persian, Urdu, Pashto, Kurdish, Sindhi, Uyghur that Arabic does not have.
const NOT_ARABIC = /[پچژگکیےۓہھڈٹڑںۆۇۈېەڕڵۅټډړږښڼګڭ]/u

/** What a detector finds in a text. */
export type Detector = {
  /** Average evidence per group of letters for each language, best first. */
  scoreDetectedLanguages: (text: string) => [string, number][]
  /** That of the best of all languages, told apart or not; 0 where there is none. */
  bestScore: (text: string) => number
}

/**
 * Loads what tells languages apart: about 150 MB that stay in memory, so never in a server. Meant for
 * a command or a short-lived worker.
 *
 * @returns a function that reads one paragraph; it depends on nothing but the paragraph
 */
export async function loadLanguageDetector(): Promise<DetectLanguage> {
  const { eld } = await import('eld/small')
  const all = eld.newInstance()
  const told = eld.newInstance()
  told.setLanguageSubset([...DETECTED_LANGUAGES])
  const averages = (detector: typeof eld) => (text: string) =>
    Object.entries(detector.detect(text).getScores()).map(([language, score]): [string, number] => [
      language,
      (SCALE * score) / (1 - score),
    ])
  const amongAll = averages(all)
  const detector: Detector = {
    scoreDetectedLanguages: averages(told),
    bestScore: (text) => amongAll(text)[0]?.[1] ?? 0,
  }
  return (paragraph) => detectLanguage(paragraph, detector)
}

/**
 * Reads the language of one paragraph from what a detector finds in it.
 *
 * @param paragraph text of any script
 * @param detector asked about the whole and about each sentence, without addresses and other scripts
 * @returns what the paragraph by itself says
 */
export function detectLanguage(paragraph: string, detector: Detector): Detection {
  const whole = detectInText(paragraph, detector)
  if (whole.kind !== 'certain') return whole

  // A paragraph may hold an original and its translation one after the other: then it is in neither.
  const letters = new Map<string, number>()
  for (const piece of splitSentences(paragraph)) {
    if (countTrigrams(piece) < 8 && !/\p{Script=Han}{4}/u.test(piece)) continue
    const reading = detectInText(piece, detector)
    if (reading.kind !== 'certain') continue
    letters.set(reading.language, (letters.get(reading.language) ?? 0) + piece.length)
  }
  const total = [...letters.values()].reduce((sum, count) => sum + count, 0)
  const others = total - (letters.get(whole.language) ?? 0)
  return others > total / 5 ? { kind: 'uncertain', evidence: new Map() } : whole
}

/** Sentences; long ones in pieces, because a detector reads some 350 bytes of a text and no more. */
function splitSentences(paragraph: string): string[] {
  return paragraph
    .split(/(?<=[.!?…؟。！？;；؛])\s*/u)
    .flatMap((sentence) => sentence.match(/.{1,150}(?:\s+|$)|.{1,150}/gsu) ?? [])
}

function detectInText(raw: string, detector: Detector): Detection {
  const text = raw.replace(URLS_AND_EMAILS, ' ')
  const count = (script: RegExp): number => text.match(script)?.length ?? 0
  const latin = count(LATIN)
  const cyrillic = count(CYRILLIC)
  const arabic = count(ARABIC)
  const kana = count(KANA)
  // A character of Chinese says about as much as three letters.
  const han = count(HAN) * 3
  const single = LANGUAGE_OF_SCRIPT.map(([language, script]) => ({ language, size: count(script) }))
  const letters = count(/\p{L}/gu) + (han / 3) * 2
  if (letters === 0) return { kind: 'uncertain', evidence: new Map() }

  const prevails = (size: number): boolean => size >= letters * 0.7
  if (kana > 0 && prevails(kana + han)) return { kind: 'certain', language: 'ja' }
  if (prevails(han)) return { kind: 'certain', language: 'zh' }
  for (const { language, size } of single) {
    if (prevails(size)) return { kind: 'certain', language }
  }
  if (prevails(cyrillic)) {
    return NOT_RUSSIAN.test(text) ? { kind: 'foreign' } : checkFit('ru', text, CYRILLIC, detector)
  }
  if (prevails(arabic)) {
    return NOT_ARABIC.test(text) ? { kind: 'foreign' } : checkFit('ar', text, ARABIC, detector)
  }
  if (prevails(latin)) return detectLatin(text.replace(/[^\P{L}\p{Script=Latin}]/gu, ' '), detector)
  const known = [latin, cyrillic, arabic, kana, han, ...single.map(({ size }) => size)]
  return known.some((size) => size > 0)
    ? { kind: 'uncertain', evidence: new Map() }
    : { kind: 'foreign' }
}

// The only language of its script that is told apart: certain when it fits, unless a relative fits better.
function checkFit(language: string, text: string, script: RegExp, detector: Detector): Detection {
  const own = Array.from(text.matchAll(/\p{L}|\s/gu), ([letter]) => letter).filter(
    (letter) => letter.trim() === '' || letter.match(script) !== null,
  )
  const words = own.join('')
  const average = new Map(detector.scoreDetectedLanguages(words)).get(language) ?? 0
  if (average < MIN_EVIDENCE_SCORE) return { kind: 'uncertain', evidence: new Map() }
  const isClose = detector.bestScore(words) < average * 1.08
  if (average >= 95 && isClose) return { kind: 'certain', language }
  return countTrigrams(words) >= MIN_FOREIGN_TRIGRAMS && !isClose
    ? { kind: 'foreign' }
    : { kind: 'uncertain', evidence: new Map([[language, average * countTrigrams(words)]]) }
}

function detectLatin(text: string, detector: Detector): Detection {
  const groups = countTrigrams(text)
  const scores = detector.scoreDetectedLanguages(text)
  const [first, second] = scores
  const best = detector.bestScore(text)
  const average = first?.[1] ?? 0
  // What leads the first of the languages told apart is none of them.
  if (groups >= MIN_FOREIGN_TRIGRAMS && best >= MIN_CERTAIN_SCORE && best > average * 1.25) {
    return { kind: 'foreign' }
  }
  if (first === undefined || average < MIN_EVIDENCE_SCORE)
    return { kind: 'uncertain', evidence: new Map() }
  const lead = (average - (second?.[1] ?? 0)) * groups
  if (average >= MIN_CERTAIN_SCORE && lead >= MIN_CERTAIN_LEAD)
    return { kind: 'certain', language: first[0] }
  return {
    kind: 'uncertain',
    evidence: new Map(scores.map(([language, score]) => [language, score * groups])),
  }
}

// As the detector counts them: the first four bytes of a word, then every three.
function countTrigrams(text: string): number {
  let groups = 0
  for (const word of text.replace(NO_LETTERS, ' ').split(' ')) {
    if (word !== '') groups += Math.max(1, Math.ceil((Buffer.byteLength(word) - 1) / 3))
  }
  return groups
}

/**
 * Settles the language of every paragraph of an answer from what each says by itself and from where it
 * stands. An uncertain paragraph between two of the same language belongs to them; else its evidence
 * decides, if it is clear among the languages that the page is known to be in; else it is `und`.
 *
 * @param readings one per paragraph, in order
 * @param pageLanguages languages that other paragraphs of the same page are certainly in
 * @returns one BCP 47 tag per paragraph; `und` where it is not certain
 */
export function resolveLanguages(
  readings: readonly Detection[],
  pageLanguages: ReadonlySet<string>,
): string[] {
  const own = readings.map((reading) => {
    if (reading.kind === 'certain') return reading.language
    return reading.kind === 'foreign' ? UNDETERMINED : null
  })
  const before = fillForward(own)
  const after = fillForward(own.toReversed()).toReversed()
  return readings.map((reading, index) => {
    if (reading.kind === 'certain') return reading.language
    if (reading.kind === 'foreign') return UNDETERMINED
    const neighbour = before[index] ?? UNDETERMINED
    if (neighbour === after[index] && neighbour !== UNDETERMINED) return neighbour
    return likeliest(reading.evidence, pageLanguages) ?? UNDETERMINED
  })
}

/** For each place the last language that is known there or before; null where there is none yet. */
function fillForward(languages: readonly (string | null)[]): (string | null)[] {
  let last: string | null = null
  return languages.map((language) => (last = language ?? last))
}

function likeliest(
  evidence: ReadonlyMap<string, number>,
  pageLanguages: ReadonlySet<string>,
): string | null {
  const ranked = [...evidence].sort((a, b) => b[1] - a[1])
  const [first, second] = ranked.filter(([language]) => pageLanguages.has(language))
  if (first === undefined) return null
  // With one language known there is nothing to choose from: the evidence itself has to lead.
  const rival = second ?? ranked.find(([language]) => language !== first[0])
  const leads = rival === undefined || first[1] - rival[1] >= MIN_LEAD_ON_PAGE
  return leads && first[1] >= Math.max(...evidence.values()) * 0.85 ? first[0] : null
}
