import { NextRequest } from 'next/server'
import { beforeEach, describe, expect, test } from 'vitest'
import { GET } from '@/app/api/organisations/route'
import { filtersToQuery, PAGE_SIZE, parseFilters } from '@/lib/directory/filters'
import { findProfilesPage } from '@/lib/directory/queries'
import { hideProfile } from '@/lib/organisations/publish'
import { saveProfile, saveProfiles } from '@/lib/organisations/save'
import { freshDatabase } from '@/tests/support/database'
import { administrator, content, givenProfile } from '@/tests/support/profiles'

type Kept = { id: string; slug: string; version: number }
let all: Kept[] = []

const named = (number: number) => `Collectif Lanterne ${String(number).padStart(3, '0')}`

beforeEach(async () => {
  await freshDatabase()
  const saved = await saveProfiles(
    administrator,
    Array.from({ length: 80 }, (_, number) => ({
      profile: null,
      content: content({ name: named(number * 2 + 1) }),
      reason: 'edit',
      status: 'listed' as const,
    })),
  )
  all = saved.map((outcome) => {
    if (!outcome.ok) throw new Error(outcome.reason)
    return outcome
  })
})

type List = Awaited<ReturnType<typeof findProfilesPage>>
const slugsOf = ({ profiles }: List) => profiles.map(({ slug }) => slug)

/** Follows the link to the next or the previous page as the page and the API write it. */
async function follow(query: string, from: List, link: 'next' | 'previous'): Promise<List | null> {
  const cursor = from[link]
  if (cursor === null) return null
  const page = link === 'next' ? from.page + 1 : from.page - 1
  const { filters } = parseFilters(new URLSearchParams(query))
  const address = new URLSearchParams(filtersToQuery(filters, { page, cursor }))
  const { filters: asked, ignored } = parseFilters(address)
  expect(ignored).toEqual([])
  return findProfilesPage(asked)
}

async function first(query: string): Promise<List> {
  return findProfilesPage(parseFilters(new URLSearchParams(query)).filters)
}

/** Hides one of a page, renames another to the end of the alphabet, and lists a new one before them all. */
async function change(shown: string[], round: number): Promise<string[]> {
  const [hidden, moved] = [shown[3], shown[shown.length - 1]].map((slug) =>
    all.find((one) => one.slug === slug),
  )
  if (!hidden || !moved) throw new Error('not one of those given at first')
  await hideProfile(administrator, { id: hidden.id, reason: 'hide' })
  const renamed = await saveProfile(administrator, {
    profile: moved,
    content: content({ name: `Collectif Lanterne zzz ${String(round)}` }),
    reason: 'edit',
  })
  expect(renamed).toMatchObject({ ok: true })
  await givenProfile({ name: named(0) })
  await givenProfile({ name: `${named(40)} ${String(round)}` })
  return [hidden.slug, moved.slug]
}

describe.each(['', 'sort=newest', 'q=lanterne', 'q=lanterne&sort=name', 'region=africa&lang=en'])(
  '%j: pages while the directory changes',
  (query) => {
    test('forwards: those that stay as they are come once, none is left out', async () => {
      const seen: string[] = []
      const touched: string[] = []
      let page: List | null = await first(query)
      for (let round = 0; page; round++) {
        const shown = slugsOf(page)
        seen.push(...shown)
        const own = shown.filter((slug) => all.some((one) => one.slug === slug))
        if (round < 3) touched.push(...(await change(own, round)))
        page = await follow(query, page, 'next')
      }
      const stayed = all.map(({ slug }) => slug).filter((slug) => !touched.includes(slug))
      expect(seen.filter((slug) => stayed.includes(slug)).sort()).toEqual(stayed.sort())
    })

    test('and back: the pages before hold what was before them', async () => {
      let page = await first(query)
      for (let next: List | null = page; next;) {
        page = next
        next = await follow(query, page, 'next')
      }
      const seen = slugsOf(page)
      const touched: string[] = []
      for (let round = 0, before: List | null = page; before; round++) {
        before = await follow(query, before, 'previous')
        if (!before) break
        const shown = slugsOf(before)
        seen.push(...shown)
        const own = shown.filter((slug) => all.some((one) => one.slug === slug))
        if (round < 2) touched.push(...(await change(own, round)))
      }
      const stayed = all.map(({ slug }) => slug).filter((slug) => !touched.includes(slug))
      expect(seen.filter((slug) => stayed.includes(slug)).sort()).toEqual(stayed.sort())
    })
  },
)

test('without a change the links give the pages of the numbers', async () => {
  let page: List | null = await first('')
  for (let number = 1; page; number++) {
    expect(page).toMatchObject({ page: number, pageCount: 4, total: 80 })
    expect(slugsOf(page)).toEqual(slugsOf(await first(`page=${String(number)}`)))
    page = await follow('', page, 'next')
  }
  let last = await first('page=4')
  expect(last.profiles).toHaveLength(80 - 3 * PAGE_SIZE)
  for (let number = 3; number > 0; number--) {
    last = (await follow('', last, 'previous')) ?? last
    expect(last.page).toBe(number)
    expect(slugsOf(last)).toEqual(slugsOf(await first(`page=${String(number)}`)))
  }
  expect(last.previous).toBeNull()
})

test('where nothing is left behind a cursor, the number of the page counts', async () => {
  const last = await first('page=3')
  const { filters } = parseFilters({})
  const hide = slugsOf(await first('page=4'))
  for (const { id, slug } of all) {
    if (hide.includes(slug)) await hideProfile(administrator, { id, reason: 'hide' })
  }
  const beyond = await findProfilesPage({ ...filters, page: 4, cursor: last.next })
  expect(beyond).toMatchObject({ page: 4, pageCount: 3, profiles: [] })
})

describe('the API', () => {
  const ask = async (address: string) => {
    const response = await GET(new NextRequest(new URL(address, 'http://localhost')))
    return { response, body: (await response.json()) as Record<string, unknown> }
  }

  test('names the next page in a Link, which holds while the directory changes', async () => {
    const seen: string[] = []
    const touched: string[] = []
    for (let address: string | undefined = '/api/organisations', round = 0; address; round++) {
      const { response, body } = await ask(address)
      expect(response.status).toBe(200)
      const shown = (body['organisations'] as { slug: string }[]).map(({ slug }) => slug)
      seen.push(...shown)
      const own = shown.filter((slug) => all.some((one) => one.slug === slug))
      if (round === 0) touched.push(...(await change(own, round)))
      address = /^<([^>]+)>; rel="next"$/.exec(response.headers.get('link') ?? '')?.[1]
    }
    const stayed = all.map(({ slug }) => slug).filter((slug) => !touched.includes(slug))
    expect(seen.filter((slug) => stayed.includes(slug)).sort()).toEqual(stayed.sort())
  })

  test('refuses a cursor that is none, and a page past the end', async () => {
    expect(await ask('/api/organisations?page=2&after=nonsense')).toMatchObject({
      response: { status: 400 },
      body: { error: { code: 'badValue', parameter: 'after', value: 'nonsense', allowed: null } },
    })
    expect(await ask('/api/organisations?page=5')).toMatchObject({
      response: { status: 400 },
      body: { error: { code: 'pastTheEnd', parameter: 'page', value: '5', allowed: ['1–4'] } },
    })
  })
})
