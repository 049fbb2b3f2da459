import { randomUUID } from 'node:crypto'
import { become, giveDesk, PROTECTED_PAGES, type Desk } from '@/tests/support/desk'
import { ask } from '@/tests/support/http'
import { expect, test } from '@/tests/support/test'

const NEVER = '00000000-0000-4000-8000-000000000000'

/** As a browser, as the framework’s own scripts, and as somebody who tries what has worked elsewhere. */
const VARIANTS: Record<string, string>[] = [
  {},
  { RSC: '1', 'Next-Router-Prefetch': '1', 'Next-Url': '/en/admin' },
  { 'X-Middleware-Subrequest': 'proxy:proxy', 'X-Forwarded-Host': 'evil.example' },
  { 'X-Nextjs-Data': '1', 'X-Matched-Path': '/en/admin', 'X-Forwarded-For': '127.0.0.1' },
]

let desk: Desk
let name: string
test.beforeAll(() => {
  name = `Fictional Stranger ${randomUUID().slice(0, 8)}`
  desk = giveDesk(name)
})

/** What of an answer does not change from one request to the next, nor with the id that was asked for. */
function comparable({ status, body }: { status: number; body: string }, ids: string[]) {
  const text = body
    .replaceAll(/<script[^>]*>.*?<\/script>/gs, '')
    .replaceAll(/nonce="[^"]*"/g, '')
    .replaceAll(/<(?:link|template)[^>]*>/g, '')
  return { status, text: ids.reduce((left, id) => left.replaceAll(id, 'ID'), text) }
}

const ofOneRecord = [
  ...PROTECTED_PAGES.map(({ page, at }) => ({ page, at })).filter(({ page }) =>
    /\[(?:id|proposalId)\]/.test(page),
  ),
  {
    page: 'data.json',
    at: ({ id }: Desk) => `/admin/organisations/${id}/data.json`,
  },
]

for (const { page, at } of ofOneRecord) {
  test(`${page}: what belongs to others answers like what never was`, async ({
    baseURL,
    locale,
  }) => {
    const unknown = { ...desk, id: NEVER, memberId: NEVER, proposalId: NEVER }
    for (const headers of VARIANTS) {
      const asked = { headers: { ...headers, Cookie: desk.cookies.stranger } }
      const theirs = await ask(baseURL, `/${locale}${at(desk)}`, asked)
      const none = await ask(baseURL, `/${locale}${at(unknown)}`, asked)
      expect(theirs.status).toBe(404)
      const ids = [desk.id, desk.memberId, desk.proposalId, NEVER]
      expect(comparable(theirs, ids)).toEqual(comparable(none, ids))
      expect(theirs.body).not.toContain(name)
      expect(theirs.headers['cache-control']).toBe('no-store')
    }
  })
}

test('no list, count or search at the desk knows of what belongs to others', async ({
  page,
  context,
  locale,
}) => {
  await become(context, desk, 'stranger')
  for (const query of [
    '',
    `?q=${encodeURIComponent(name)}`,
    '?state=listed',
    '?attention=proposals',
  ]) {
    await page.goto(`/${locale}/admin${query}`)
    const main = page.locator('main')
    await expect(main).toBeVisible()
    expect(
      await main
        .locator('a[href*="/admin/organisations/"]')
        .evaluateAll((links) => links.map((link) => link.getAttribute('href') ?? '')),
    ).not.toContainEqual(expect.stringContaining(desk.id))
  }
  await page.goto(`/${locale}/admin?q=${encodeURIComponent(name)}`)
  // Their own, which bears the same beginning.
  await expect(page.locator('.admin-table tbody tr')).toHaveCount(1)
  await expect(page.locator('.admin-table')).toContainText(`${name} B`)
  const response = await page.goto(`/${locale}/admin/proposals`)
  expect(await page.content()).not.toContain(desk.proposalId)
  expect([200, 404]).toContain(response?.status())
})

test('a secret with one letter changed opens nothing', async ({ baseURL, locale }) => {
  for (const [path, secret] of [
    ['propose', desk.proposalSecret],
    ['sign-in/link', desk.passwordSecret],
  ] as const) {
    const changed = (secret.startsWith('A') ? 'B' : 'A') + secret.slice(1)
    const never = 'bm8tc3VjaC1zZWNyZXQtaGFzLWV2ZXItYmVlbi1tYWRl'
    const [good, almost, none] = await Promise.all(
      [secret, changed, never].map((one) => ask(baseURL, `/${locale}/${path}/${one}`)),
    )
    if (!good || !almost || !none) throw new Error('no answer')
    const ids = [secret, changed, never]
    expect(comparable(good, ids)).not.toEqual(comparable(none, ids))
    expect(comparable(almost, ids)).toEqual(comparable(none, ids))
    // Its address stays out of every other site’s log.
    expect(good.headers['referrer-policy']).toBe('same-origin')
    expect(good.headers['cache-control']).toBe('no-store')
  }
})

test('what nobody may see is not even shown again after signing out', async ({
  page,
  context,
  locale,
  baseURL,
}) => {
  await become(context, desk, 'stranger')
  const preview = `/${locale}/admin/organisations/${desk.draftId}/preview?l=${locale}`
  expect((await page.goto(preview))?.status()).toBe(200)
  await expect(page.locator('main')).toContainText(`${name} B`)
  await page.goto(`/${locale}/admin/account`)
  await page.locator('form[action$="/sign-in/out"] button').click()
  await page.waitForURL(/done=out/)
  for (const again of [preview, `/${locale}/admin/organisations/${desk.draftId}/data.json`]) {
    const { status, body, headers } = await ask(baseURL, again, {
      headers: { Cookie: desk.cookies.stranger },
    })
    expect([303, 307]).toContain(status)
    expect(headers['location']).toContain(`/${locale}/sign-in?next=`)
    expect(body).not.toContain(name)
  }
  const gone = await ask(baseURL, `/${locale}/organisations/${desk.draftSlug}`)
  expect(gone.status).toBe(404)
})
