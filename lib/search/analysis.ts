import type { Country } from '@/lib/places/countries'
import { furtherNames } from '@/lib/places/recognise'
import type { Region } from '@/lib/places/regions'
import { conceptsAt, wordIn } from './concepts'
import { conceptTerm, placeTerm, TEXT_EDGE, wholeNameTerm } from './index-terms'
import { STEMMED, type Stemmed } from './stem'
import type { Concept } from './synonyms'
import { tokens } from './words'

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
 * the groups of synonyms they belong to, French and English; places also by every name they go by.
 */
export function analyse({ names, country, region, places, answers }: SearchableText): Indexed {
  return {
    names: analyseTexts(
      names.map((text) => ({ text, languages: STEMMED, stemmed: STEMMED })),
      names.map((name) => wholeNameTerm(tokens(name))),
    ),
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

/**
 * Rows of the full-text table, `[id, names, places, answers][]` as JSON in UTF-8: threads hand it over
 * without a copy, and it costs less than a text on the way to the database.
 */
export type IndexRows = Uint8Array<ArrayBuffer>

const encoder = new TextEncoder()

/** Makes rows of the full-text table, in the given order. */
export function indexRows(documents: readonly { id: number; text: SearchableText }[]): IndexRows {
  const rows = documents.map(({ id, text }) => {
    const { names, places, answers } = analyse(text)
    return [id, names, places, answers]
  })
  return encoder.encode(JSON.stringify(rows))
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
  further: readonly string[] = [],
): string {
  const raw: string[] = []
  // Once each: how often a word comes is told by the words as they stand, and the index is smaller.
  const stems = new Set<string>()
  const concepts = new Set<Concept>()
  for (const { text, stemmed, languages } of texts) {
    const own = tokens(text)
    for (const token of own) raw.push(token)
    raw.push(TEXT_EDGE)
    for (const language of languages) {
      const isStemmed = stemmed.includes(language)
      own.forEach((token, place) => {
        const word = wordIn(token, language)
        if (isStemmed) stems.add(word.stemTerm)
        if (word.begins.length === 0) return
        for (const { concept } of conceptsAt(own, place, word, language)) concepts.add(concept)
      })
    }
  }
  for (const stemmed of stems) raw.push(stemmed)
  raw.push(...further)
  for (const concept of concepts) raw.push(conceptTerm(concept))
  return raw.join(' ')
}
