import { readdirSync } from 'node:fs'
import { beforeAll, expect, test } from 'vitest'
import { CANARY, CANARY_TELEPHONE, DOORS, PROTECTED_DOORS, SHOWING } from '@/tests/support/doors'
import { ask, type Answer } from '@/tests/support/http'
import { isolatedSite } from '@/tests/support/isolated-site'

const baseURL = () => process.env['BASE_URL']

/** Listed last, and renamed: it stands on every list, in every feed, and at two addresses. */
const listed = { name: 'Fictional First Name', slug: 'fictional-last-listed' }
const isItsOwn = (address: string) => /fictional-(first-name|last-listed)$/.test(address)
const addresses = Object.values(DOORS).flat()

/** As a visitor, as a crawler, and as the framework's own client would ask. */
const VARIANTS: Record<string, string>[] = [
  {},
  { RSC: '1', 'Next-Router-Prefetch': '1', 'Next-Url': '/en/organisations' },
  { 'X-Middleware-Subrequest': 'proxy:proxy', 'X-Forwarded-Host': 'evil.example' },
]

isolatedSite()

beforeAll(async () => {
  const { createRenamed } = await import('@/tests/support/create-organisations')
  await createRenamed(listed.name, listed.slug)
})

function comparable({ status, headers, body }: Answer) {
  const { date: _date, ...rest } = headers
  return { status, headers: rest, body }
}

test('every route has its row in the table of doors', () => {
  const routes = readdirSync('app', { recursive: true, encoding: 'utf8' })
    .map((file) => `app/${file}`)
    .filter((file) => /\/(page|route)\.tsx?$/.test(file))
  const doors = [...Object.keys(DOORS), ...Object.keys(PROTECTED_DOORS)]
  expect(routes.sort()).toEqual(doors.sort())
})

test('nobody sees anything of the protected part', async () => {
  for (const address of Object.values(PROTECTED_DOORS).flat()) {
    for (const headers of VARIANTS) {
      const { status, headers: answered, body } = await ask(baseURL(), address, { headers })
      expect([address, answered['cache-control']]).toEqual([address, 'no-store'])
      expect(body.replaceAll(`q=${CANARY}`, '')).not.toContain(CANARY)
      if (!/^\/(fr|en)\/admin/.test(address)) {
        expect([address, [200, 303, 307, 404, 405].includes(status)]).toEqual([address, true])
        continue
      }
      expect([address, [303, 307].includes(status)]).toEqual([address, true])
      const [, locale] = address.split('/')
      const back = encodeURIComponent(`/${locale}/admin`)
      expect(answered['location']).toMatch(new RegExp(`^/${locale}/sign-in[?]next=${back}`))
    }
  }
})

test('nothing of a draft, hidden or withdrawn profile leaves by any door', async () => {
  const leaks: string[] = []
  for (const address of addresses) {
    for (const headers of VARIANTS) {
      const { body, headers: answered } = await ask(baseURL(), address, { headers })
      const said = body.replaceAll(`q=${CANARY}`, '').replaceAll(`value="${CANARY}"`, '')
      // The page repeats what was searched for; the word itself is no leak there.
      const searched = address.includes(`q=${CANARY}`)
      const leaked =
        (searched ? said.includes(`-${CANARY}`) : said.includes(CANARY)) ||
        said.includes(CANARY_TELEPHONE)
      if (leaked || JSON.stringify(answered).includes(CANARY)) leaks.push(address)
    }
  }
  expect(leaks).toEqual([])
})

