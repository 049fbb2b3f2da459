import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { encodePosition, type SortOrder, type SortPosition } from '@/lib/directory/cursor'
import { filtersToQuery, parseFilters, type Filters } from '@/lib/directory/filters'
import { COUNTRIES } from '@/lib/geo/countries'
import { REGIONS } from '@/lib/geo/regions'
import { PRIORITY_AREAS } from '@/lib/organisations/schema'

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
        sort: 'relevance',
        page: 2,
        cursor: null,
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
    ['after=zzz', 'after', 'zzz'],
    ['sort=relevance', 'sort', 'relevance'],
    ['region=africa&region=europe', 'region', 'europe'],
  ])('%s: what cannot be used is left out and named', (query, parameter, value) => {
    expect(parse(query).ignored).toMatchObject([{ parameter, value }])
  })

  test('unknown parameters and empty values do not count', () => {
    expect(parse('utm_source=x&region=&q=').ignored).toEqual([])
    expect(filtersToQuery(parse('utm_source=x&region=&q=').filters)).toBe('')
  })

  test('come back the same from the address they are written to', () => {
    const name = { name: fc.string({ unit: 'grapheme' }), tie: fc.nat() }
    const positions: Record<SortOrder, fc.Arbitrary<SortPosition>> = {
      name: fc.record({ order: fc.constant('name' as const), ...name }),
      newest: fc.record({ order: fc.constant('newest' as const), ...name, listedAt: fc.nat() }),
      relevance: fc.record({
        ...{ order: fc.constant('relevance' as const), ...name },
        ...{ score: fc.integer(), own: fc.boolean() },
      }),
    }
    const filters: fc.Arbitrary<Filters> = fc
      .record({
        q: fc
          .string({ unit: 'grapheme' })
          .map((text) => parse(`?q=${encodeURIComponent(text)}`).filters.q),
        sort: fc.constantFrom('name' as const, 'newest' as const, 'relevance' as const),
      })
      .map(({ q, sort }) => ({ q, sort: q === '' && sort === 'relevance' ? 'name' : sort }))
      .chain(({ q, sort }) =>
        fc.record({
          q: fc.constant(q),
          region: fc.option(fc.constantFrom(...REGIONS)),
          country: fc.option(fc.constantFrom(...COUNTRIES)),
          areas: fc.subarray([...PRIORITY_AREAS]),
          lang: fc.option(fc.constantFrom('fr', 'en', 'pt-BR', 'zh-Hant')),
          sort: fc.constant(sort),
          page: fc.integer({ min: 1, max: 9999 }),
          cursor: fc.option(
            fc.record({
              direction: fc.constantFrom('after' as const, 'before' as const),
              position: positions[sort],
            }),
          ),
        }),
      )
    fc.assert(
      fc.property(filters, (given) => {
        const { page, cursor } = given
        const query = filtersToQuery(given, { page, cursor })
        expect(parse(query)).toEqual({ filters: given, ignored: [] })
      }),
    )
  })

  test('without a word about it the best come first where words are searched for', () => {
    expect(parse('q=x').filters.sort).toBe('relevance')
    expect(parse('').filters.sort).toBe('name')
    expect(filtersToQuery(parse('q=x').filters)).toBe('?q=x')
    expect(filtersToQuery(parse('q=x').filters, { q: '' })).toBe('')
    expect(filtersToQuery(parse('q=x&sort=name').filters)).toBe('?q=x&sort=name')
    expect(filtersToQuery(parse('sort=name').filters)).toBe('')
  })

  test('a cursor of another order, or one that is none, is left out and named', () => {
    const position = { order: 'newest', name: 'a', tie: 1, listedAt: 2 } as const
    const written = encodePosition(position)
    expect(parse(`sort=newest&after=${written}`).filters.cursor?.position).toEqual(position)
    for (const bad of [
      `after=${written}`,
      `q=x&after=${written}`,
      `sort=newest&before=${written}=`,
      `sort=newest&after=${Buffer.from('["newest","a",-1,2]').toString('base64url')}`,
      `after=${'A'.repeat(3000)}`,
    ]) {
      const { filters, ignored } = parse(bad)
      expect(filters.cursor).toBeNull()
      expect(ignored).toHaveLength(1)
    }
  })

  test('no text in any parameter makes it fail', () => {
    fc.assert(
      fc.property(fc.webQueryParameters(), (query) => {
        const { filters } = parse(query)
        const { page, cursor } = filters
        expect(parse(filtersToQuery(filters, { page, cursor })).filters).toEqual(filters)
      }),
    )
  })
})
