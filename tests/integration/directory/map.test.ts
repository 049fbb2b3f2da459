import { beforeAll, describe, expect, test } from 'vitest'
import { parseFilters } from '@/lib/directory/filters'
import { countByCountry, shadingSteps } from '@/lib/directory/map'
import { listOrganisations } from '@/lib/directory/queries'
import { REGIONS } from '@/lib/geo/regions'
import { hideProfile, withdrawProfile } from '@/lib/organisations/publish'
import { freshDatabase } from '@/tests/support/database'
import { administrator, givenProfile } from '@/tests/support/profiles'

async function listedTotal(query: Record<string, string>): Promise<number> {
  return (await listOrganisations(parseFilters(query).filters, 'en')).total
}

test('an empty directory has nothing on its map', async () => {
  await freshDatabase()
  expect(await countByCountry(null)).toEqual({ total: 0, withoutCountry: 0, countries: [] })
  expect(await countByCountry('africa')).toEqual({ total: 0, withoutCountry: 0, countries: [] })
})

describe('a directory', () => {
  beforeAll(async () => {
    await freshDatabase()
    for (const [name, country, region] of [
      ['Fictional One', 'BI', 'africa'],
      ['Fictional Two', 'BI', 'africa'],
      // The network decides a region by organisation, not by country.
      ['Fictional Three', 'MX', 'north-america-and-the-caribbean'],
      ['Fictional Four', 'MX', 'latin-america'],
      ['Fictional Five', 'LB', null],
      ['Fictional Six', null, 'europe'],
    ] as const) {
      await givenProfile({ name, country, region })
    }
    await givenProfile({ name: 'Fictional Draft', country: 'IS', region: 'europe' }, 'draft')
    const hidden = await givenProfile({ name: 'Fictional Hidden', country: 'IS', region: 'europe' })
    await hideProfile(administrator, { id: hidden.id, reason: 'test' })
    const gone = await givenProfile({ name: 'Fictional Withdrawn', country: 'BI' })
    await withdrawProfile(administrator, { id: gone.id, reason: 'test' })
  })

  test('only listed organisations count, each in its country', async () => {
    expect(await countByCountry(null)).toEqual({
      total: 6,
      withoutCountry: 1,
      countries: [
        { country: 'BI', count: 2, region: 'africa' },
        { country: 'LB', count: 1, region: null },
        { country: 'MX', count: 2, region: 'latin-america' },
      ],
    })
  })

  test('a region counts its own organisations, wherever their country lies', async () => {
    expect(await countByCountry('north-america-and-the-caribbean')).toMatchObject({
      total: 1,
      countries: [{ country: 'MX', count: 1 }],
    })
    expect(await countByCountry('europe')).toEqual({ total: 1, withoutCountry: 1, countries: [] })
  })

  test('every count is the total of the list that it leads to', async () => {
    for (const { country, count } of (await countByCountry(null)).countries) {
      expect(await listedTotal({ country })).toBe(count)
    }
    for (const region of REGIONS) {
      const { total, countries } = await countByCountry(region)
      expect(await listedTotal({ region })).toBe(total)
      for (const { country, count } of countries) {
        expect(await listedTotal({ region, country })).toBe(count)
      }
    }
  })

  test('what is hidden is gone from the counts at once', async () => {
    const { id } = await givenProfile({ name: 'Fictional Seven', country: 'TV', region: null })
    const isThere = async () =>
      (await countByCountry(null)).countries.some(({ country }) => country === 'TV')
    expect(await isThere()).toBe(true)
    await hideProfile(administrator, { id, reason: 'test' })
    expect(await isThere()).toBe(false)
  })
})

test('the shades grow with the largest count', () => {
  expect(shadingSteps(0)).toEqual([1, 2, 5, 10])
  expect(shadingSteps(49)).toEqual([1, 2, 5, 10])
  expect(shadingSteps(50)).toEqual([1, 10, 50, 100])
  expect(shadingSteps(499)).toEqual([1, 10, 50, 100])
  expect(shadingSteps(4000)).toEqual([1, 100, 500, 1000])
})
