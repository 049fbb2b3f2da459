import { describe, expect, test } from 'vitest'
import { PAGE_TYPES } from '@/tests/support/doors'
import { attributes, everyElement, select, visit, type Page } from '@/tests/support/html'

const PROFILE_LIMIT = 14_336
const LIST_LIMIT = 20_480

/** Pages of one text; everything else is a list. */
const isProfile = (path: string) =>
  /^\/organisations\/[a-z-]+(?:\?view=both)?$/.test(path) || /^\/(?:about|acc|pri)/.test(path)

/** What weighs more than the page that stands for its type. */
const HEAVY = [
  '/organisations?q=fictional&area=health',
  '/organisations/country/kenya',
  '/organisations/fictional-long-answers?view=both',
  '/map/europe',
]

/** What only a script needs, wherever it stands in a page. */
const SCRIPTS = ['script', 'link[as=script]', 'link[rel=modulepreload]']

const BROTLI = { 'Accept-Encoding': 'br' }

/** The page of an address, or the one that the address leads to. */
async function arriveAt(address: string): Promise<Page> {
  const page = await visit(address, BROTLI)
  return page.status === 308 ? visit(String(page.headers['location']), BROTLI) : page
}

describe.each(['fr', 'en'])('in %s', (locale) => {
  test.each([...PAGE_TYPES, ...HEAVY])(
    '%s has no script, sets no cookie and is light',
    async (path) => {
      const page = await arriveAt(`/${locale}${path}`)
      const { document, headers } = page
      expect(page.status).toBe(path === '/nothing/here' ? 404 : 200)
      expect(attributes(document, 'html', 'lang')).toEqual([locale])
      expect(select(document, 'h1')).toHaveLength(1)

      expect(headers).not.toHaveProperty('set-cookie')
      const scripts = SCRIPTS.flatMap((selector) => attributes(document, selector, 'type'))
      expect(scripts.filter((type) => type !== 'application/ld+json')).toEqual([])
      const handlers = everyElement(document).flatMap(({ attrs }) =>
        attrs.filter(({ name }) => name.startsWith('on')),
      )
      expect(handlers).toEqual([])

      // A cold visit: the page, its style sheet and its icon, as they come, with their headers.
      const loaded = [
        ...attributes(document, 'link[rel=stylesheet]', 'href'),
        ...attributes(document, 'link[rel=icon]', 'href'),
        ...attributes(document, 'img', 'src'),
      ]
      expect(attributes(document, 'link[rel=stylesheet]', 'href')).toHaveLength(1)
      let bytes = 0
      for (const answer of [
        page,
        ...(await Promise.all(loaded.map((href) => visit(href ?? '', BROTLI)))),
      ]) {
        bytes += answer.size + JSON.stringify(answer.headers).length
      }
      expect(bytes).toBeGreaterThan(1000)
      expect(bytes).toBeLessThanOrEqual(isProfile(path) ? PROFILE_LIMIT : LIST_LIMIT)
    },
  )
})
