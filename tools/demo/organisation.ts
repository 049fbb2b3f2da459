import { COUNTRIES, type Country } from '@/lib/geo/countries'
import type { Region } from '@/lib/geo/regions'
import { suggestRegion } from '@/lib/geo/suggest-region'
import {
  PRIORITY_AREAS,
  QUESTIONS,
  type AnswerContent,
  type PriorityArea,
  type ProfileContent,
  type Question,
} from '@/lib/organisations/schema'
import { generateNames } from './names'
import { seededRandom, type Random } from './random'
import { LATER_SENTENCES, SENTENCES, type Sentence } from './sentences'
import { TOWNS, VOCABULARY, type DemoLanguage } from './vocabulary'

/** An organisation that does not exist. */
export type DemoOrganisation = {
  status: 'draft' | 'listed'
  content: ProfileContent
  /** What it says later: the original has changed, the translation has not. Null for most. */
  later: ProfileContent | null
}

/** Where organisations that write in a language are most often. */
const COUNTRIES_BY_LANGUAGE: Readonly<Record<DemoLanguage, string>> = {
  fr: 'BI BJ BF CM CD CG CI GA GN ML MG NE RW SN TD TG HT CA BE CH FR LU MU DJ CF KM RE GP MQ NC PF TN MA DZ LB',
  en: 'KE UG TZ ZA ZW ZM MW BW NA LS SZ GH NG SL LR GM IN NP BD LK PK TH KH MM VN ID MY PH FJ PG AU NZ GB IE US CA JM TT GY BB BS BZ DE NL SE NO FI DK PL CZ GR TR JP KR TW HK MN',
  es: 'AR BO CL CO CR CU DO EC ES GT HN MX NI PA PE PR PY SV UY VE GQ',
  pt: 'BR PT AO MZ CV GW ST TL',
  ru: 'RU UA KZ KG TJ UZ BY MD GE AM',
}

/** Where the network's placement has to be said, because the country suggests none. */
const REGION_OVERRIDES: Readonly<Partial<Record<Country, Region>>> = {
  MX: 'latin-america',
  BZ: 'latin-america',
  GY: 'north-america-and-the-caribbean',
}

const PLACEHOLDER = /\{(\w+)\}/g

/** The languages an organisation writes in: the one it thinks in first. */
function generateLanguages(random: Random): DemoLanguage[] {
  const share = random.next()
  if (share < 0.35) return ['fr', 'en']
  if (share < 0.7) return ['en', 'fr']
  if (share < 0.8) return ['fr']
  if (share < 0.9) return ['en']
  if (share < 0.97) {
    return random.pick<DemoLanguage[]>([
      ['es'],
      ['es', 'en'],
      ['es', 'en'],
      ['es', 'fr'],
      ['es', 'en', 'fr'],
    ])
  }
  const own = share < 0.99 ? 'pt' : 'ru'
  return random.chance(0.5) ? [own] : [own, 'en']
}

/**
 * Invents one organisation: clearly fictional, and for the same numbers always the same.
 *
 * @param seed whole number; another seed gives other organisations
 * @param index whole number from 0; no two of a seed have the same name
 */
export function generateOrganisation(seed: number, index: number): DemoOrganisation {
  const random = seededRandom(seed, index)
  const languages = generateLanguages(random)
  const own = languages[0] ?? 'fr'
  const gaps = createPlaceholders(random)
  const mark = `${String(seed)}-${String(index + 1)}`
  const answers = generateAnswers(random, languages, gaps)
  const content: ProfileContent = {
    ...generateNames(random, own, gaps.deal()('town', own), mark),
    ...generatePlace(random, own),
    priorityAreas: generateAreas(random),
    contacts: generateContacts(random, mark),
    answers,
  }
  const translated = languages.length > 1 && random.chance(0.12)
  return {
    status: random.chance(0.02) ? 'draft' : 'listed',
    content,
    later: translated ? { ...content, answers: editOriginals(random, answers, own, gaps) } : null,
  }
}

function generatePlace(random: Random, language: DemoLanguage) {
  const home = random.pick(
    COUNTRIES_BY_LANGUAGE[
      random.chance(0.85) ? language : random.pick<DemoLanguage>(['fr', 'en', 'es'])
    ].split(' '),
  )
  const country = COUNTRIES.find((code) => code === home) ?? null
  const suggested = country ? suggestRegion(country) : null
  return {
    country,
    region: suggested ?? (country ? (REGION_OVERRIDES[country] ?? null) : null),
    regionSuggested: suggested !== null && random.chance(0.3),
  }
}

function generateAreas(random: Random): PriorityArea[] {
  const count = random.chance(0.2) ? PRIORITY_AREAS.length : random.integer(1, 6)
  return random.sample(PRIORITY_AREAS, count)
}

