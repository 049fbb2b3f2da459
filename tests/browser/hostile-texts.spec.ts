import type { Page } from '@playwright/test'
import { become, PROTECTED_PAGES } from '@/tests/support/desk'
import { ask } from '@/tests/support/http'
import { expect, test } from '@/tests/support/test'
import { XSS_STRINGS } from '@/tests/support/xss-strings'

/** White space is the browser's to fold. */
const oneLine = (text: string) => text.replaceAll(/\s+/g, ' ')

/** What would run, load, send or move if a text were taken for markup: `tag attribute` each. */
async function foreignMarkup(page: Page): Promise<string[]> {
  return page.locator('body').evaluate((body) => {
    const found: string[] = []
    for (const element of body.querySelectorAll('*')) {
      const tag = element.localName
      const isOurs = tag !== 'script' || element.getAttribute('type') === 'application/ld+json'
      const isFramework = tag === 'script' && element.closest('main') === null
      if (!isOurs && !isFramework) found.push(tag)
      if (/^(?:iframe|object|embed|base|video|audio|math|animate|marquee|style)$/.test(tag)) {
        found.push(tag)
      }
      for (const { name, value } of element.attributes) {
        if (name.startsWith('on') || name === 'srcdoc') found.push(`${tag} ${name}`)
        const isAddress = ['href', 'src', 'action', 'formaction', 'data', 'xlink:href'].includes(
          name,
        )
        if (isAddress && /^\s*(?:javascript|data|vbscript):/i.test(value)) {
          found.push(`${tag} ${name}=${value}`)
        }
      }
    }
    return found
  })
}

test('no hostile text runs or becomes markup, wherever it is shown', async ({
  page,
  context,
  locale,
  desk,
}) => {
  test.slow()
  const dialogs: string[] = []
  page.on('dialog', (dialog) => {
    dialogs.push(dialog.message())
    return dialog.dismiss()
  })
  const q = encodeURIComponent(desk.name)
  const pages = [
    { who: null, address: `/${locale}` },
    { who: null, address: `/${locale}/organisations?q=${q}` },
    { who: null, address: `/${locale}/organisations?q=${encodeURIComponent(XSS_STRINGS[0])}` },
    { who: null, address: `/${locale}/organisations?region=${encodeURIComponent(XSS_STRINGS[3])}` },
    { who: null, address: `/${locale}/organisations/print?q=${q}` },
    { who: null, address: '/fr/organisations/pays/burundi?sort=newest' },
    { who: null, address: '/en/organisations/country/burundi?sort=newest' },
    { who: null, address: `/${locale}/organisations/${desk.slug}` },
    { who: null, address: `/${locale}/organisations/${desk.slug}?view=both` },
    { who: 'administrator' as const, address: `/${locale}/admin?q=${q}` },
    ...PROTECTED_PAGES.map(({ who, at }) => ({ who, address: `/${locale}${at(desk)}` })),
  ]
  const found: string[] = []
  for (const { who, address } of pages) {
    await become(context, desk, who)
    const response = await page.goto(address)
    expect([address, response?.status()]).toEqual([address, 200])
    await page.mouse.move(300, 300)
    for (const what of await foreignMarkup(page)) found.push(`${address}: ${what}`)
  }
  expect(found).toEqual([])
  expect(dialogs).toEqual([])
})

test('every character of it is shown as text', async ({ page, context, locale, desk }) => {
  const places = [
    { who: null, address: `/${locale}/organisations/${desk.slug}?view=both`, in: 'main' },
    {
      who: 'administrator',
      address: `/${locale}/admin/organisations/${desk.id}/preview?l=${locale}`,
      in: 'main',
    },
    {
      who: 'administrator',
      address: `/${locale}/admin/organisations/${desk.id}/history?from=1&to=2`,
      in: '#comparison',
    },
    { who: 'administrator', address: `/${locale}/admin/proposals/${desk.proposalId}`, in: 'main' },
  ] as const
  for (const place of places) {
    await become(context, desk, place.who)
    await page.goto(place.address)
    const shown = oneLine(await page.locator(place.in).evaluate((main) => main.textContent))
    const missing = XSS_STRINGS.filter((text) => !shown.includes(oneLine(text)))
    expect([place.address, missing]).toEqual([place.address, []])
  }
  await page.goto(`/${locale}/admin/organisations/${desk.id}`)
  await expect(page.locator('textarea[name="answers.who.fr.text"]')).toHaveValue(
    XSS_STRINGS.join('\n'),
  )
  await expect(page.locator('#aliases')).toHaveValue(XSS_STRINGS.join('\n'))
})

test('programs get well-formed answers that hold it to the letter', async ({
  page,
  baseURL,
  locale,
  desk,
}) => {
  const profile = await ask(baseURL, `/${locale}/organisations/${desk.slug}`)
  const [, linked = ''] =
    /<script type="application\/ld\+json">(.*?)<\/script>/s.exec(profile.body) ?? []
  expect(JSON.parse(linked)).toMatchObject({ name: `${desk.name} ${XSS_STRINGS[3]}` })

  const api = JSON.parse((await ask(baseURL, `/api/organisations/${desk.slug}`)).body) as {
    aliases: string[]
  }
  expect(api.aliases).toEqual([...XSS_STRINGS])
  expect(
    JSON.parse((await ask(baseURL, `/api/organisations?q=${encodeURIComponent(desk.name)}`)).body),
  ).toMatchObject({ total: 1 })

  const data = await ask(baseURL, `/${locale}/admin/organisations/${desk.id}/data.json`, {
    headers: { Cookie: desk.cookies.administrator },
  })
  expect(data.headers['content-type']).toContain('application/json')
  expect(JSON.parse(data.body)).toMatchObject({ profile: { aliases: [...XSS_STRINGS] } })

  const table = await ask(baseURL, `/${locale}/admin/audit/log.csv`, {
    headers: { Cookie: desk.cookies.administrator },
  })
  expect(table.headers['content-type']).toContain('text/csv')
  const cells = table.body.slice(1).matchAll(/(?:^|,|\r\n)("(?:[^"]|"")*"|[^",\r\n]*)/g)
  const formulas = [...cells].filter(([, cell = '']) => /^"?[=+\-@\t\r]/.test(cell))
  expect(formulas).toEqual([])

  await page.goto(`/${locale}`)
  for (const address of [`/${locale}/feed.xml`, '/sitemap.xml', '/sitemap/0.xml']) {
    const { body } = await ask(baseURL, address)
    const faults = await page.evaluate(
      (xml) =>
        new DOMParser()
          .parseFromString(xml, 'application/xml')
          .querySelectorAll('parsererror, script, iframe').length,
      body,
    )
    expect([address, faults]).toEqual([address, 0])
  }
})

test('a website that is no plain web address is refused in the form, and every character stays', async ({
  page,
  context,
  locale,
  desk,
}) => {
  await become(context, desk, 'administrator')
  await page.goto(`/${locale}/admin/organisations/${desk.id}`)
  const website = page.locator('[id="contacts.website.value"]')
  for (const typed of ['javascript:alert(1)', '//evil.example', 'https://a@b.example']) {
    await website.fill(typed)
    const before = page.url()
    await page.locator('button[name="intent"][value="save"]').last().click()
    // The page before looks the same.
    await page.waitForURL(({ href }) => href !== before)
    await expect(page.locator('.error-summary a[href="#contacts.website.value"]')).toBeVisible()
    await expect(website).toHaveValue(typed)
  }
})
