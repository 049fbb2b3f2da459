import { describe, expect, test } from 'vitest'
import { attributes, select, textsOf, visit } from '@/tests/support/html'
import { ask } from '@/tests/support/http'

const baseURL = process.env['BASE_URL']

const ADDRESSES = {
  country: {
    fr: '/fr/organisations/pays/royaume-uni',
    en: '/en/organisations/country/united-kingdom',
  },
  region: { fr: '/fr/organisations/region/afrique', en: '/en/organisations/region/africa' },
  area: {
    fr: '/fr/organisations/domaine/stigmatisation-et-discrimination',
    en: '/en/organisations/area/stigma-and-discrimination',
  },
} as const

test('other spellings, codes and the other language lead to the one address', async () => {
  const cases: [given: string, led: string][] = [
    ['/fr/organisations/country/burundi', '/fr/organisations/pays/burundi'],
    ['/en/organisations/pays/burundi?sort=newest', '/en/organisations/country/burundi?sort=newest'],
    ['/en/organisations/country/BI', '/en/organisations/country/burundi'],
    ['/fr/organisations/pays/united-kingdom', '/fr/organisations/pays/royaume-uni'],
    ['/fr/organisations/pays/%E5%B8%83%E9%9A%86%E8%BF%AA', '/fr/organisations/pays/burundi'],
    ['/fr/organisations/domaine/health', '/fr/organisations/domaine/acces-a-la-sante'],
    ['/en/organisations/region/afrique', '/en/organisations/region/africa'],
  ]
  for (const [given, led] of cases) {
    const { status, headers } = await ask(baseURL, given)
    expect([given, status, headers['location']]).toEqual([given, 308, led])
  }
  for (const nowhere of [
    '/fr/organisations/pays/nulle-part',
    '/fr/organisations/pays/congo',
    '/fr/organisations/planete/mars',
    '/fr/organisations/pays/burundi?page=2',
  ]) {
    expect([nowhere, (await ask(baseURL, nowhere)).status]).toEqual([nowhere, 404])
  }
})

const print = {
  fr: 'Accès aux services de santé',
  en: 'Access to health services',
}

