import { COUNTRIES, isCountry } from './countries'
import type { Country } from './countries'
import {
  AMBIGUOUS_NAMES,
  ALTERNATIVE_NAMES,
  OTHER_LANGUAGES,
  DISAMBIGUATION_LANGUAGES,
} from './country-names'
import { fold } from '@/lib/text/fold'
import type { Region } from './regions'

export type ParsedCountry =
  { ok: true; country: Country } | { ok: false; reason: 'unknownCountry' | 'ambiguousCountry' }

type CountryOrAmbiguous = Country | 'ambiguous'
type NameTable = Map<string, CountryOrAmbiguous>

const UNKNOWN: ParsedCountry = { ok: false, reason: 'unknownCountry' }
const AMBIGUOUS: ParsedCountry = { ok: false, reason: 'ambiguousCountry' }

const LEADING_ARTICLE = /^(?:the|les?|la|l'|el|los|las|o|os|as) ?(?=\p{L})/u
// « Republic of Kenya », « Royaume du Maroc », « República de Colombia »: the form of state says nothing new.
const FORM_OF_STATE = new RegExp(
  '^(?:the |la |le |el |a )?' +
    '(?:(?:federal|islamic|socialist|arab|democratic|federative|co-?operative|plurinational|independent|' +
    'hashemite|federale|islamique|socialiste|cooperative) )*' +
    '(?:republic|kingdom|commonwealth|union|principality|sultanate|grand duchy|federation|' +
    'republique|royaume|principaute|sultanat|republica|reino|федеративная республика|республика)(?!\\p{L})' +
    '(?: (?:federale|islamique|socialiste|federativa|oriental|federal))?' +
    "(?: of the| of| du| des| de la| de l'| de| d'| del| do| da)? ?(?=\\p{L})",
  'u',
)

// The countries for which CLDR has names of two lengths.
const COUNTRIES_WITH_SHORT_NAMES = ['GB', 'HK', 'MO', 'PS', 'US'] as const

const SAINT = /\b(?:st|saint)\b/gu

/** Letters and digits only: « Guinée-Bissau », “Guinea Bissau” and “GuineaBissau” differ in nothing that matters. */
function compact(folded: string): string {
  return folded.replace(/[^\p{L}\p{M}\p{N}]/gu, '').replace(/^\p{M}+/u, '')
}

function addName(names: NameTable, folded: string, country: Country): void {
  const key = compact(folded)
  const known = names.get(key)
  names.set(key, known === undefined || known === country ? country : 'ambiguous')
}

function addWithSpellings(names: NameTable, name: string, country: Country): void {
  const folded = fold(name)
  addName(names, folded, country)
  addName(names, folded.replaceAll('&', ' and '), country)
  addName(names, folded.replace(SAINT, 'st'), country)
  addName(names, folded.replace(SAINT, 'saint'), country)
}

function buildDisambiguationNames(): NameTable {
  const names: NameTable = new Map()
  for (const language of Intl.DisplayNames.supportedLocalesOf(DISAMBIGUATION_LANGUAGES)) {
    for (const style of ['long', 'short'] as const) {
      const display = new Intl.DisplayNames(language, { type: 'region', fallback: 'none', style })
      for (const country of COUNTRIES) {
        const name = display.of(country)
        if (name !== undefined) addWithSpellings(names, name, country)
      }
    }
  }
  return names
}

function buildOtherNames(): NameTable {
  const names: NameTable = new Map()
  for (const language of Intl.DisplayNames.supportedLocalesOf(OTHER_LANGUAGES)) {
    addNamesInLanguage(names, language)
  }
  return names
}

function addNamesInLanguage(names: NameTable, language: string): void {
  const display = new Intl.DisplayNames(language, { type: 'region', fallback: 'none' })
  for (const country of COUNTRIES) {
    const name = display.of(country)
    if (name !== undefined) addName(names, fold(name), country)
  }
  const short = new Intl.DisplayNames(language, {
    type: 'region',
    fallback: 'none',
    style: 'short',
  })
  for (const country of COUNTRIES_WITH_SHORT_NAMES) {
    const name = short.of(country)
    // Two letters may be anything: one language's United States are another's code of Svalbard.
    if (name !== undefined && name.length > 2) addName(names, fold(name), country)
  }
}

let disambiguationNames: NameTable | undefined
let otherNames: NameTable | undefined

function loadDisambiguationNames(): NameTable {
  if (disambiguationNames) return disambiguationNames
  const names = buildDisambiguationNames()
  const further: NameTable = new Map()
  for (const country of COUNTRIES) {
    for (const name of alternativeNames(country)) addWithSpellings(further, name, country)
  }
  for (const [key, meaning] of further) names.set(key, meaning)
  for (const name of AMBIGUOUS_NAMES) names.set(compact(fold(name)), 'ambiguous')
  disambiguationNames = names
  return names
}

// Names in more than two hundred languages take half a second to collect: only when a name
// is in none of the settling ones.
function lookupName(folded: string): CountryOrAmbiguous | undefined {
  const key = compact(folded)
  if (key === '') return undefined
  const meaning = loadDisambiguationNames().get(key)
  if (meaning !== undefined) return meaning
  otherNames ??= buildOtherNames()
  return otherNames.get(key)
}

function lookupExactName(folded: string): CountryOrAmbiguous | undefined {
  return (
    lookupName(folded) ??
    lookupName(folded.replace(LEADING_ARTICLE, '')) ??
    lookupName(folded.replace(FORM_OF_STATE, ''))
  )
}

function agreed(meanings: (CountryOrAmbiguous | undefined)[]): CountryOrAmbiguous | undefined {
  const [first, ...rest] = meanings
  if (first === undefined || rest.includes(undefined)) return undefined
  return rest.every((meaning) => meaning === first) ? first : 'ambiguous'
}

function lookupByParts(folded: string): CountryOrAmbiguous | undefined {
  const whole = lookupExactName(folded)
  if (whole !== undefined) return whole

  const brackets = /^(.*?)\s*[([（](.*?)[)\]）]\s*(.*)/u.exec(folded)
  if (brackets) {
    const [, before = '', inside = '', after = ''] = brackets
    // “Korea (Republic of)”, “Sudan (South)”: what stands in brackets may be how the name begins.
    const turned = `${inside} ${before}`
    const meaning = lookupName(turned) ?? lookupName(turned.replace(LEADING_ARTICLE, ''))
    if (after === '' && meaning !== undefined) return meaning
    const outer = lookupExactName(`${before} ${after}`)
    const inner = lookupExactName(inside)
    if (outer === undefined || inner === undefined || outer === inner) return outer
    return 'ambiguous'
  }

  // “Korea, Republic of”; then several names of one country, as on a page in several languages.
  const comma = /^([^,]+), ([^,]+)$/u.exec(folded)
  const turned = comma ? lookupName(`${comma[2] ?? ''} ${comma[1] ?? ''}`) : undefined
  if (turned !== undefined) return turned
  const parts = folded
    .split(/\s*(?:[/,;|•·]| - |\band\b|\bet\b|&)\s*/u)
    .filter((part) => part !== '')
  return parts.length > 1 ? agreed(parts.map(lookupExactName)) : undefined
}

/** More than the longest name of a country in two languages. */
const MAX_NAME_LENGTH = 200

/**
 * Finds the country that a text names, in any language of the Unicode CLDR, by a former or common name,
 * or by its ISO 3166-1 alpha-2 code in capitals. Letter case, accents, kinds of apostrophe, hyphens,
 * spaces, articles, flags, punctuation, brackets and the form of state (“Republic of …”) do not matter.
 * Where languages disagree, English, French, Spanish, Portuguese, Russian, Chinese and Arabic settle it.
 *
 * @param text what a page or a person gave as the country, nothing else in it
 * @returns the code, or `unknownCountry` (no country, more than a country's name, or more than 200 units), or
 *   `ambiguousCountry` (“Congo”, “Korea”, two different countries): nothing is guessed
 */
export function parseCountry(text: string): ParsedCountry {
  const code = text.trim()
  // Patterns below go back and forth over what stands between words.
  if (code.length > MAX_NAME_LENGTH) return UNKNOWN
  if (isCountry(code)) return { ok: true, country: code }

  const meaning = lookupByParts(
    fold(code).replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{M}\p{N})\]）]+$/gu, ''),
  )
  if (meaning === undefined) return UNKNOWN
  return meaning === 'ambiguous' ? AMBIGUOUS : { ok: true, country: meaning }
}

