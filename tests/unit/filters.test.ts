import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { filtersToQuery, parseFilters, type Filters } from '@/lib/directory/filters'
import { COUNTRIES } from '@/lib/places/countries'
import { REGIONS } from '@/lib/places/regions'
import { PRIORITY_AREAS } from '@/lib/profile/schema'

const parse = (query: string) => parseFilters(new URLSearchParams(query))

describe('filters of an address', () => {
  test('are read from it', () => {
    const query =
      '?q=droits  humains&region=africa&country=bi&area=stigma&area=health&lang=fr&page=2'
    expect(parse(query)).toEqual({
      filters: {
        q: 'droits humains',
        region: 'africa',
        country: 'BI',
        areas: ['health', 'stigma'],
        lang: 'fr',
        sort: 'name',
        page: 2,
      },
      ignored: [],
    })
  })

  test.each([
    ['region=mars', 'region', 'mars'],
    ['country=ZZ', 'country', 'ZZ'],
    ['area=health&area=led-by', 'area', 'led-by'],
    ['lang=!', 'lang', '!'],
    ['sort=rating', 'sort', 'rating'],
    ['page=0', 'page', '0'],
    ['lang=xx', 'lang', 'xx'],
    ['page=2e3', 'page', '2e3'],
    ['region=africa&region=europe', 'region', 'europe'],
  ])('%s: what cannot be used is left out and named', (query, parameter, value) => {
    expect(parse(query).ignored).toMatchObject([{ parameter, value }])
  })

  test('unknown parameters and empty values do not count', () => {
    expect(parse('utm_source=x&region=&q=').ignored).toEqual([])
    expect(filtersToQuery(parse('utm_source=x&region=&q=').filters)).toBe('')
  })

  test('come back the same from the address they are written to', () => {
    const filters: fc.Arbitrary<Filters> = fc.record({
      q: fc
        .string({ unit: 'grapheme' })
        .map((text) => parse(`?q=${encodeURIComponent(text)}`).filters.q),
      region: fc.option(fc.constantFrom(...REGIONS)),
      country: fc.option(fc.constantFrom(...COUNTRIES)),
      areas: fc.subarray([...PRIORITY_AREAS]),
      lang: fc.option(fc.constantFrom('fr', 'en', 'pt-BR', 'zh-Hant')),
      sort: fc.constantFrom('name' as const, 'newest' as const),
      page: fc.integer({ min: 1, max: 9999 }),
    })
    fc.assert(
      fc.property(filters, (given) => {
        const { page } = given
        expect(parse(filtersToQuery(given, { page }))).toEqual({ filters: given, ignored: [] })
      }),
    )
  })

  test('no text in any parameter makes it fail', () => {
    fc.assert(
      fc.property(fc.webQueryParameters(), (query) => {
        const { filters } = parse(query)
        expect(parse(filtersToQuery(filters, { page: filters.page })).filters).toEqual(filters)
      }),
    )
  })
})
