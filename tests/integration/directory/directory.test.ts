import { beforeAll, describe, expect, test } from 'vitest'
import { filtersToQuery, parseFilters, type Filters } from '@/lib/directory/filters'
import { countFacets, directoryOverview, listOrganisations } from '@/lib/directory/queries'
import { hideProfile } from '@/lib/organisations/publish'
import type { ProfileContent } from '@/lib/organisations/schema'
import { freshDatabase } from '@/tests/support/database'
import { administrator, content, givenProfile } from '@/tests/support/profiles'

function find(query: string, locale = 'fr') {
  return listOrganisations(parseFilters(new URLSearchParams(query)).filters, locale)
}

async function names(query: string): Promise<string[]> {
  return (await find(query)).organisations.map(({ name }) => name)
}

function answer(language: string, text: string): ProfileContent['answers']['who'][number] {
  return { language, text, provenance: 'original', source: null }
}

beforeAll(async () => {
  await freshDatabase()
  const nothing = { ...content().answers, who: [] }
  await givenProfile({
    name: 'Réseau Œillet',
    aliases: ['RO', 'Groupe Fougère'],
    country: 'CI',
    region: 'africa',
    priorityAreas: ['health'],
    answers: { ...nothing, who: [answer('fr', 'L’accès aux préservatifs à Straßenbach.')] },
  })
  await givenProfile({
    name: 'Paper Lantern Union',
    country: 'GB',
    region: 'europe',
    priorityAreas: ['health', 'stigma'],
    answers: { ...nothing, who: [answer('en', 'Peer outreach and legal aid at night.')] },
  })
  await givenProfile({
    name: 'Unión Farol',
    country: 'BO',
    region: 'latin-america',
    priorityAreas: ['violence'],
    answers: { ...nothing, otherWork: [answer('es', 'Defensa jurídica y ayuda mutua.')] },
  })
  const hidden = await givenProfile({ name: 'Cachée canarix', country: 'BI' })
  await hideProfile(administrator, { id: hidden.id, reason: 'test' })
  await givenProfile({ name: 'Brouillon canarix', country: 'BI' }, 'draft')
})

describe('search', () => {
  test.each([
    ['reseau', ['Réseau Œillet']],
    ['OEILLET', ['Réseau Œillet']],
    ['œillet', ['Réseau Œillet']],
    ["l'acces", ['Réseau Œillet']],
    ['strassen', ['Réseau Œillet']],
    ['fougere', ['Réseau Œillet']],
    ['côte d’ivoire', ['Réseau Œillet']],
    ["cote d'ivoire", ['Réseau Œillet']],
    ['united kingdom', ['Paper Lantern Union']],
    ['royaume', ['Paper Lantern Union']],
    ['juridi', ['Unión Farol']],
    ['union', ['Paper Lantern Union', 'Unión Farol']],
    ['union night', ['Paper Lantern Union']],
    // Not all of the words, as the page says.
    ['union nowhere', ['Paper Lantern Union', 'Unión Farol']],
    ['canarix', []],
  ])('%s finds %j', async (q, expected) => {
    expect(await names(`sort=name&q=${encodeURIComponent(q)}`)).toEqual(expected)
  })

  test('what is named like the search stands before what only says it', async () => {
    const { id } = await givenProfile({
      name: 'Atelier Œuvre',
      answers: {
        ...content().answers,
        who: [answer('fr', 'Avec le Farol, et avec bien d’autres à côté de lui.')],
      },
    })
    expect(await names('q=farol')).toEqual(['Unión Farol', 'Atelier Œuvre'])
    expect(await names('q=farol&sort=name')).toEqual(['Atelier Œuvre', 'Unión Farol'])
    await hideProfile(administrator, { id, reason: 'test' })
  })

  test.each(['" NEAR(', '*', 'col:', '- ( ^', 'names:x', 'a AND', '"', "'; --", '\u0000x', '(('])(
    '%j is text and no syntax',
    async (q) => {
      await expect(find(`q=${encodeURIComponent(q)}`)).resolves.toHaveProperty('total')
    },
  )

  test('says in which language it was found, with the hit marked', async () => {
    const { organisations } = await find('q=legal')
    const excerpt = organisations[0]?.excerpt
    expect(excerpt).toMatchObject({ language: 'en', fallback: true })
    expect(excerpt?.hits.map(([start, end]) => excerpt.text.slice(start, end))).toEqual(['legal'])
  })
})

describe('filters', () => {
  test.each([
    ['region=europe', ['Paper Lantern Union']],
    ['country=CI', ['Réseau Œillet']],
    ['country=BI', []],
    ['area=health', ['Paper Lantern Union', 'Réseau Œillet']],
    ['area=health&area=stigma', ['Paper Lantern Union']],
    ['lang=es', ['Unión Farol']],
    ['sort=newest', ['Unión Farol', 'Paper Lantern Union', 'Réseau Œillet']],
  ])('%s gives %j', async (query, expected) => {
    expect(await names(query)).toEqual(expected)
  })

  test.each(['', 'q=union', 'region=africa', 'area=health', 'q=union&area=health&lang=en'])(
    'beside %j every count is what the choice gives',
    async (query) => {
      const { filters } = parseFilters(new URLSearchParams(query))
      const total = async (changes: Partial<Filters>) =>
        (await find(filtersToQuery(filters, changes))).total
      const choices = await countFacets(filters)
      for (const [region, count] of Object.entries(choices.regions)) {
        expect(await total({ region: region as Filters['region'] })).toBe(count)
      }
      for (const { country, count } of choices.countries)
        expect(await total({ country })).toBe(count)
      for (const { language, count } of choices.languages) {
        expect(await total({ lang: language })).toBe(count)
      }
      for (const [area, count] of Object.entries(choices.areas)) {
        const areas = [...new Set([...filters.areas, area as Filters['areas'][number]])]
        expect(await total({ areas })).toBe(count)
      }
    },
  )

  test('a page past the end is empty and keeps its total', async () => {
    expect(await find('page=9')).toMatchObject({ total: 3, pageCount: 1, organisations: [] })
  })
})

test('the overview counts what is listed and nothing else', async () => {
  expect(await directoryOverview('fr')).toMatchObject({
    total: 3,
    countries: 3,
    regions: { africa: 1, europe: 1, 'latin-america': 1, 'asia-and-the-pacific': 0 },
    newest: [{ name: 'Unión Farol' }, { name: 'Paper Lantern Union' }, { name: 'Réseau Œillet' }],
  })
})
