import { randomUUID } from 'node:crypto'
import { beforeAll, expect, test } from 'vitest'
import { PROTECTED_PAGES, type Desk } from '@/tests/support/desk'
import { attributes, select, selectOne, textOf, visit } from '@/tests/support/html'
import { ask } from '@/tests/support/http'
import { isolatedSite } from '@/tests/support/isolated-site'

const locale = 'en'
const baseURL = () => process.env['BASE_URL']

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
isolatedSite()

beforeAll(async () => {
  const { createDesk } = await import('@/tests/support/create-desk')
  name = `Fictional Stranger ${randomUUID().slice(0, 8)}`
  desk = await createDesk(name)
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
  test(`${page}: what belongs to others answers like what never was`, async () => {
    const unknown = { ...desk, id: NEVER, memberId: NEVER, proposalId: NEVER }
    for (const headers of VARIANTS) {
      const asked = { headers: { ...headers, Cookie: desk.cookies.stranger } }
      const theirs = await ask(baseURL(), `/${locale}${at(desk)}`, asked)
      const none = await ask(baseURL(), `/${locale}${at(unknown)}`, asked)
      expect(theirs.status).toBe(404)
      const ids = [desk.id, desk.memberId, desk.proposalId, NEVER]
      expect(comparable(theirs, ids)).toEqual(comparable(none, ids))
      expect(theirs.body).not.toContain(name)
      expect(theirs.headers['cache-control']).toBe('no-store')
    }
  })
}

test('no list, count or search at the desk knows of what belongs to others', async () => {
  const asked = { Cookie: desk.cookies.stranger }
  for (const query of [
    '',
    `?q=${encodeURIComponent(name)}`,
    '?state=listed',
    '?attention=proposals',
  ]) {
    const { document, status } = await visit(`/${locale}/admin${query}`, asked)
    expect([query, status]).toEqual([query, 200])
    expect(
      attributes(document, 'main a[href*="/admin/organisations/"]', 'href'),
    ).not.toContainEqual(expect.stringContaining(desk.id))
  }
  const { document } = await visit(`/${locale}/admin?q=${encodeURIComponent(name)}`, asked)
  // Their own, which bears the same beginning.
  expect(select(document, '.admin-table tbody tr')).toHaveLength(1)
  expect(textOf(selectOne(document, '.admin-table'))).toContain(`${name} B`)
  const proposals = await visit(`/${locale}/admin/proposals`, asked)
  expect([200, 404]).toContain(proposals.status)
  expect(proposals.body).not.toContain(desk.proposalId)
})

test('a secret with one letter changed opens nothing', async () => {
  for (const [path, secret] of [
    ['propose', desk.proposalSecret],
    ['sign-in/link', desk.passwordSecret],
  ] as const) {
    const changed = (secret.startsWith('A') ? 'B' : 'A') + secret.slice(1)
    const never = 'bm8tc3VjaC1zZWNyZXQtaGFzLWV2ZXItYmVlbi1tYWRl'
    const [good, almost, none] = await Promise.all(
      [secret, changed, never].map((one) => ask(baseURL(), `/${locale}/${path}/${one}`)),
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

test('what nobody may see is not even shown again after signing out', async () => {
  const asked = { headers: { Cookie: desk.cookies.stranger } }
  const preview = `/${locale}/admin/organisations/${desk.draftId}/preview?l=${locale}`
  const before = await ask(baseURL(), preview, asked)
  expect(before.status).toBe(200)
  expect(before.body).toContain(`${name} B`)
  const out = await ask(baseURL(), `/${locale}/sign-in/out`, {
    method: 'POST',
    headers: { ...asked.headers, Origin: baseURL() ?? '' },
  })
  expect([out.status, out.headers['location']]).toEqual([303, `/${locale}/sign-in?done=out`])
  for (const again of [preview, `/${locale}/admin/organisations/${desk.draftId}/data.json`]) {
    const { status, body, headers } = await ask(baseURL(), again, asked)
    expect([303, 307]).toContain(status)
    expect(headers['location']).toContain(`/${locale}/sign-in?next=`)
    expect(body).not.toContain(name)
  }
  const gone = await ask(baseURL(), `/${locale}/organisations/${desk.draftSlug}`)
  expect(gone.status).toBe(404)
})