/** Addresses below `.example`, which nobody can ever hold (RFC 2606). */
function generateContacts(random: Random, mark: string): ProfileContent['contacts'] {
  const host = `demo-${mark}.example`
  return {
    email: random.chance(0.3) ? { value: `desk@${host}`, published: random.chance(0.2) } : null,
    website: random.chance(0.35)
      ? { value: `https://${host}/`, published: random.chance(0.8) }
      : null,
    telephone: null,
  }
}

function generateAnswers(
  random: Random,
  languages: DemoLanguage[],
  gaps: Placeholders,
): ProfileContent['answers'] {
  const nobodySaid = random.chance(0.02)
  const machine = random.chance(0.06)
  const partly = random.chance(0.08)
  const answersTo = (question: Question): AnswerContent[] => {
    if (random.chance(0.03)) return []
    const texts = generateText(random, question, languages, gaps)
    return languages.flatMap((language, index): AnswerContent[] => {
      const text = texts[index] ?? ''
      if (nobodySaid) return [{ language, text, provenance: 'unknown', source: null }]
      if (index === 0) return [{ language, text, provenance: 'original', source: null }]
      if (partly && random.chance(0.5)) return []
      const provenance = machine ? 'machine' : 'translation'
      const source = { language: languages[0] ?? language, revision: 'current' as const }
      return [{ language, text, provenance, source }]
    })
  }
  const answers = Object.fromEntries(
    QUESTIONS.map((question) => [question, answersTo(question)]),
  ) as ProfileContent['answers']
  // A profile in which nobody answered anything could not be listed.
  if (Object.values(answers).every((list) => list.length === 0))
    return generateAnswers(random, languages, gaps)
  return answers
}

/** The same text in each of the languages. */
function generateText(
  random: Random,
  question: Question,
  languages: DemoLanguage[],
  gaps: Placeholders,
): string[] {
  const [first = [], ...others] = SENTENCES[question]
  const said = [first, ...random.sample(others, random.pick([2, 2, 2, 3, 3]))]
    .map((ways) => pickTranslatable(random, ways, languages))
    .map((sentence) => fillPlaceholders(sentence, languages, gaps))
  const paragraphsAfter = said.length > 2 && random.chance(0.3) ? 1 : -1
  return languages.map((_, index) =>
    said
      .map((sentences) => sentences[index] ?? '')
      .reduce(
        (text, sentence, place) => text + (place - 1 === paragraphsAfter ? '\n\n' : ' ') + sentence,
      ),
  )
}

function pickTranslatable(
  random: Random,
  ways: readonly Sentence[],
  languages: DemoLanguage[],
): Sentence {
  return random.pick(
    ways.filter((way) => languages.every((language) => way[language] !== undefined)),
  )
}

/** Gives what stands in a gap of a given name, in a language. */
type Placeholders = {
  /** The next of what each gap may hold: no organisation says the same thing twice while it can help it. */
  deal(): (gap: string, language: DemoLanguage) => string
}

function createPlaceholders(random: Random): Placeholders {
  const [latin, cyrillic] = random.pick(TOWNS)
  const decks = Object.fromEntries(
    Object.entries(VOCABULARY).map(([gap, phrases]) => [gap, random.shuffled(phrases)]),
  )
  const draw = (gap: string) => {
    const deck = decks[gap] ?? []
    const [top] = deck.splice(0, 1)
    if (top) deck.push(top)
    return top
  }
  return {
    deal() {
      const numbers: Record<string, number> = {
        year: random.integer(1994, 2025),
        few: random.integer(4, 28),
        many: random.integer(8, 96) * 10,
      }
      const drawn = new Map<string, ReturnType<typeof draw>>()
      return (gap, language) => {
        if (gap === 'town') return language === 'ru' ? cyrillic : latin
        if (gap in numbers) return String(numbers[gap])
        if (!drawn.has(gap)) drawn.set(gap, draw(gap.replace('2', '')))
        return drawn.get(gap)?.[language] ?? ''
      }
    },
  }
}

function fillPlaceholders(
  sentence: Sentence,
  languages: DemoLanguage[],
  gaps: Placeholders,
): string[] {
  const inGap = gaps.deal()
  return languages.map((language) =>
    (sentence[language] ?? '').replaceAll(PLACEHOLDER, (_, gap: string) => inGap(gap, language)),
  )
}

/** One or two originals say more than before; their translations still follow the first revision. */
function editOriginals(
  random: Random,
  answers: ProfileContent['answers'],
  own: DemoLanguage,
  gaps: Placeholders,
): ProfileContent['answers'] {
  const changed = random.sample(QUESTIONS, random.integer(1, 2))
  const change = (question: Question, answer: AnswerContent): AnswerContent => {
    if (answer.source) return { ...answer, source: { ...answer.source, revision: 1 } }
    if (answer.language !== own || !changed.includes(question)) return answer
    const [more] = fillPlaceholders(random.pick(LATER_SENTENCES), [own], gaps)
    return { ...answer, text: `${answer.text} ${more ?? ''}` }
  }
  return Object.fromEntries(
    QUESTIONS.map((question) => [
      question,
      answers[question].map((answer) => change(question, answer)),
    ]),
  ) as ProfileContent['answers']
}
