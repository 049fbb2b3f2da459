import { describe, expect, test } from 'vitest'
import { parseFilters } from '@/lib/directory/filters'
import {
  LANDING_PAGES,
  landingPageFilters,
  findLandingPage,
  landingPageName,
  landingPagePath,
  withoutLandingPageFilter,
} from '@/lib/directory/landing-pages'
import { routing } from '@/lib/i18n/routing'
import { COUNTRIES } from '@/lib/geo/countries'
import { REGIONS } from '@/lib/geo/regions'
import { PRIORITY_AREAS } from '@/lib/organisations/schema'
import { isReservedSlug } from '@/lib/organisations/slug'

const everything = parseFilters({}).filters
/** Segment and name of a place's own address. */
function own(
  locale: 'en' | 'fr',
  place: (typeof LANDING_PAGES)[number],
): [segment: string, name: string] {
  const [, , segment = '', name = ''] = landingPagePath(place)[locale].split('/')
  return [segment, name]
}

describe.each(routing.locales)('addresses of places in %s', (locale) => {
  test('there is one for every country, region and area, and no two are the same', () => {
    expect(LANDING_PAGES).toHaveLength(COUNTRIES.length + REGIONS.length + PRIORITY_AREAS.length)
    const addresses = LANDING_PAGES.map((place) => landingPagePath(place)[locale])
    expect(new Set(addresses).size).toBe(addresses.length)
    for (const address of addresses) {
      expect(address).toMatch(/^\/organisations\/[a-z]+\/[a-z0-9]+(-[a-z0-9]+)*$/)
    }
  })

  test('each leads back to its place, and no profile can have its first segment', () => {
    for (const place of LANDING_PAGES) {
      const [segment, name] = own(locale, place)
      expect(findLandingPage(locale, segment, name)).toEqual({ place, isItsAddress: true })
      expect(isReservedSlug(segment)).toBe(true)
    }
  })

  test('the other language’s address, the code and the name as written lead to the same place', () => {
    const other = locale === 'en' ? 'fr' : 'en'
    for (const place of LANDING_PAGES) {
      const found = findLandingPage(locale, ...own(other, place))
      expect([place.code, found?.place]).toEqual([place.code, place])
      const [segment] = own(locale, place)
      for (const name of [place.code, place.code.toLowerCase(), landingPageName(locale, place)]) {
        const named = findLandingPage(locale, segment, name)
        expect([name, named?.place]).toEqual([name, place])
      }
    }
  })

  test('its filters beside others, and the others without it', () => {
    for (const place of LANDING_PAGES) {
      const others = { ...everything, q: 'lantern', lang: 'es' }
      expect(withoutLandingPageFilter(place, landingPageFilters(place, others))).toEqual(others)
    }
  })
})

test.each([
  ['fr', 'pays', 'cote-d-ivoire', 'CI', true],
  ['fr', 'pays', "côte d'ivoire", 'CI', false],
  ['fr', 'pays', 'ivory-coast', 'CI', false],
  ['fr', 'country', 'burundi', 'BI', false],
  ['en', 'pays', 'burundi', 'BI', false],
  ['en', 'country', 'Burundi', 'BI', false],
  ['en', 'country', 'swaziland', 'SZ', false],
  ['en', 'country', '布隆迪', 'BI', false],
  ['en', 'country', 'rdc', 'CD', false],
] as const)(
  '/%s/organisations/%s/%s is %s (its address: %s)',
  (locale, segment, name, code, is) => {
    expect(findLandingPage(locale, segment, name)).toEqual({
      place: { kind: 'country', code },
      isItsAddress: is,
    })
  },
)

test.each([
  ['fr', 'pays', 'nulle-part'],
  ['fr', 'pays', 'congo'],
  ['fr', 'pays', ''],
  ['fr', 'pays', 'a'.repeat(5000)],
  ['fr', 'region', 'burundi'],
  ['en', 'planet', 'mars'],
  ['en', 'constructor', 'constructor'],
  ['en', 'country', '__proto__'],
] as const)('/%s/organisations/%s/%s names none', (locale, segment, name) => {
  expect(findLandingPage(locale, segment, name)).toBeNull()
})
