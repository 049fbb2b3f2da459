import { beforeEach, describe, expect, test } from 'vitest'
import { GET as getCsv } from '@/app/[locale]/organisations/list.csv/route'
import { GET as getJson } from '@/app/[locale]/organisations/list.json/route'
import { parseFilters } from '@/lib/directory/filters'
import { streamProfiles, findProfilesPage } from '@/lib/directory/queries'
import { hideProfile } from '@/lib/organisations/publish'
import { freshDatabase } from '@/tests/support/database'
import { CANARY } from '@/tests/support/doors'
import { administrator, content, givenProfile } from '@/tests/support/profiles'

beforeEach(freshDatabase)

const ask = (get: typeof getCsv, locale: string, query = '') =>
  get(new Request(`http://localhost/${locale}/organisations/list${query}`), {
    params: Promise.resolve({ locale }),
  })

/** Reads a table strictly by RFC 4180: what is not one throws. */
function parse(csv: string): string[][] {
  const rows: string[][] = []
  let row: string[] = []
  const cell = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/y
  while (cell.lastIndex < csv.length) {
    const match = cell.exec(csv)
    if (!match) throw new Error(`no cell here: ${csv.slice(0, 100)}`)
    row.push(match[1]?.replaceAll('""', '"') ?? match[2] ?? '')
    if (match[3] === '\r\n') {
      rows.push(row)
      row = []
    }
  }
  return rows
}

async function table(query = '', locale = 'fr') {
  const response = await ask(getCsv, locale, query)
  const bytes = new Uint8Array(await response.arrayBuffer())
  expect([...bytes.slice(0, 3)]).toEqual([0xef, 0xbb, 0xbf])
  const [headings = [], ...rows] = parse(new TextDecoder().decode(bytes))
  return rows.map((row) => {
    expect(row).toHaveLength(headings.length)
    return Object.fromEntries(headings.map((heading, index) => [heading, row[index] ?? '']))
  })
}

describe('the table', () => {
  test('holds one row for each organisation, with each question in each language', async () => {
    await givenProfile({
      name: 'Collectif "Lanterne", Bujumbura',
      aliases: ['CL', 'Les Lanternes'],
      answers: {
        ...content().answers,
        otherWork: [
          {
            language: 'es',
            text: 'Ayuda mutua.\nDos líneas.',
            provenance: 'original',
            source: null,
          },
          { language: 'und', text: 'Mbote', provenance: 'unknown', source: null },
        ],
      },
    })
    const [row] = await table()
    expect(row).toMatchObject({
      Nom: 'Collectif "Lanterne", Bujumbura',
      'Autres noms': 'CL\nLes Lanternes',
      Pays: 'Burundi',
      'Code du pays (ISO 3166-1)': 'BI',
      Région: 'Afrique',
      'Avec qui travaillez-vous\u00a0? (français)':
        'Nous travaillons avec des femmes et des personnes trans.',
      'Avec qui travaillez-vous\u00a0? (anglais)': 'We work with women and trans people.',
      'Décrivez les autres domaines de votre travail (français)': '',
      'Décrivez les autres domaines de votre travail (autres langues)':
        '[espagnol]\nAyuda mutua.\nDos líneas.\n\n[langue incertaine]\nMbote',
      'Langues du texte': 'espagnol, français, anglais',
    })
    expect(row?.['Page dans l’annuaire']).toMatch(
      /\/fr\/organisations\/collectif-lanterne-bujumbura$/,
    )
    expect(Object.keys((await table('', 'en'))[0] ?? {})).toContain(
      'Who do you work with? (French)',
    )
  })

  test.each([
    '=1+1',
    '+cmd',
    '-2',
    '@SUM(A1)',
    '\t=1',
    '\r=1',
    '=HYPERLINK("https://evil.example")',
  ])('shows %j and calculates nothing (B6)', async (formula) => {
    const words = [
      { language: 'fr', text: `${formula} fin`, provenance: 'original' as const, source: null },
    ]
    await givenProfile({
      name: `${formula.trim()} Lanterne`,
      aliases: [`${formula.trim()} L`],
      answers: { ...content().answers, who: words },
    })
    const response = await ask(getCsv, 'fr')
    const [, ...rows] = parse(await response.text())
    for (const cell of rows.flat()) expect(cell).not.toMatch(/^[=+\-@\t\r]/)
    expect(rows[0]?.[0]).toMatch(/^'[=+\-@]/)
  })

  test('has nothing of contact details that are not published, nor of who is not listed', async () => {
    await givenProfile({
      contacts: {
        email: { value: `${CANARY}@fictional.example`, published: false },
        website: { value: 'https://fictional.example/', published: true },
        telephone: null,
      },
    })
    const { id } = await givenProfile({ name: `Hidden ${CANARY}` })
    await givenProfile({ name: `Draft ${CANARY}` }, 'draft')
    await hideProfile(administrator, { id, reason: 'hide' })
    for (const get of [getCsv, getJson]) {
      const text = await (await ask(get, 'fr')).text()
      expect(text).not.toContain(CANARY)
      expect(text).toContain('https://fictional.example/')
    }
    expect(await table()).toHaveLength(1)
  })

  test('without an organisation there are only the headings', async () => {
    expect(await table('?country=BI')).toEqual([])
  })
})

test('the file for programs holds what the API gives, whole', async () => {
  for (const name of ['Alpha', 'Beta', 'Gamma']) await givenProfile({ name })
  const response = await ask(getJson, 'en', '?sort=newest')
  const { organisations } = (await response.json()) as { organisations: unknown[] }
  const { filters } = parseFilters({ sort: 'newest' })
  expect(organisations).toEqual((await findProfilesPage(filters)).profiles)
  expect(await (await ask(getJson, 'en', '?q=nothing')).json()).toEqual({ organisations: [] })
})

test.each([getCsv, getJson])(
  'the same filters as the list, and a name that says which',
  async (get) => {
    await givenProfile({ name: 'Alpha', country: 'KE' })
    await givenProfile({ name: 'Beta', country: 'BI' })
    const response = await ask(get, 'fr', '?country=KE&q=alpha')
    expect(response.headers.get('content-disposition')).toMatch(
      /^attachment; filename="organisations-alpha-kenya-\d{4}-\d\d-\d\d\.(csv|json)"$/,
    )
    const text = await response.text()
    expect(text).toContain('Alpha')
    expect(text).not.toContain('Beta')
  },
)

test.each([getCsv, getJson])('a filter that cannot be used is refused in words', async (get) => {
  const response = await ask(get, 'fr', '?region=mars')
  expect(response.status).toBe(400)
  expect(response.headers.get('content-type')).toBe('text/plain; charset=utf-8')
  const text = await response.text()
  expect(text).toContain('region=mars')
  expect(text).toContain('africa')
})

test('what is hidden while the file is being sent is left out of the rest', async () => {
  await givenProfile({ name: 'Alpha' })
  const { id } = await givenProfile({ name: 'Beta' })
  const { total, pieces } = await streamProfiles(parseFilters({}).filters)
  expect(total).toBe(2)
  await hideProfile(administrator, { id, reason: 'hide' })
  const names: string[] = []
  for await (const piece of pieces) names.push(...piece.map(({ name }) => name))
  expect(names).toEqual(['Alpha'])
})

test('whoever stops reading stops the reading of the database', async () => {
  await givenProfile({ name: 'Alpha' })
  const reader = (await ask(getCsv, 'fr')).body?.getReader()
  await reader?.read()
  await reader?.cancel()
  expect(await reader?.closed).toBeUndefined()
})
