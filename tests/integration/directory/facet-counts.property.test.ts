import fc from 'fast-check'
import { expect, test } from 'vitest'
import { encodePosition } from '@/lib/directory/cursor'
import { filtersToQuery, PAGE_SIZE, parseFilters, type Filters } from '@/lib/directory/filters'
import { countFacets, findProfilesPage } from '@/lib/directory/queries'
import { generateDemo } from '@/tools/demo/fill'
import { REGIONS } from '@/lib/geo/regions'
import { saveProfiles } from '@/lib/organisations/save'
import { hideProfile } from '@/lib/organisations/publish'
import { findPublicProfile } from '@/lib/organisations/public-queries'
import { PRIORITY_AREAS } from '@/lib/organisations/schema'
import { cases } from '@/tests/support/cases'
import { freshDatabase, rows } from '@/tests/support/database'
import { administrator, content } from '@/tests/support/profiles'

const COUNTRIES = ['BI', 'FR', 'GB', 'MX'] as const
const LANGUAGES = ['fr', 'en', 'es', 'und'] as const
const WORDS = ['lanterne', 'boussole', 'marée'] as const

const profile = fc.record({
  name: fc.constantFrom(...WORDS).map((word) => `Collectif ${word}`),
  country: fc.option(fc.constantFrom(...COUNTRIES)),
  region: fc.option(fc.constantFrom(...REGIONS)),
  priorityAreas: fc.subarray([...PRIORITY_AREAS]),
  answers: fc
    .record({
      languages: fc.subarray([...LANGUAGES], { minLength: 1 }),
      word: fc.constantFrom(...WORDS),
    })
    .map(({ languages, word }) => ({
      ...content().answers,
      who: languages.map((language) => ({
        ...{ language, text: `${word} ${language}`, provenance: 'original' as const },
        source: null,
      })),
    })),
})

const filters: fc.Arbitrary<Filters> = fc
  .record({
    q: fc.constantFrom('', '', 'lanterne', 'bous', 'marée collectif', 'nirgends'),
    region: fc.option(fc.constantFrom(...REGIONS)),
    country: fc.option(fc.constantFrom(...COUNTRIES)),
    area: fc.subarray([...PRIORITY_AREAS], { maxLength: 2 }),
    lang: fc.option(fc.constantFrom(...LANGUAGES)),
    sort: fc.constantFrom('', 'name', 'newest'),
  })
  .map(
    ({ region, country, lang, ...rest }) =>
      parseFilters({
        ...rest,
        ...(region && { region }),
        ...(country && { country }),
        ...(lang && { lang }),
      }).filters,
  )

// Some thousand answers: a busy machine takes its time.
const PATIENCE = 300_000

test(
  'each count is what its link leads to, whatever the directory and the other filters',
  async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(profile, fc.constantFrom('listed', 'draft', 'hidden')), {
          maxLength: 24,
        }),
        fc.array(filters, { minLength: 2, maxLength: 4 }),
        async (profiles, asked) => {
          await freshDatabase()
          const saved = await saveProfiles(
            administrator,
            profiles.map(([changes, status], place) => ({
              profile: null,
              content: content({ ...changes, name: `${changes.name} ${String(place)}` }),
              reason: 'edit',
              status: status === 'draft' ? 'draft' : 'listed',
            })),
          )
          for (const [place, outcome] of saved.entries()) {
            if (!outcome.ok) throw new Error(outcome.reason)
            if (profiles[place]?.[1] === 'hidden')
              await hideProfile(administrator, { id: outcome.id, reason: 'hide' })
          }
          for (const one of asked) await expectCountsToBeTrue(one)
        },
      ),
      { numRuns: cases(2) },
    )
  },
  PATIENCE,
)

async function expectCountsToBeTrue(filters: Filters) {
  const choices = await countFacets(filters)
  const behind = async (changes: Partial<Filters>) => {
    const link = parseFilters(new URLSearchParams(filtersToQuery(filters, changes)))
    expect(link.ignored).toEqual([])
    const { total, profiles } = await findProfilesPage(link.filters)
    expect(profiles).toHaveLength(Math.min(total, PAGE_SIZE))
    return total
  }
  for (const region of REGIONS) expect(await behind({ region })).toBe(choices.regions[region])
  const countries = new Map<string, number>(
    choices.countries.map(({ country, count }) => [country, count]),
  )
  for (const country of COUNTRIES)
    expect(await behind({ country })).toBe(countries.get(country) ?? 0)
  const languages = new Map(choices.languages.map(({ language, count }) => [language, count]))
  expect(languages.has('und')).toBe(false)
  for (const lang of LANGUAGES) {
    if (lang !== 'und') expect(await behind({ lang })).toBe(languages.get(lang) ?? 0)
  }
  for (const area of PRIORITY_AREAS) {
    const areas = PRIORITY_AREAS.filter((one) => one === area || filters.areas.includes(one))
    expect(await behind({ areas })).toBe(choices.areas[area])
  }
}

test('the order by name, and the latest first, are those of the database, all pages long', async () => {
  await freshDatabase()
  await generateDemo(150, 3)
  // Beyond the letters whose UTF-16 order is that of their code points, and namesakes.
  const names = ['🪔 Lanterne', '﷽ Fanous', 'Jumelle', 'Jumelle', 'Jumelle', '𠮷 Lampe']
  for (const name of names) {
    await saveProfiles(administrator, [
      { profile: null, content: content({ name }), reason: 'edit', status: 'listed' },
    ])
  }
  const orders = {
    name: '"nameFolded", "id"',
    newest: '"listedAt" DESC, "nameFolded", "id"',
  }
  for (const [sort, order] of Object.entries(orders)) {
    const expected = rows<{ slug: string }>(
      `SELECT "slug" FROM "Organisation" WHERE "status" = 'listed' ORDER BY ${order}`,
    ).map(({ slug }) => slug)
    const found: string[] = []
    for (let page = 1; found.length < expected.length; page++) {
      const { profiles } = await findProfilesPage(
        parseFilters({ sort, page: String(page) }).filters,
      )
      expect(profiles.length).toBeGreaterThan(0)
      found.push(...profiles.map(({ slug }) => slug))
    }
    expect(found).toEqual(expected)
  }
})

test('what a list shows of a profile is what its own page shows', async () => {
  await freshDatabase()
  await generateDemo(24, 2)
  const { profiles } = await findProfilesPage(parseFilters({}).filters)
  expect(profiles.length).toBeGreaterThan(20)
  for (const profile of profiles) {
    expect(await findPublicProfile(profile.slug)).toEqual({ kind: 'profile', profile })
  }
})

test('what an address carries gives no id away', async () => {
  await freshDatabase()
  await generateDemo(40, 1)
  const { next } = await findProfilesPage(parseFilters({}).filters)
  if (!next) throw new Error('no second page')
  const carried = Buffer.from(encodePosition(next.position), 'base64url').toString('utf8')
  for (const { id } of rows<{ id: string }>('SELECT "id" FROM "Organisation"')) {
    expect(carried).not.toContain(id)
  }
})
