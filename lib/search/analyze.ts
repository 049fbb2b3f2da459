import type { Country } from '@/lib/geo/countries'
import { furtherNames } from '@/lib/geo/parse-country'
import type { Region } from '@/lib/geo/regions'
import { conceptsAt } from './synonym-groups'
import { conceptTerm, placeTerm, TEXT_EDGE, wholeNameTerm } from './index-terms'
import { STEMMED, type Stemmed } from './stem'
import type { Concept } from './synonyms'
import { knownIn, knownWords, newMeeting } from './spelling-vocabulary'
import { tokens } from './tokenize'

/** Raised whenever the analysis changes: documents of an older analysis must be made again. */
export const ANALYSIS = 3

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
export type Indexed = { names: string; places: string; answers: string }

/**
 * Analyses the public text of a profile: folded words as they stand and after them their stems and
 * the groups of synonyms they belong to, French and English; names also as a whole, places by every
 * name they go by.
 */
export function analyse({ names, country, region, places, answers }: SearchableText): Indexed {
  return {
    names: [
      analyseTexts(names.map((text) => ({ text, languages: STEMMED, stemmed: STEMMED }))),
      ...names.map((name) => wholeNameTerm(tokens(name))),
    ].join(' '),
    places: analysePlaces(country, region, places),
    answers: analyseTexts(
      answers.map(({ language, text }) => {
        const own = STEMMED.filter((one) => language === one || language.startsWith(`${one}-`))
        // Elsewhere the stemmers would take words apart that they do not know; acronyms and loan
        // words of the field are the same everywhere.
        return { text, stemmed: own, languages: own.length > 0 ? own : STEMMED }
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
const MOST_BYTES = 3

/** Makes rows of the full-text table, in the given order. */
export function indexRows(documents: readonly { id: number; text: SearchableText }[]): IndexRows {
  const analysed = documents.map(({ text }) => analyse(text))
  const units = analysed.reduce(
    (sum, { names, places, answers }) => sum + names.length + places.length + answers.length,
    0,
  )
  const room = new Uint8Array(units * MOST_BYTES)
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
const analysedPlaces = new Map<string, string>()

function analysePlaces(country: Country | null, region: Region | null, places: string[]): string {
  const key = [country, region, ...places].join('\n')
  const known = analysedPlaces.get(key)
  if (known !== undefined) return known
  const names = [...places, ...(country === null ? [] : furtherNames(country))]
  const analysed = [
    ...[country, region].flatMap((place) => (place === null ? [] : [placeTerm(place)])),
    ...names.flatMap((name) => [TEXT_EDGE, ...tokens(name)]),
  ].join(' ')
  analysedPlaces.set(key, analysed)
  return analysed
}

function analyseTexts(
  texts: { text: string; stemmed: readonly Stemmed[]; languages: readonly Stemmed[] }[],
): string {
  const meeting = newMeeting()
  const terms: string[] = []
  // Once each: how often a word comes is told by the words as they stand, and the index is smaller.
  const stems: string[] = []
  const concepts = new Set<Concept>()
  for (const { text, stemmed, languages } of texts) {
    const start = terms.length
    const own = knownWords(text)
    for (const { token } of own) terms.push(token)
    for (const language of languages) {
      const isStemmed = stemmed.includes(language)
      own.forEach((word, place) => {
        const { stem, begins } = knownIn(word, language)
        if (isStemmed && stem.met !== meeting) {
          stem.met = meeting
          stems.push(stem.term)
        }
        if (begins.length === 0) return
        for (const { concept } of conceptsAt(terms, start + place, begins, language)) {
          concepts.add(concept)
        }
      })
    }
    terms.push(TEXT_EDGE)
  }
  for (const stem of stems) terms.push(stem)
  for (const concept of concepts) terms.push(conceptTerm(concept))
  return terms.join(' ')
}