/** So many countries are suggested at once. */
export const MAX_SUGGESTIONS = 8
/** Longest beginning of a name that is looked up. */
const MAX_PREFIX_LENGTH = 100

/**
 * Countries that somebody may be about to name: those with a name that begins with the text, then those
 * with one that holds it; the closest first. Names in every language count, as in
 * {@link parseCountry}; the less known languages where no other name begins so.
 *
 * @param typed the beginning of a name, or the whole of one, or a code in capitals
 * @returns at most eight codes; none where no name fits
 */
export function suggestCountries(typed: string): Country[] {
  const text = typed.slice(0, MAX_PREFIX_LENGTH)
  const key = compact(fold(text))
  if (key === '') return []
  const code = text.trim()
  const found = new Set<Country>(isCountry(code) ? [code] : [])
  for (const country of closest(loadDisambiguationNames(), (name) => name.startsWith(key)))
    found.add(country)
  if (found.size === 0) {
    otherNames ??= buildOtherNames()
    for (const country of closest(otherNames, (name) => name.startsWith(key))) found.add(country)
  }
  // One letter is in nearly every name.
  if (key.length > 1) {
    for (const country of closest(loadDisambiguationNames(), (name) => name.includes(key)))
      found.add(country)
  }
  return [...found].slice(0, MAX_SUGGESTIONS)
}

