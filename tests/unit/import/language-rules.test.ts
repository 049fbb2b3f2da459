import { beforeEach, describe, expect, it } from 'vitest'
import { DETECTED_LANGUAGES, detectLanguage } from '@/lib/import/detect-language'
import type { Detector, Detection } from '@/lib/import/detect-language'

// What is found in a text: average evidence per group of letters for each language. Given here, so
// that a rule is tested on both sides of its limit whatever a detector was trained on.
type Found = Readonly<Record<string, number>>
const foundIn = new Map<string, Found>()

function plain(text: string): string {
  return text.replace(/\s+/g, ' ').trim()
}

function ranked(text: string): [string, number][] {
  return Object.entries(foundIn.get(plain(text)) ?? {}).sort((a, b) => b[1] - a[1])
}

const detector: Detector = {
  scoreDetectedLanguages: (text) =>
    ranked(text).filter(([language]) => DETECTED_LANGUAGES.some((told) => told === language)),
  bestScore: (text) => ranked(text)[0]?.[1] ?? 0,
}

const read = (text: string): Detection => detectLanguage(text, detector)
beforeEach(() => foundIn.clear())

function readAs(text: string, found: Found): Detection {
  foundIn.set(text, found)
  return read(text)
}

/** As many words, of one group of letters each. */
function words(count: number, word = 'loma'): string {
  return Array.from({ length: count }, () => word).join(' ')
}

const certain = (language: string): Detection => ({ kind: 'certain', language })
const FOREIGN: Detection = { kind: 'foreign' }
const NO_EVIDENCE: Detection = { kind: 'uncertain', evidence: new Map() }

function evidenceOf(reading: Detection): Record<string, number> {
  if (reading.kind !== 'uncertain') throw new Error(reading.kind)
  return Object.fromEntries(
    [...reading.evidence].map(([language, value]) => [language, Number(value.toFixed(6))]),
  )
}

describe('a line in Latin letters', () => {
  it.each<[string, number, Found, Detection]>([
    ['fits one language and leads', 4, { fr: 90, en: 60 }, certain('fr')],
    ['leads by a little in many words', 20, { fr: 90, en: 85 }, certain('fr')],
    ['fits one language only', 2, { es: 70 }, certain('es')],
    ['just fits', 8, { fr: 65, en: 10 }, certain('fr')],
    ['just leads', 6, { fr: 90, en: 75 }, certain('fr')],
    ['hardly fits any language', 8, { fr: 49, en: 1 }, NO_EVIDENCE],
    ['fits nothing at all', 8, {}, NO_EVIDENCE],
    ['fits another language much better', 8, { de: 100, fr: 75, en: 10 }, FOREIGN],
    ['fits another language only', 8, { de: 100 }, FOREIGN],
    ['just fits another language', 8, { de: 65, fr: 40 }, FOREIGN],
    ['fits another language just not much better', 8, { de: 125, fr: 100 }, certain('fr')],
    ['fits another language better in too few words', 7, { de: 100, fr: 75 }, certain('fr')],
    ['fits another language somewhat better', 8, { de: 100, fr: 85, en: 10 }, certain('fr')],
    ['fits another language not well either', 8, { de: 64, fr: 30 }, NO_EVIDENCE],
    ['fits the one and no other language better', 8, { pt: 100, gl: 95, es: 60 }, certain('pt')],
  ])('that %s', (_, count, found, reading) => {
    expect(readAs(words(count), found)).toEqual(reading)
  })

  it.each<[string, number, Found, Found]>([
    ['leads, but hardly fits', 8, { fr: 64, en: 10 }, { fr: 512, en: 80 }],
    ['just counts as evidence', 8, { fr: 50, en: 10 }, { fr: 400, en: 80 }],
    ['fits, but does not lead', 5, { fr: 90, en: 73 }, { fr: 450, en: 365 }],
    ['leads over all but one', 4, { es: 90, pt: 80, en: 20 }, { es: 360, pt: 320, en: 80 }],
    ['is one word', 1, { en: 120, fr: 60 }, { en: 120, fr: 60 }],
  ])('that %s is uncertain and says what it leans to', (_, count, found, evidence) => {
    expect(evidenceOf(readAs(words(count), found))).toEqual(evidence)
  })

  it('weighs the more the longer it is: groups of letters, not signs and numbers', () => {
    const groups = (text: string) => {
      foundIn.set(plain(text), { fr: 60 })
      return (evidenceOf(read(text))['fr'] ?? 0) / 60
    }
    expect(groups('à')).toBe(1)
    expect(groups('loi')).toBe(1)
    expect(groups('rues')).toBe(1)
    expect(groups('santé')).toBe(2)
    expect(groups('travail')).toBe(2)
    expect(groups('assemblée')).toBe(3)
    expect(groups('l’aide')).toBe(3)
    expect(groups('rues, lois')).toBe(2)
    expect(groups('rues/lois')).toBe(2)
    expect(groups(' – rues 2019 (45 %) ')).toBe(1)
  })

  it('is read without the letters of other scripts, which end a word', () => {
    foundIn.set('loma loma rues lois vies pain', { fr: 100 })
    expect(read('loma女loma rues lois ВИЧ vies pain')).toEqual(certain('fr'))
  })

  it('is one of which seven letters in ten are Latin', () => {
    foundIn.set('loma lom', { fr: 100 })
    foundIn.set('loma lo', { fr: 100 })
    expect(read('loma lom дад')).toEqual(certain('fr'))
    expect(read('loma lo дад')).toEqual(NO_EVIDENCE)
  })

  it('is read without addresses', () => {
    foundIn.set('rues lois vies', { fr: 100 })
    for (const address of [
      'https://example.org/our-work',
      'www.example.org/our-work',
      'our-work@example.org',
      'example.org',
    ]) {
      expect(read(`rues lois ${address} vies`)).toEqual(certain('fr'))
    }
  })
})

