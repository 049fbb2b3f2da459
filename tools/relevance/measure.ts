import { reader } from '@/lib/database/client'
import { generateOrganisation } from '@/tools/demo/organisation'
import { saveProfiles, type SaveInput } from '@/lib/organisations/save'
import { search } from '@/lib/search/search'
import { SAMPLES } from './organisations'
import { RELEVANCE_QUERIES, type Kind, type RelevanceQuery } from './queries'

/** Invented beside those written by hand: common words, among which the right ones must come first. */
const OTHERS = 360
const CHUNK = 60

/** What is reached: shares from 0 to 1. */
export type Figures = {
  queries: number
  /** The first result is one of the expected; nothing where nothing is expected. */
  first: number
  /** One of them is among the first five. */
  firstFive: number
  /** Normalised discounted cumulative gain of the first ten. */
  gain: number
}

export type Measured = RelevanceQuery & { results: string[]; figures: Omit<Figures, 'queries'> }

/** Fills an empty database with the organisations of the relevance set. */
export async function fillRelevanceSet(): Promise<void> {
  const nothing = { who: [], involvement: [], challenges: [], otherWork: [] }
  const written = SAMPLES.map(({ name, aliases, country, answers }) => ({
    ...{ name, aliases, country, region: null, regionSuggested: false, priorityAreas: [] },
    contacts: { email: null, website: null, telephone: null },
    answers: {
      ...nothing,
      who: answers.map((answer) => ({ ...answer, provenance: 'original', source: null })),
    },
  })) as unknown as SaveInput['content'][]
  const invented = Array.from({ length: OTHERS }, (_, at) => generateOrganisation(7, at).content)
  const all = [...written, ...invented]
  for (let start = 0; start < all.length; start += CHUNK) {
    const outcomes = await saveProfiles(
      { kind: 'system', name: 'demo' },
      all.slice(start, start + CHUNK).map((content) => ({
        ...{ profile: null, content, reason: 'demo', status: 'listed', fictional: true },
      })),
    )
    const failed = outcomes.find((outcome) => !outcome.ok)
    if (failed) throw new Error(`not saved: ${JSON.stringify(failed)}`)
  }
}

/** Asks every query of the relevance set, in a database that holds it. */
export async function measureRelevance(): Promise<Measured[]> {
  const rows = await reader().organisation.findMany({
    where: { status: 'listed' },
    select: { name: true, country: true, searchDocument: { select: { id: true } } },
  })
  const byId = new Map(rows.map((row) => [row.searchDocument?.id, row]))
  const keys = new Map(SAMPLES.map(({ name, key }) => [name, key]))
  const measured: Measured[] = []
  for (const query of RELEVANCE_QUERIES) {
    const { documents } = await search(reader(), query.q)
    const found = [...documents].flatMap((id) => byId.get(id) ?? [])
    const right = found.map(
      ({ name, country }) =>
        query.expected.includes(keys.get(name) ?? '') || query.expected.includes(country ?? ''),
    )
    const all = rows.filter(
      ({ name, country }) =>
        query.expected.includes(keys.get(name) ?? '') || query.expected.includes(country ?? ''),
    ).length
    const names = found.map(({ name }) => keys.get(name) ?? name)
    const spoilt = query.without.some((key) => names.includes(key))
    measured.push({
      ...query,
      results: names.slice(0, 10),
      figures: spoilt ? { first: 0, firstFive: 0, gain: 0 } : figuresOf(right, all),
    })
  }
  return measured
}

function figuresOf(right: boolean[], all: number): Measured['figures'] {
  if (all === 0) {
    const score = right.length === 0 ? 1 : 0
    return { first: score, firstFive: score, gain: score }
  }
  const discounted = (list: boolean[]) =>
    list.reduce((sum, one, place) => sum + (one ? 1 / Math.log2(place + 2) : 0), 0)
  const ideal = discounted(Array.from({ length: Math.min(10, all) }, () => true))
  return {
    first: right[0] ? 1 : 0,
    firstFive: right.slice(0, 5).includes(true) ? 1 : 0,
    gain: discounted(right.slice(0, 10)) / ideal,
  }
}

/** The figures of all queries or of one kind. */
export function summarise(measured: readonly Measured[], kind?: Kind): Figures {
  const own = measured.filter((one) => kind === undefined || one.kind === kind)
  const mean = (of: keyof Measured['figures']) =>
    own.reduce((sum, { figures }) => sum + figures[of], 0) / own.length
  return {
    queries: own.length,
    first: mean('first'),
    firstFive: mean('firstFive'),
    gain: mean('gain'),
  }
}