/** Countries with a name that fits, those with the shortest such name first. */
function closest(names: NameTable, fits: (name: string) => boolean): Country[] {
  return [...names]
    .filter((entry): entry is [string, Country] => entry[1] !== 'ambiguous' && fits(entry[0]))
    .sort(([a], [b]) => a.length - b.length)
    .map(([, country]) => country)
}

const REGION_NAMES: Readonly<Record<Region, string>> = {
  africa: 'Africa | Afrique | África | Африка | 非洲 | إفريقيا | أفريقيا',
  'asia-and-the-pacific':
    'Asia and the Pacific | Asia and Pacific | Asia & the Pacific | Asia & Pacific | Asia Pacific | ' +
    'Asie-Pacifique | Asie et Pacifique | Asie et le Pacifique | Asie & Pacifique | Asia y el Pacífico | ' +
    'Asia-Pacífico | Asia y Pacífico | Ásia e Pacífico | Ásia-Pacífico | Азия и Тихоокеанский регион | ' +
    'Азиатско-Тихоокеанский регион | 亚太 | 亚太地区 | 亚洲和太平洋 | 亚洲及太平洋 | آسيا والمحيط الهادئ',
  europe:
    'Europe (including Eastern Europe and Central Asia) | Europe | Europe including Eastern Europe & Central Asia | ' +
    'Europe and Central Asia | Europe & Central Asia | Europe, Eastern Europe and Central Asia | ' +
    'Eastern Europe and Central Asia | ' +
    "Europe (y compris l'Europe de l'Est et l'Asie centrale) | " +
    "Europe (incluant l'Europe de l'Est et l'Asie centrale) | Europe et Asie centrale | " +
    "Europe de l'Est et Asie centrale | Europa | Европа | 欧洲 | أوروبا",
  'latin-america':
    'Latin America | Amérique latine | América Latina | Latinoamérica | Латинская Америка | 拉丁美洲 | أمريكا اللاتينية',
  'north-america-and-the-caribbean':
    'North America and the Caribbean | North America and Caribbean | North America & the Caribbean | ' +
    'North America & Caribbean | Amérique du Nord et les Caraïbes | Amérique du Nord et Caraïbes | ' +
    'Amérique du Nord et la Caraïbe | Amérique du Nord & Caraïbes | América del Norte y el Caribe | ' +
    'Norteamérica y el Caribe | América do Norte e Caribe | Северная Америка и Карибский бассейн | ' +
    '北美洲和加勒比 | 北美和加勒比 | 北美及加勒比地区 | أمريكا الشمالية ومنطقة البحر الكاريبي',
}

const regionNames = new Map(
  (Object.entries(REGION_NAMES) as [Region, string][]).flatMap(([region, names]) =>
    names.split(' | ').map((name): [string, Region] => [compact(fold(name)), region]),
  ),
)

/**
 * Finds the region of the network that a text names: its official names, shorter and older forms, in
 * the languages of the network's site.
 *
 * @param text what a page gave as the region, nothing else in it
 * @returns the region's code, or null where the text is no name of a region known here
 */
export function parseRegion(text: string): Region | null {
  return regionNames.get(compact(fold(text))) ?? null
}

/** Names of a country that no runtime knows: former and short ones, abbreviations. */
export function alternativeNames(country: Country): readonly string[] {
  return ALTERNATIVE_NAMES[country]?.split(' | ') ?? []
}

// In a language that the reader need not know, a short word may be a country: y is Italy in
// Vietnamese, and nga Russia.
const MIN_OTHER_NAME_LENGTH = 4
const LATIN = /^\p{sc=Latin}+$/u

/** What words name. */
export type NamedPlace = { country: Country } | { region: Region }

/**
 * The country or region that words of a sentence name, in any language of the Unicode CLDR; they may
 * mean something else there. Ask for `readNamesOfPlaces` first, or the first call takes half a second.
 *
 * @param tokens folded words, next to each other
 */
export function findNamedPlace(tokens: readonly string[]): NamedPlace | null {
  const key = tokens.join('')
  const region = regionNames.get(key)
  if (region !== undefined) return { region }
  const meaning = loadDisambiguationNames().get(key) ?? lookupOtherName(key)
  return meaning === undefined || meaning === 'ambiguous' ? null : { country: meaning }
}

function lookupOtherName(key: string): CountryOrAmbiguous | undefined {
  if (LATIN.test(key) && key.length < MIN_OTHER_NAME_LENGTH) return undefined
  otherNames ??= buildOtherNames()
  return otherNames.get(key)
}

let loading: Promise<void> | undefined

/** Reads the names of all languages, a few at a time, so that others are served meanwhile. */
export function loadPlaceNames(): Promise<void> {
  return (loading ??= loadInBatches())
}

async function loadInBatches(): Promise<void> {
  if (otherNames) return
  const names: NameTable = new Map()
  for (const language of Intl.DisplayNames.supportedLocalesOf(OTHER_LANGUAGES)) {
    addNamesInLanguage(names, language)
    await new Promise((resolve) => setImmediate(resolve))
  }
  otherNames ??= names
}