describe.each([
  ['ru', 'bg', 'да'],
  ['ar', 'fa', 'لا'],
])('a line in the letters of %s', (language, relative, word) => {
  it.each<[string, number, Found, Detection]>([
    ['fits the language', 1, { [language]: 96 }, certain(language)],
    ['just fits the language', 1, { [language]: 95 }, certain(language)],
    ['fits a relative just better', 8, { [relative]: 108, [language]: 100 }, FOREIGN],
    ['fits a relative hardly better', 8, { [relative]: 103, [language]: 100 }, certain(language)],
    ['fits a relative better', 8, { [relative]: 120, [language]: 100 }, FOREIGN],
    ['fits a relative much better', 8, { [relative]: 120, [language]: 60 }, FOREIGN],
    ['hardly fits', 8, { [relative]: 120, [language]: 49 }, NO_EVIDENCE],
    ['fits another language only', 8, { [relative]: 120 }, NO_EVIDENCE],
    ['fits nothing at all', 8, {}, NO_EVIDENCE],
  ])('that %s', (_, count, found, reading) => {
    expect(readAs(words(count, word), found)).toEqual(reading)
  })

  it.each<[string, number, Found]>([
    ['fits not well', 8, { [language]: 94 }],
    ['just counts as evidence', 8, { [language]: 50 }],
    ['fits not well, and a relative hardly better', 8, { [relative]: 96, [language]: 94 }],
    ['fits a relative better in too few words', 7, { [relative]: 120, [language]: 100 }],
  ])('that %s leans to the language', (_, count, found) => {
    const average = found[language] ?? 0
    expect(evidenceOf(readAs(words(count, word), found))).toEqual({ [language]: average * count })
  })

  it('is read without the letters of other scripts', () => {
    foundIn.set(words(8, word), { [language]: 100 })
    expect(read(`${words(4, word)} (NSWP) ${words(4, word)}`)).toEqual(certain(language))
  })

  it('is read by its letters: numbers and signs say nothing', () => {
    foundIn.set(words(2, word), { [language]: 100 })
    expect(read(`1. ${word}, ${word} – 45 %`)).toEqual(certain(language))
  })
})

describe('a line of several sentences', () => {
  const french = `${words(8, 'rues')}.`
  const english = `${words(8, 'laws')}.`
  const few = `${words(7, 'laws')}.`
  const unclear = `${words(8, 'kilo')}.`
  const german = `${words(8, 'wege')}.`

  function readSentences(sentences: readonly string[], whole: Found): Detection {
    foundIn.set(french, { fr: 100 })
    foundIn.set(english, { en: 100 })
    foundIn.set(few, { en: 100 })
    foundIn.set(unclear, { en: 80, fr: 80 })
    foundIn.set(german, { de: 100 })
    return readAs(sentences.join(' '), whole)
  }

  it.each<[string, string[], Detection]>([
    ['in one language', [french, french], certain('fr')],
    ['in two languages', [french, english], NO_EVIDENCE],
    ['a quarter of them in another language', [french, french, french, english], NO_EVIDENCE],
    ['few of them in another language', [...Array<string>(5).fill(french), english], certain('fr')],
    ['one of them of a few words only', [french, few], certain('fr')],
    ['one of them unclear by itself', [french, unclear], certain('fr')],
    ['none of them clear by itself', [unclear, unclear], certain('fr')],
  ])('%s', (_, sentences, reading) => {
    expect(readSentences(sentences, { fr: 100, en: 60 })).toEqual(reading)
  })

  it('a fifth of whose letters are in another language is still in the first', () => {
    // 64 characters and 16, with the full stops.
    const long = `${words(12, 'rues')} laa.`
    const short = `${words(8, 'a')}.`
    foundIn.set(long, { fr: 100 })
    foundIn.set(short, { en: 100 })
    expect([long.length, short.length]).toEqual([64, 16])
    expect(readAs(`${long} ${short}`, { fr: 100 })).toEqual(certain('fr'))
  })

  it('that is uncertain as a whole keeps its evidence, however clear the sentences are', () => {
    const reading = readSentences([french, english], { fr: 80, en: 78 })
    expect(evidenceOf(reading)).toEqual({ fr: 1280, en: 1248 })
  })

  it('that is foreign as a whole stays so', () => {
    expect(readSentences([french, german], { de: 100, fr: 70 })).toEqual(FOREIGN)
  })
})