test('a place where only such profiles are is like one where there are none', async () => {
  // Iceland has a draft, a hidden and a withdrawn profile, Norway has none: same region, same length
  // of everything but the name.
  const pairs = [
    ['/fr/organisations/pays/islande', '/fr/organisations/pays/norvege'],
    ['/en/organisations/country/iceland', '/en/organisations/country/norway'],
    ['/fr/organisations/print?country=IS', '/fr/organisations/print?country=NO'],
    ['/en/organisations/list.csv?country=IS', '/en/organisations/list.csv?country=NO'],
    ['/en/organisations/list.json?country=IS', '/en/organisations/list.json?country=NO'],
    ['/fr/feed.xml?country=IS', '/fr/feed.xml?country=NO'],
  ] as const
  const unnamed = (text: string) =>
    text
      .replaceAll(/islande|norvège|norvege|iceland|norway/gi, 'PLACE')
      .replaceAll(/country=(IS|NO)/g, 'country=XX')
  for (const [secret, empty] of pairs) {
    const [one, other] = [await ask(baseURL(), secret), await ask(baseURL(), empty)]
    expect([secret, one.status]).toEqual([secret, 200])
    expect(unnamed(one.body)).toBe(unnamed(other.body))
    expect(Object.keys(one.headers)).toEqual(Object.keys(other.headers))
  }
})

test('a search for it finds nothing, and no count knows of its country', async () => {
  const phrase = `q=${encodeURIComponent(`"texte who ${CANARY}"`)}`
  for (const query of [`q=${CANARY}`, phrase, 'country=IS', 'q=islande']) {
    const { body } = await ask(baseURL(), `/api/organisations?${query}`)
    expect(JSON.parse(body)).toMatchObject({ total: 0, organisations: [] })
  }
})

test('what is not listed answers byte for byte like what never existed', async () => {
  const never = { '/fr': 'never-was', '/en': 'never-was', '/api': 'never-was' }
  for (const [prefix, unknown] of Object.entries(never)) {
    const expected = comparable(await ask(baseURL(), `${prefix}/organisations/${unknown}`))
    expect(expected.status).toBe(404)
    for (const known of [
      `draft-${CANARY}`,
      `hidden-${CANARY}`,
      `hidden-now-${CANARY}`,
      `withdrawn-${CANARY}`,
    ]) {
      for (const headers of VARIANTS) {
        const answer = await ask(baseURL(), `${prefix}/organisations/${known}`, { headers })
        expect(comparable(answer)).toEqual(expected)
      }
    }
  }
})

test('a profile that is hidden is gone from every door within two seconds', async () => {
  const shows = async () => {
    const shown = new Set<string>()
    for (const [door, its] of Object.entries(DOORS)) {
      for (const address of its.filter((one) => !one.includes(CANARY))) {
        const { body, headers, status } = await ask(baseURL(), address)
        const said = `${body} ${String(headers['location'])}`
        const isNamed = said.includes(listed.slug) || said.includes(listed.name)
        if (isNamed || (isItsOwn(address) && status !== 404)) shown.add(door)
      }
    }
    return [...shown].sort()
  }
  expect(await shows()).toEqual([...SHOWING].sort())
  // In another process than the site's: it must notice what it did not do itself.
  const { setStatus } = await import('@/tests/support/create-organisations')
  await setStatus(listed.slug, 'hidden')
  try {
    await expect.poll(shows, { timeout: 10_000 }).toEqual([])
    for (const prefix of ['/fr', '/en', '/api']) {
      const never = comparable(await ask(baseURL(), `${prefix}/organisations/never-was`))
      for (const slug of [listed.slug, 'fictional-first-name']) {
        expect(comparable(await ask(baseURL(), `${prefix}/organisations/${slug}`))).toEqual(never)
      }
    }
  } finally {
    await setStatus(listed.slug, 'listed')
  }
  expect(await shows()).toEqual([...SHOWING].sort())
})

test('former addresses lead to listed profiles', async () => {
  for (const prefix of ['/fr', '/en', '/api']) {
    const { status, headers } = await ask(baseURL(), `${prefix}/organisations/fictional-first-name`)
    expect(status).toBe(308)
    expect(headers['location']).toBe(`${prefix}/organisations/fictional-last-listed`)
  }
})
