import type { Country } from '@/lib/geo/countries'
import { alternativeNames } from '@/lib/geo/parse-country'
import type { Region } from '@/lib/geo/regions'
import { matchSynonymsAt } from './synonym-groups'
import { synonymTerm, placeTerm, TEXT_BOUNDARY, wholeNameTerm } from './index-terms'
import { STEMMED_LANGUAGES, type StemmedLanguage } from './stem'
import type { SynonymGroup } from './synonyms'
import { analysisIn, lookupWords, newLookup } from './spelling-vocabulary'
import { termsIn } from './tokenize'

/** Raised whenever the analysis changes: documents of an older analysis must be made again. */
export const INDEX_VERSION = 3

/** Public text of one listed profile, by weight. */
export type SearchableText = {
  /** Name and aliases. */
  names: string[]
  country: Country | null
  region: Region | null
  /** Names of country and region, in every language of the interface. */
  places: string[]
  /** Answers, in every language they stand in (BCP 47). */
  answers: { language: string; text: string }[]
}

/** What a document holds in each column of the full-text table: terms, joined by spaces. */
export type IndexedFields = { names: string; places: string; answers: string }

/**
 * Analyses the public text of a profile: folded words as they stand and after them their stems and
 * the groups of synonyms they belong to, French and English; names also as a whole, places by every
 * name they go by.
 */
export function analyze({
  names,
  country,
  region,
  places,
  answers,
}: SearchableText): IndexedFields {
  return {
    names: [
      analyzeTexts(
        names.map((text) => ({ text, languages: STEMMED_LANGUAGES, stemmed: STEMMED_LANGUAGES })),
      ),
      ...names.map((name) => wholeNameTerm(termsIn(name))),
    ].join(' '),
    places: analyzePlaces(country, region, places),
    answers: analyzeTexts(
      answers.map(({ language, text }) => {
        const own = STEMMED_LANGUAGES.filter(
          (one) => language === one || language.startsWith(`${one}-`),
        )
        // Elsewhere the stemmers would take words apart that they do not know; acronyms and loan
        // words of the field are the same everywhere.
        return { text, stemmed: own, languages: own.length > 0 ? own : STEMMED_LANGUAGES }
      }),
    ),
  }
}

/** Rows of the full-text table, as they cost least on the way to another thread and to the database. */
export type IndexRows = {
  /** Of each row its id, and the bytes of `text` that its names, places and answers take. */
  spans: [id: number, names: number, places: number, answers: number][]
  /** All of them, one after the other, in UTF-8. */
  text: Uint8Array<ArrayBuffer>
}

const encoder = new TextEncoder()
/** UTF-8 takes no more of them for a UTF-16 unit. */
const MAX_UTF8_BYTES_PER_UNIT = 3

/** Makes rows of the full-text table, in the given order. */
export function buildIndexRows(
  documents: readonly { id: number; text: SearchableText }[],
): IndexRows {
  const analysed = documents.map(({ text }) => analyze(text))
  const units = analysed.reduce(
    (sum, { names, places, answers }) => sum + names.length + places.length + answers.length,
    0,
  )
  const room = new Uint8Array(units * MAX_UTF8_BYTES_PER_UNIT)
  let end = 0
  const append = (text: string) => {
    const { written } = encoder.encodeInto(text, room.subarray(end))
    end += written
    return written
  }
  const spans = analysed.map(({ names, places, answers }, place): IndexRows['spans'][number] => [
    documents[place]?.id ?? 0,
    append(names),
    append(places),
    append(answers),
  ])
  return { spans, text: room.slice(0, end) }
}

// A directory has far fewer places than organisations.
const placeTermsCache = new Map<string, string>()

function analyzePlaces(country: Country | null, region: Region | null, places: string[]): string {
  const key = [country, region, ...places].join('\n')
  const known = placeTermsCache.get(key)
  if (known !== undefined) return known
  const names = [...places, ...(country === null ? [] : alternativeNames(country))]
  const analysed = [
    ...[country, region].flatMap((place) => (place === null ? [] : [placeTerm(place)])),
    ...names.flatMap((name) => [TEXT_BOUNDARY, ...termsIn(name)]),
  ].join(' ')
  placeTermsCache.set(key, analysed)
  return analysed
}

function analyzeTexts(
  texts: {
    text: string
    stemmed: readonly StemmedLanguage[]
    languages: readonly StemmedLanguage[]
  }[],
): string {
  const meeting = newLookup()
  const terms: string[] = []
  // Once each: how often a word comes is told by the words as they stand, and the index is smaller.
  const stems: string[] = []
  const concepts = new Set<SynonymGroup>()
  for (const { text, stemmed, languages } of texts) {
    const start = terms.length
    const own = lookupWords(text)
    for (const { token } of own) terms.push(token)
    for (const language of languages) {
      const isStemmed = stemmed.includes(language)
      own.forEach((word, place) => {
        const { stem, begins } = analysisIn(word, language)
        if (isStemmed && stem.met !== meeting) {
          stem.met = meeting
          stems.push(stem.term)
        }
        if (begins.length === 0) return
        for (const { concept } of matchSynonymsAt(terms, start + place, begins, language)) {
          concepts.add(concept)
        }
      })
    }
    terms.push(TEXT_BOUNDARY)
  }
  for (const stem of stems) terms.push(stem)
  for (const concept of concepts) terms.push(synonymTerm(concept))
  return terms.join(' ')
}
