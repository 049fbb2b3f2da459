import { expect, test } from 'vitest'
import { publicUrls } from '@/lib/directory/public-urls'
import { localePath } from '@/lib/i18n/navigation'
import { routing } from '@/lib/i18n/routing'
import { DOORS, SHOWING } from '@/tests/support/doors'

const places = publicUrls({
  slug: 'collectif-lanterne',
  country: 'BI',
  region: 'africa',
  priorityAreas: ['health', 'stigma'],
})
const addresses = places.flatMap((place) =>
  'address' in place
    ? [place.address]
    : routing.locales.map((locale) => localePath(locale, place.path)),
)

/** Whether a route answers an address; a folder in brackets is any segment. */
function answers(route: string, address: string): boolean {
  const pattern = route
    .replace(/^app/, '')
    .replace(/\/(?:page\.tsx|route\.ts)$/, '')
    .replaceAll('.', '\\.')
    .replaceAll('[locale]', '(?:fr|en)')
    .replaceAll(/\[\w+\]/g, '[^/]+')
  return new RegExp(`^${pattern}$`).test(address)
}

/** The route that answers an address: of several the one with most written out. */
function routeOf(address: string): string | undefined {
  const variable = (route: string) => route.split('[').length
  return Object.keys(DOORS)
    .filter((route) => answers(route, address))
    .sort((one, other) => variable(one) - variable(other))[0]
}

test('every route that shows a listed profile is among the places that are named', () => {
  const named = new Set(addresses.map(routeOf))
  const missing = SHOWING.filter((route) => !named.has(route))
  // Its parts are found from the one that is named.
  expect(missing).toEqual(['app/sitemap/[piece]/route.ts'])
  expect(addresses).toContain('/sitemap.xml')
})

test('places of their own are named for region, country and areas, in both languages', () => {
  expect(addresses).toEqual(
    expect.arrayContaining([
      '/fr/organisations/pays/burundi',
      '/en/organisations/country/burundi',
      ...['/fr/organisations/region/afrique', '/en/organisations/region/africa'],
      ...['/fr/organisations/domaine/acces-a-la-sante', '/fr/map', '/en/map/africa'],
    ]),
  )
  expect(places.filter(({ name }) => name === 'place')).toHaveLength(4)
})

test('a profile without country, region and areas has none of these pages', () => {
  const none = publicUrls({ slug: 'x', country: null, region: null, priorityAreas: [] })
  expect(none.filter(({ name }) => name === 'place')).toEqual([])
  expect(none).toContainEqual({ name: 'page', path: '/organisations/x' })
})
