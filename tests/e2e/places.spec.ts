import { ask } from '@/tests/support/http'
import { expect, test } from '@/tests/support/test'

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

for (const [kind, addresses] of Object.entries(ADDRESSES)) {
  test(`the page of a ${kind} is named, introduced and listed, and the language switch leads to its translation`, async ({
    page,
    locale,
    baseURL,
  }) => {
    const other = locale === 'fr' ? 'en' : 'fr'
    await page.goto(`${addresses[locale]}?sort=newest`)
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
    await expect(page.locator('.landing-intro .lead')).toBeVisible()
    await expect(page.locator('.entries > li').first()).toBeVisible()
    await expect(page.locator('link[rel=canonical]')).toHaveAttribute(
      'href',
      `${baseURL}${addresses[locale]}?sort=newest`,
    )
    await page.locator(`header a[hreflang=${other}]`).click()
    await expect(page).toHaveURL(`${addresses[other]}?sort=newest`)
    await page.goto(addresses[locale])
    for (const version of ['fr', 'en'] as const) {
      await expect(page.locator(`link[rel=alternate][hreflang=${version}]`)).toHaveAttribute(
        'href',
        `${baseURL}${addresses[version]}`,
      )
    }
  })
}

test('other spellings, codes and the other language lead to the one address', async ({
  baseURL,
}) => {
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

test('with a further filter the general list takes over', async ({ page, locale }) => {
  await page.goto(`${ADDRESSES.region[locale]}?area=health&q=fictional`)
  await expect(page).toHaveURL(`/${locale}/organisations?q=fictional&region=africa&area=health`)
})

test('every count of a region leads to as many organisations', async ({ page, locale }) => {
  for (const address of [ADDRESSES.region[locale], ADDRESSES.area[locale]]) {
    await page.goto(address)
    const rows = page.locator('.index li')
    const found: [href: string, count: number][] = []
    for (const row of await rows.all()) {
      const href = (await row.locator('a').getAttribute('href')) ?? ''
      found.push([href, Number.parseInt(await row.locator('b').innerText(), 10)])
    }
    expect(found.length).toBeGreaterThan(0)
    for (const [href, count] of found) {
      await page.goto(href)
      await expect(page.locator('.entries > li')).toHaveCount(Math.min(count, 24))
    }
  }
})

test('a country where nobody is listed says so, and is not for search engines', async ({
  page,
  locale,
}) => {
  const answer = await page.goto(
    locale === 'fr' ? '/fr/organisations/pays/norvege' : '/en/organisations/country/norway',
  )
  expect(answer?.status()).toBe(200)
  await expect(page.locator('meta[name=robots]')).toHaveAttribute('content', /noindex/)
  await expect(page.locator('.unlisted')).toBeVisible()
  await expect(page.locator('.entries')).toHaveCount(0)
})

test('pages of a place follow one another without gaps', async ({ page, locale }) => {
  await page.goto(
    locale === 'fr'
      ? '/fr/organisations/domaine/acces-a-la-sante'
      : '/en/organisations/area/access-to-health',
  )
  const names = await page.locator('.entries h3 a').allTextContents()
  await page.locator('a[rel=next]').click()
  await expect(page).toHaveURL(/(sante|health)\?page=2&after=[\w-]+$/)
  names.push(...(await page.locator('.entries h3 a').allTextContents()))
  expect(names.length).toBeGreaterThan(24)
  expect(new Set(names).size).toBe(names.length)
})

test('a profile and the home page lead to the pages of their places', async ({ page, locale }) => {
  await page.goto(`/${locale}/organisations/fictional-english-only`)
  for (const kind of ['country', 'area'] as const) {
    await expect(page.locator(`main a[href="${ADDRESSES[kind][locale]}"]`)).toBeVisible()
  }
  await page.goto(`/${locale}`)
  await page.locator(`main a[href="${ADDRESSES.region[locale]}"]`).click()
  await expect(page.locator('.entries > li').first()).toBeVisible()
})

test('paper, files and feed of a list keep its filters', async ({ page, locale }) => {
  const query = '?q=fictional&area=health&sort=newest'
  await page.goto(`/${locale}/organisations${query}`)
  for (const path of [
    '/organisations/print',
    '/organisations/list.csv',
    '/organisations/list.json',
  ]) {
    await expect(page.locator(`.tools a[href="/${locale}${path}${query}"]`)).toBeVisible()
  }
  await expect(page.locator('link[type="application/atom+xml"]')).toHaveAttribute(
    'href',
    new RegExp(`/${locale}/feed\\.xml\\?q=fictional&area=health$`),
  )
  await page.locator('.tools a').first().click()
  await expect(page).toHaveURL(`/${locale}/organisations/print${query}`)
})

test('on paper there is the whole list with its filters in words and the day, and no navigation', async ({
  page,
  locale,
}) => {
  await page.goto(`/${locale}/organisations/print?area=health`)
  await page.emulateMedia({ media: 'print' })
  expect(await page.locator('.printed > li').count()).toBeGreaterThan(24)
  await expect(page.locator('.paper .lead')).toHaveText(
    locale === 'fr' ? 'Accès aux services de santé' : 'Access to health services',
  )
  await expect(page.locator('.paper .tally')).toContainText(String(new Date().getUTCFullYear()))
  for (const hidden of await page.locator('nav, .paper .hint').all())
    await expect(hidden).toBeHidden()
  await expect(page.locator('.source')).toBeVisible()
})

test('the feed of a filter holds what the filter leaves, and refuses what it cannot use', async ({
  page,
  locale,
  baseURL,
}) => {
  const address = `/${locale}/feed.xml?q=fictional+%26+%3C%EF%BF%BE&country=GB`
  const { status, headers, body } = await ask(baseURL, address)
  expect([status, headers['content-type']]).toEqual([200, 'application/atom+xml; charset=utf-8'])
  expect(body.match(/<entry>/g)).toHaveLength(1)
  expect(body).toContain('Fictional English Only')
  // The browser's own parser says whether it is well formed.
  await page.goto(`/${locale}/about`)
  const fault = await page.evaluate(
    (xml) =>
      new DOMParser().parseFromString(xml, 'application/xml').querySelector('parsererror')
        ?.textContent ?? null,
    body,
  )
  expect(fault).toBeNull()
  expect((await ask(baseURL, `/${locale}/feed.xml?country=XX`)).status).toBe(400)
})

test('files come in pieces, compressed, and say what they are; HEAD says the same and sends nothing', async ({
  baseURL,
}) => {
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
      'content-disposition': expect.stringMatching(/^attachment; filename="organisations-\d/),
      'content-security-policy': expect.stringContaining("default-src 'none'"),
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