describe.each(['fr', 'en'] as const)('in %s', (locale) => {
  const other = locale === 'fr' ? 'en' : 'fr'

  test.each(['country', 'region', 'area'] as const)(
    'the page of a %s is named, introduced and listed, and leads to its translation',
    async (kind) => {
      const addresses = ADDRESSES[kind]
      const { document } = await visit(`${addresses[locale]}?sort=newest`)
      for (const shown of ['h1', '.landing-intro .lead', '.entries > li']) {
        expect([shown, textsOf(document, shown)[0]]).toEqual([shown, expect.stringMatching(/./)])
      }
      expect(attributes(document, 'link[rel=canonical]', 'href')).toEqual([
        `${baseURL}${addresses[locale]}?sort=newest`,
      ])
      expect(attributes(document, `header a[hreflang=${other}]`, 'href')).toEqual([
        `${addresses[other]}?sort=newest`,
      ])
      const plain = await visit(addresses[locale])
      for (const version of ['fr', 'en'] as const) {
        const alternate = `link[rel=alternate][hreflang=${version}]`
        expect(attributes(plain.document, alternate, 'href')).toEqual([
          `${baseURL}${addresses[version]}`,
        ])
      }
    },
  )

  test('with a further filter the general list takes over', async () => {
    const { status, headers } = await visit(`${ADDRESSES.region[locale]}?area=health&q=fictional`)
    expect([status, headers['location']]).toEqual([
      307,
      `/${locale}/organisations?q=fictional&region=africa&area=health`,
    ])
  })

  test('every count of a region leads to as many organisations', async () => {
    for (const address of [ADDRESSES.region[locale], ADDRESSES.area[locale]]) {
      const { document } = await visit(address)
      const rows = select(document, '.index li')
      expect(rows.length).toBeGreaterThan(0)
      for (const row of rows) {
        const [href] = attributes(row, 'a', 'href')
        const count = Number.parseInt(textsOf(row, 'b')[0] ?? '', 10)
        const list = await visit(href ?? '')
        expect([href, select(list.document, '.entries > li').length]).toEqual([
          href,
          Math.min(count, 24),
        ])
      }
    }
  })

  test('a country where nobody is listed says so, and is not for search engines', async () => {
    const { document, status } = await visit(
      locale === 'fr' ? '/fr/organisations/pays/norvege' : '/en/organisations/country/norway',
    )
    expect(status).toBe(200)
    expect(attributes(document, 'meta[name=robots]', 'content')).toEqual([
      expect.stringContaining('noindex'),
    ])
    expect(select(document, '.unlisted')).toHaveLength(1)
    expect(select(document, '.entries')).toEqual([])
  })

  test('pages of a place follow one another without gaps', async () => {
    const { document } = await visit(
      locale === 'fr'
        ? '/fr/organisations/domaine/acces-a-la-sante'
        : '/en/organisations/area/access-to-health',
    )
    const [next] = attributes(document, 'a[rel=next]', 'href')
    expect(next).toMatch(/(sante|health)\?page=2&after=[\w-]+$/)
    const second = await visit(next ?? '')
    const names = [document, second.document].flatMap((one) => textsOf(one, '.entries h3 a'))
    expect(names.length).toBeGreaterThan(24)
    expect(new Set(names).size).toBe(names.length)
  })

  test('a profile and the home page lead to the pages of their places', async () => {
    const profile = await visit(`/${locale}/organisations/fictional-english-only`)
    expect(attributes(profile.document, 'main a[href]', 'href')).toEqual(
      expect.arrayContaining([ADDRESSES.country[locale], ADDRESSES.area[locale]]),
    )
    const home = await visit(`/${locale}`)
    expect(attributes(home.document, 'main a[href]', 'href')).toContain(ADDRESSES.region[locale])
  })

  test('paper, files and feed of a list keep its filters', async () => {
    const query = '?q=fictional&area=health&sort=newest'
    const { document } = await visit(`/${locale}/organisations${query}`)
    const tools = ['print', 'list.csv', 'list.json'].map(
      (file) => `/${locale}/organisations/${file}${query}`,
    )
    expect(attributes(document, '.tools a', 'href')).toEqual(expect.arrayContaining(tools))
    for (const tool of tools) expect([tool, (await visit(tool)).status]).toEqual([tool, 200])
    const feed = attributes(document, 'link[type="application/atom+xml"]', 'href')
    expect(feed).toEqual([
      expect.stringMatching(new RegExp(`/${locale}/feed\\.xml\\?q=fictional&area=health$`)),
    ])
  })

  test('for printing there is the whole list with its filters in words and the day', async () => {
    const { document } = await visit(`/${locale}/organisations/print?area=health`)
    expect(select(document, '.printed > li').length).toBeGreaterThan(24)
    expect(textsOf(document, '.paper .lead')).toEqual([print[locale]])
    expect(textsOf(document, '.paper .tally')[0]).toContain(String(new Date().getUTCFullYear()))
    expect(select(document, '.source')).toHaveLength(1)
  })

  test('the feed of a filter holds what the filter leaves, and refuses what it cannot use', async () => {
    const address = `/${locale}/feed.xml?q=fictional+%26+%3C%EF%BF%BE&country=GB`
    const { status, headers, body } = await ask(baseURL, address)
    expect([status, headers['content-type']]).toEqual([200, 'application/atom+xml; charset=utf-8'])
    expect(body.match(/<entry>/g)).toHaveLength(1)
    expect(body).toContain('Fictional English Only')
    expect((await ask(baseURL, `/${locale}/feed.xml?country=XX`)).status).toBe(400)
  })
})

test('files come in pieces, compressed, and say what they are; HEAD says the same and sends nothing', async () => {
  for (const [path, contentType] of [
    ['/fr/organisations/list.csv', 'text/csv; charset=utf-8'],
    ['/en/organisations/list.json', 'application/json; charset=utf-8'],
  ] as const) {
    const headers = { 'Accept-Encoding': 'br' }
    const got = await ask(baseURL, path, { headers })
    expect(got.status).toBe(200)
    expect(got.headers).toMatchObject({
      'content-type': contentType,
      'content-encoding': 'br',
      'transfer-encoding': 'chunked',
      'cache-control': 'no-cache',
      'content-disposition': expect.stringMatching(
        /^attachment; filename="organisations-\d/,
      ) as string,
      'content-security-policy': expect.stringContaining("default-src 'none'") as string,
      'x-content-type-options': 'nosniff',
      vary: 'Accept-Encoding',
    })
    expect(got.size).toBeLessThan(Buffer.byteLength(got.body))
    expect(got.body).toContain('Fictional Circle 30')
    expect((await ask(baseURL, path)).body).toBe(got.body)
    const { date: _date, 'transfer-encoding': _framing, ...same } = got.headers
    const head = await ask(baseURL, path, { method: 'HEAD', headers })
    expect(head).toMatchObject({ status: 200, body: '', headers: same })
    expect((await ask(baseURL, path, { method: 'POST' })).status).toBe(403)
    const bad = await ask(baseURL, `${path}?lang=nothing-at-all`)
    expect([bad.status, bad.headers['cache-control']]).toEqual([400, 'no-store'])
    expect(bad.body).toContain('lang=nothing-at-all')
  }
})
