import { beforeEach, expect, test } from 'vitest'
import { GET as getIndex } from '@/app/sitemap.xml/route'
import { GET as getPiece } from '@/app/sitemap/[piece]/route'
import { SITEMAP_SHARDS } from '@/lib/directory/sitemap'
import { hideProfile } from '@/lib/organisations/publish'
import { freshDatabase } from '@/tests/support/database'
import { administrator, content, givenProfile } from '@/tests/support/profiles'

beforeEach(freshDatabase)

const locations = (xml: string) =>
  [...xml.matchAll(/<loc>(.*?)<\/loc>/g)].map(([, address]) => address)

/** Every piece that the index names, as it answers. */
async function wholeMap(): Promise<string> {
  const index = locations(await (await getIndex()).text())
  const pieces = await Promise.all(
    index.map(async (address) => {
      const piece = address?.split('/').at(-1) ?? ''
      const response = await getPiece({} as never, { params: Promise.resolve({ piece }) })
      expect(response.status).toBe(200)
      return response.text()
    }),
  )
  return pieces.join('')
}

test('holds every listed profile once in each language that it can be read in, and no other', async () => {
  const nothing = { ...content().answers, who: [] }
  for (let number = 1; number <= 40; number++) await givenProfile({ name: `Lantern ${number}` })
  const spanish = { language: 'es', text: 'Ayuda.', provenance: 'original' as const, source: null }
  await givenProfile({ name: 'Farol', answers: { ...nothing, who: [spanish] } })
  const hidden = await givenProfile({ name: 'Hidden' })
  await hideProfile(administrator, { id: hidden.id, reason: 'hide' })
  const profiles = locations(await wholeMap()).filter((address) =>
    /organisations\/[^/]+$/.test(address ?? ''),
  )
  expect(new Set(profiles).size).toBe(profiles.length)
  expect(profiles).toHaveLength(40 * 2 + 1)
  expect(profiles.filter((address) => address?.includes('farol'))).toEqual([
    expect.stringMatching(/\/en\/organisations\/farol$/),
  ])
})

test('holds the places in which anybody is listed, in both languages, each the other’s alternate', async () => {
  const { id } = await givenProfile({ country: 'BI', region: 'africa', priorityAreas: ['health'] })
  const map = await wholeMap()
  for (const path of [
    '/fr/organisations/pays/burundi',
    '/en/organisations/country/burundi',
    '/fr/organisations/region/afrique',
    '/en/organisations/area/access-to-health',
  ]) {
    expect(map).toContain(`${path}</loc>`)
    expect(map).toContain(`${path}"/>`)
  }
  expect(map).not.toContain('kenya')
  await hideProfile(administrator, { id, reason: 'hide' })
  expect(await wholeMap()).not.toContain('burundi')
})

test('an empty directory has its pages, and a piece that does not exist is not there', async () => {
  expect(locations(await (await getIndex()).text())).toHaveLength(1)
  for (const [piece, status] of [
    ['0.xml', 200],
    ['f.xml', 200],
    ['g.xml', 404],
    ['10.xml', 404],
    ['.xml', 404],
    ['pages', 404],
  ] as const) {
    const response = await getPiece({} as never, { params: Promise.resolve({ piece }) })
    expect([piece, response.status]).toEqual([piece, status])
  }
  expect(SITEMAP_SHARDS).toHaveLength(16)
})
