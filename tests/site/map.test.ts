import { describe, expect, test } from 'vitest'
import {
  attribute,
  attributes,
  select,
  selectOne,
  textOf,
  textsOf,
  visit,
} from '@/tests/support/html'

const links = '.map figure a'

describe.each(['fr', 'en'] as const)('in %s', (locale) => {
  test.each(['/map', '/map/africa', '/map/europe'])(
    '%s: every country of the map leads to as many organisations as it says',
    async (path) => {
      const { document } = await visit(`/${locale}${path}`)
      const places = select(document, links).map((link) => ({
        href: attribute(link, 'href') ?? '',
        name: textOf(selectOne(link, 'title')),
      }))
      expect(places.length).toBeGreaterThan(1)
      const rows = select(document, '.map tbody tr').map((row) => ({
        href: attributes(row, 'a', 'href')[0] ?? '',
        name: textsOf(row, 'a')[0] ?? '',
        count: Number(textsOf(row, 'td')[0]),
      }))
      for (const { href, name } of places) {
        // The table says the same as the map.
        const row = rows.find((one) => one.href === href)
        expect(name).toMatch(new RegExp(`^${row?.name}, ${row?.count} organisations?$`))
        const list = await visit(href)
        expect(textsOf(list.document, '.results > .tally b')).toEqual([String(row?.count)])
      }
      expect(rows.length).toBeGreaterThanOrEqual(places.length)
    },
  )

  test('the parts of the world are plain links', async () => {
    const { document } = await visit(`/${locale}/map`)
    const africa = `/${locale}/map/africa`
    expect(attributes(document, '.map nav a', 'href')[1]).toBe(africa)
    const part = await visit(africa)
    expect(attributes(part.document, '.map nav [aria-current=page]', 'href')).toEqual([africa])
    const hrefs = attributes(part.document, links, 'href')
    expect(hrefs.length).toBeGreaterThan(0)
    for (const href of hrefs) expect(href).toContain('region=africa')
  })

  test('an unknown part of the world is not there', async () => {
    expect((await visit(`/${locale}/map/mars`)).status).toBe(404)
  })

  test('both languages and the site map know every part', async () => {
    const { document } = await visit(`/${locale}/map/latin-america`)
    expect(attributes(document, 'link[rel=canonical]', 'href')).toEqual([
      expect.stringMatching(new RegExp(`/${locale}/map/latin-america$`)),
    ])
    expect(select(document, 'link[rel=alternate][hreflang]')).toHaveLength(3)
    const { body } = await visit('/sitemap/pages.xml')
    for (const path of ['/map', '/map/africa', '/map/north-america-and-the-caribbean']) {
      expect(body).toContain(`/${locale}${path}</loc>`)
    }
  })
})
